/** Erasing a person's data over HTTP; the list of users is with the page's lists. */
import { defineRoute, type Route } from '#surface';
import { z } from 'zod';
import { flagParameter } from '../list-query.ts';
import { retentionPorts } from '../retention/ports.ts';
import { eraseUser, getErasure } from './erase-user.ts';

const erase = defineRoute({
  method: 'DELETE',
  path: '/api/v1/projects/:projectId/users/:userId',
  operation: 'users.erase',
  summary:
    'Delete the traces of a user with their observations, scores, comments and files, and sessions of nobody else; with dryRun only count.',
  access: 'page',
  permission: 'records:delete',
  needs: retentionPorts,
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
    const run = query.dryRun === true ? getErasure : eraseUser;
    return { json: await run(api, scope, userId) };
  },
});

export const userRoutes: readonly Route[] = [erase];
