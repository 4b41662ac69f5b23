/** What the commands about users of traces need. */
import { needs } from '#surface';
import type { UsersApi } from '@coaia/client';

export const usersApi = needs<UsersApi>('trace-users');
