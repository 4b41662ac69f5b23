/** Evaluators and evaluation rules, in both spellings, in the suites that walk every operation. */
import type { ApiServer } from './api-server.ts';
import type { NounCases } from './operation-cases.ts';
import { PAGE } from './shapes.ts';

const ASSIGNMENT = { evaluatorId: 'string', variableMapping: 'any' } as const;

const VERSION = {
  id: 'string',
  version: 'int',
  createdAt: 'time',
  createdBy: 'any',
  type: 'string',
  prompt: 'any',
  variables: 'strings',
  variableMapping: 'any',
  modelConfig: 'any',
  outputDefinition: { dataType: 'string' },
} as const;

const EVALUATOR = {
  ...VERSION,
  name: 'string',
  description: 'string?',
  status: 'string',
  pausedAt: 'time?',
  pausedReason: 'string?',
  pausedMessage: 'string?',
  evaluationRuleAssignments: 'any',
  updatedAt: 'time',
  versionId: 'string',
  versionCreatedAt: 'time',
  versionCreatedBy: 'any',
} as const;

const RULE = {
  id: 'string',
  name: 'string',
  createdBy: 'any',
  enabled: 'boolean',
  sampling: 'number',
  filter: 'any',
  evaluatorAssignments: [ASSIGNMENT],
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const UNSTABLE_EVALUATOR = {
  id: 'string',
  name: 'string',
  type: 'string',
  version: 'int',
  variables: 'strings',
  mapping: 'any',
  evaluationRuleCount: 'int',
  prompt: 'string',
  outputDefinition: {
    dataType: 'string',
    reasoning: { description: 'string' },
    score: { description: 'string' },
  },
  modelConfig: 'any',
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const UNSTABLE_RULE = {
  id: 'string',
  name: 'string',
  evaluator: { id: 'string', name: 'string', type: 'string' },
  evaluators: 'any',
  target: 'string',
  enabled: 'boolean',
  status: 'string',
  pausedReason: 'string?',
  pausedMessage: 'string?',
  sampling: 'number',
  filter: 'any',
  mapping: 'any',
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const JUDGE = {
  name: 'case judge',
  type: 'llm_as_judge',
  prompt: 'Rate {{output}} for {{input}}',
  outputDefinition: { dataType: 'NUMERIC', minValue: 0, maxValue: 1 },
};

const OLD_JUDGE = {
  type: 'llm_as_judge',
  name: 'unstable judge',
  prompt: 'Rate {{output}}',
  outputDefinition: {
    dataType: 'BOOLEAN',
    reasoning: { description: 'Why' },
    score: { description: 'Whether' },
  },
};

/** What the cases need before they can say where they lie; filled by `prepare`, read by later calls. */
const made = { evaluatorId: '', ruleId: '' };

const send = (server: ApiServer, path: string, body: unknown) =>
  server.send('POST', path, { body: JSON.stringify(body) });

const toRule = (name: string) => ({
  name,
  enabled: false,
  evaluatorAssignments: [{ evaluatorId: made.evaluatorId }],
});

let count = 0;
const toUnstableRule = () => {
  count += 1;
  return {
    name: `unstable rule ${count}`,
    target: 'observation',
    enabled: false,
    evaluators: [{ evaluator: { name: 'case judge', type: 'llm_as_judge' } }],
  };
};

/** Something that only one case takes away; cases may run beside each other. */
function toDoomed(path: string, body: () => unknown) {
  const doomed = { id: '' };
  return {
    async before(server: ApiServer) {
      doomed.id = (await send(server, path, body())).body.id;
    },
    ids: {
      get evaluatorId() {
        return doomed.id;
      },
      get evaluationRuleId() {
        return doomed.id;
      },
    },
  };
}

const CURSOR_META = {} as const;

export const EVALUATOR_CASES: NounCases = {
  cases: {
    evaluators_list: { answer: { data: [EVALUATOR], meta: CURSOR_META } },
    evaluators_create: { answer: EVALUATOR, body: { ...JUDGE, name: 'made by a case' } },
    evaluators_get: { answer: EVALUATOR },
    evaluators_update: { answer: EVALUATOR, body: { description: 'changed by a case' } },
    evaluators_delete: {
      answer: { id: 'string' },
      ...toDoomed('/v2/evaluators', () => ({ ...JUDGE, name: 'doomed' })),
    },
    evaluators_listVersions: { answer: { data: [VERSION], meta: CURSOR_META } },
    evaluationRules_list: { answer: { data: [RULE], meta: CURSOR_META } },
    evaluationRules_create: {
      answer: RULE,
      get body() {
        return toRule('made by a case');
      },
    },
    evaluationRules_get: { answer: RULE },
    evaluationRules_update: { answer: RULE, body: { sampling: 0.5 } },
    evaluationRules_delete: {
      answer: { id: 'string' },
      ...toDoomed('/v2/evaluation-rules', () => toRule('doomed')),
    },
    unstable_evaluators_create: { answer: UNSTABLE_EVALUATOR, body: OLD_JUDGE },
    unstable_evaluators_list: { answer: { data: [UNSTABLE_EVALUATOR], meta: PAGE } },
    unstable_evaluators_get: { answer: UNSTABLE_EVALUATOR },
    unstable_evaluators_delete: {
      answer: { message: 'string' },
      ...toDoomed('/v2/evaluators', () => ({ ...JUDGE, name: 'doomed' })),
    },
    unstable_evaluationRules_create: {
      answer: UNSTABLE_RULE,
      get body() {
        return toUnstableRule();
      },
    },
    unstable_evaluationRules_list: { answer: { data: [UNSTABLE_RULE], meta: PAGE } },
    unstable_evaluationRules_get: { answer: UNSTABLE_RULE },
    unstable_evaluationRules_update: { answer: UNSTABLE_RULE, body: { sampling: 0.75 } },
    unstable_evaluationRules_delete: {
      answer: { message: 'string' },
      ...toDoomed('/unstable/evaluation-rules', toUnstableRule),
    },
  },
  async prepare(server) {
    await server.send('PUT', '/llm-connections', {
      body: JSON.stringify({
        provider: 'case-judge',
        adapter: 'openai',
        secretKey: 'sk-case',
        baseURL: 'http://127.0.0.1:9/v1',
        customModels: ['judge-1'],
      }),
    });
    made.evaluatorId = (await send(server, '/v2/evaluators', JUDGE)).body.id;
    made.ruleId = (await send(server, '/v2/evaluation-rules', toRule('case rule'))).body.id;
    return { evaluatorId: made.evaluatorId, evaluationRuleId: made.ruleId };
  },
};
