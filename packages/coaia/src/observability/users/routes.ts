/** Erasing a person's data over HTTP; the list of users is with the page's lists. */
import type { AuditEvent } from '#access';
import type { Scope } from '#base';
import { defineRoute, type Route } from '#surface';
import { z } from 'zod';
import { flagParameter } from '../list-query.ts';
import { eraseUser, getErasure } from './erase-user.ts';
import type { ErasedUser } from './erase-user.ts';
import { userPorts } from './ports.ts';

const erase = defineRoute({
  method: 'DELETE',
  path: '/api/v1/projects/:projectId/users/:userId',
  operation: 'users.erase',
  summary:
    'Delete the traces of a user with their observations, scores, comments and files, and sessions of nobody else; with dryRun only count.',
  access: 'page',
  permission: 'records:delete',
  needs: userPorts,
  query: z.object({ dryRun: flagParameter }),
  response: z.object({
    userId: z.string(),
    dryRun: z.boolean(),
    traces: z.int(),
    observations: z.int(),
    scores: z.int(),
    sessions: z.int(),
    comments: z.int(),
    media: z.int(),
  }),
  async handler({ api, scope, params, query }) {
    const userId = params['userId'] ?? '';
    if (query.dryRun === true) return { json: await getErasure(api, scope, userId) };
    const erased = await eraseUser(api, scope, userId);
    api.audit(toAuditEvent(scope, erased));
    return { json: erased };
  },
});

// Says that a person was erased and how much, and not what it was.
function toAuditEvent(scope: Scope, { userId, traces }: ErasedUser): AuditEvent {
  const key = scope.publicKey === undefined ? 'owner' : `key:${scope.publicKey}`;
  return {
    action: 'user.erase',
    subject: userId,
    actor: scope.userId === undefined ? key : `user:${scope.userId}`,
    projectId: scope.projectId,
    detail: `${traces} traces`,
  };
}

export const userRoutes: readonly Route[] = [erase];
