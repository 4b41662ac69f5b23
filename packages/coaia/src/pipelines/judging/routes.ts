/** Judging over HTTP: Coaia's own address. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { actionPorts } from '../actions/ports.ts';
import { judgeTrace } from './judge-trace.ts';
import { judgementAnswer, judgementBody } from './schema.ts';

const judge = defineRoute({
  method: 'POST',
  path: '/api/v1/judgements',
  operation: 'judgements.run',
  summary: 'Let models judge a trace; writes their scores with their reasons.',
  access: 'page',
  needs: actionPorts,
  body: judgementBody,
  response: judgementAnswer,
  handler: async ({ api, scope, body }) => ({ json: await judgeTrace(api, scope, body) }),
});

export const judgingRoutes: readonly Route[] = [judge];
