/** Feedback over HTTP: written as Langfuse has it, read back by the project it came from. */
import { defineRoute, type Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import { createFeedback, listFeedback } from './feedback.ts';
import { feedbackAnswer, feedbackBody, feedbackListAnswer, feedbackListQuery } from './schema.ts';

const submit = defineRoute({
  method: 'POST',
  path: '/api/public/feedback',
  operation: 'feedback.submit',
  summary: 'Keep feedback about a tool or page in this store; nothing is sent on.',
  access: 'project',
  needs: observabilityPorts,
  body: feedbackBody,
  response: feedbackAnswer,
  status: 201,
  handler: async ({ api, scope, body }) => ({
    status: 201,
    json: await createFeedback(api, scope, body),
  }),
});

const list = defineRoute({
  method: 'GET',
  path: '/api/v1/projects/:projectId/feedback',
  operation: 'page.feedback',
  summary: 'List the feedback that was kept, newest first.',
  access: 'page',
  needs: observabilityPorts,
  query: feedbackListQuery,
  response: feedbackListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listFeedback(api, scope, query) }),
});

export const feedbackRoutes: readonly Route[] = [submit, list];
