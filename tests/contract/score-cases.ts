/** Scores and score configs in the suites that walk every operation. */
import type { NounCases } from './operation-cases.ts';
import { PAGE, SCORE } from './shapes.ts';

const CONFIG = {
  id: 'string',
  name: 'string',
  createdAt: 'time',
  updatedAt: 'time',
  projectId: 'string',
  dataType: 'string',
  isArchived: 'boolean',
  minValue: 'number?*',
  maxValue: 'number?*',
  categories: 'any*',
  description: 'string?*',
} as const;

const SCORE_V2 = {
  ...SCORE,
  traceId: 'string?',
  sessionId: 'string?*',
  datasetRunId: 'string?*',
  value: 'number*',
  stringValue: 'string*',
} as const;

const SCORE_V3 = {
  id: 'string',
  projectId: 'string',
  name: 'string',
  value: 'any',
  dataType: 'string',
  source: 'string',
  timestamp: 'time',
  environment: 'string',
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const NEW_SCORE = { id: 'case-score', traceId: 'trace-b', name: 'case', value: 1 };

export const SCORE_CASES: NounCases = {
  cases: {
    scores_create: { answer: { id: 'string' }, body: NEW_SCORE, isForScores: true },
    legacy_scoreV1_create: { answer: { id: 'string' }, body: NEW_SCORE, isForScores: true },
    legacy_scoreV1_delete: {
      answer: { message: 'string' },
      status: 202,
      ids: { scoreId: 'not-there' },
    },
    'scores_get-many': { answer: { data: [SCORE_V2], meta: PAGE } },
    'scores_get-by-id': { answer: SCORE_V2, ids: { scoreId: 'score-flag' } },
    scoresV3_getManyV3: {
      answer: { data: [SCORE_V3], meta: { limit: 'int', cursor: 'string?*' } },
    },
    scoreConfigs_get: { answer: { data: [CONFIG], meta: PAGE } },
    scoreConfigs_create: { answer: CONFIG, body: { name: 'made by a case', dataType: 'BOOLEAN' } },
    'scoreConfigs_get-by-id': { answer: CONFIG },
    scoreConfigs_update: { answer: CONFIG, body: { description: 'changed by a case' } },
  },
  async prepare(server) {
    const body = JSON.stringify({ name: 'case', dataType: 'NUMERIC', minValue: 0, maxValue: 9 });
    const made = await server.send('POST', '/score-configs', { body });
    return { configId: made.body.id };
  },
};
