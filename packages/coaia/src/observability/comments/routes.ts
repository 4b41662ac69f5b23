/** Comments over HTTP, as Langfuse has them. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import { createComment, getComment, listComments } from './comments.ts';
import {
  commentAnswer,
  commentBody,
  commentCreated,
  commentListAnswer,
  commentListQuery,
} from './schema.ts';

const create = defineRoute({
  method: 'POST',
  path: '/api/public/comments',
  operation: 'comments.create',
  summary: 'Comment on a trace, observation, session or prompt version.',
  access: 'project',
  needs: observabilityPorts,
  body: commentBody,
  response: commentCreated,
  handler: async ({ api, scope, body }) => ({ json: await createComment(api, scope, body) }),
});

const list = defineRoute({
  method: 'GET',
  path: '/api/public/comments',
  operation: 'comments.get',
  summary: 'List comments, newest first, by page.',
  access: 'project',
  needs: observabilityPorts,
  query: commentListQuery,
  response: commentListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listComments(api, scope, query) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/comments/:commentId',
  operation: 'comments.getById',
  summary: 'Read one comment.',
  access: 'project',
  needs: observabilityPorts,
  response: commentAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getComment(api, scope, params['commentId'] ?? ''),
  }),
});

export const commentRoutes: readonly Route[] = [create, list, get];
