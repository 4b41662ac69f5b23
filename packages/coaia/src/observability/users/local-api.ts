/** The calls about users of traces over the embedded store. */
import type { Scope } from '#base';
import type { UsersApi } from '@coaia/client';
import { listUserLines } from '../page/user-lines.ts';
import type { RetentionPorts } from '../retention/ports.ts';
import { eraseUser, getErasure } from './erase-user.ts';

const LIMIT = 50;

export function createLocalUsers(ports: RetentionPorts, scope: Scope): UsersApi {
  return {
    listUsers: ({ limit = LIMIT, ...query } = {}) =>
      listUserLines(ports, scope, { limit, ...query }, new AbortController().signal),
    eraseUser: (userId, { dryRun = false } = {}) =>
      (dryRun ? getErasure : eraseUser)(ports, scope, userId),
  };
}
