/** What users of traces take: for erasing, the store, the files and who is told. */
import type { Audit } from '#access';
import { needs } from '#surface';
import type { UsersApi } from '@coaia/client';
import type { RetentionPorts } from '../retention/ports.ts';

export interface UserPorts extends RetentionPorts {
  /** Told of every erasure. */
  readonly audit: Audit;
}

/** What the routes need. */
export const userPorts = needs<UserPorts>('user-ports');

/** What the commands about users of traces need. */
export const usersApi = needs<UsersApi>('trace-users');
