/** Scores over HTTP in the three forms that Langfuse has had. */
import { defineRoute, type Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import { messageAnswer } from '../traces/schema.ts';
import { scoreOverviewRoutes } from './overview/routes.ts';
import { createScore } from './create-score.ts';
import {
  scoreAnswer,
  scoreBody,
  scoreCreatedAnswer,
  scoreListAnswer,
  scoreListQuery,
  scoreV1ListQuery,
  scoreV3ListAnswer,
  scoreV3Query,
} from './schema.ts';
import { deleteScore, getScore, listScores } from './scores.ts';
import { listScoresV3 } from './scores-v3.ts';

const create = defineRoute({
  method: 'POST',
  path: '/api/public/scores',
  operation: 'scores.create',
  summary:
    'Store a score about a trace, an observation, a session or a dataset run; an id updates.',
  access: 'scores',
  needs: observabilityPorts,
  body: scoreBody,
  response: scoreCreatedAnswer,
  handler: async ({ api, scope, body }) => ({ json: await createScore(api, scope, body) }),
});

const listV1 = defineRoute({
  method: 'GET',
  path: '/api/public/scores',
  operation: 'legacy_scoreV1.get',
  summary: 'List scores of traces, newest first, by page.',
  access: 'project',
  needs: observabilityPorts,
  query: scoreV1ListQuery,
  response: scoreListAnswer,
  handler: async ({ api, scope, query }) => ({
    json: await listScores(api, scope, { ...query, ...NO_SUBJECTS }, 'v1'),
  }),
});

/** Parameters that only v2 has. */
const NO_SUBJECTS = {
  sessionId: undefined,
  datasetRunId: undefined,
  traceId: undefined,
  observationId: undefined,
  fields: undefined,
};

const getV1 = defineRoute({
  method: 'GET',
  path: '/api/public/scores/:scoreId',
  operation: 'legacy_scoreV1.get-by-id',
  summary: 'Read one score of a trace.',
  access: 'project',
  needs: observabilityPorts,
  response: scoreAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getScore(api, scope, params['scoreId'] ?? '', 'v1'),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/scores/:scoreId',
  operation: 'legacy_scoreV1.delete',
  summary: 'Delete a score.',
  access: 'project',
  needs: observabilityPorts,
  response: messageAnswer,
  status: 202,
  async handler({ api, scope, params }) {
    await deleteScore(api, scope, params['scoreId'] ?? '');
    return { status: 202, json: { message: 'Score deleted successfully' } };
  },
});

const listV2 = defineRoute({
  method: 'GET',
  path: '/api/public/v2/scores',
  operation: 'scores.get-many',
  summary: 'List scores of every subject, newest first, by page.',
  access: 'project',
  needs: observabilityPorts,
  query: scoreListQuery,
  response: scoreListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listScores(api, scope, query) }),
});

const getV2 = defineRoute({
  method: 'GET',
  path: '/api/public/v2/scores/:scoreId',
  operation: 'scores.get-by-id',
  summary: 'Read one score.',
  access: 'project',
  needs: observabilityPorts,
  response: scoreAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getScore(api, scope, params['scoreId'] ?? ''),
  }),
});

const listV3 = defineRoute({
  method: 'GET',
  path: '/api/public/v3/scores',
  operation: 'scoresV3.getManyV3',
  summary: 'List scores by cursor, each with a value of its own type.',
  access: 'project',
  needs: observabilityPorts,
  query: scoreV3Query,
  response: scoreV3ListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listScoresV3(api, scope, query) }),
});

export const scoreRoutes: readonly Route[] = [
  create,
  listV1,
  getV1,
  remove,
  listV2,
  getV2,
  listV3,
  ...scoreOverviewRoutes,
];
