/** The calls about evaluators over the embedded store, for commands: the same that the client makes by HTTP. */
import { setTimeout as wait } from 'node:timers/promises';
import { invalidRequest } from '#base';
import type { Scope } from '#base';
import type { Evaluation, EvaluatorsApi } from '@coaia/client';
import type { ZodType, infer as Infer } from 'zod';
import {
  createEvaluator,
  deleteEvaluator,
  getEvaluator,
  listEvaluators,
} from '../evaluators/evaluators.ts';
import { cursorQuery, evaluatorBody } from '../evaluators/schema.ts';
import { createRule, deleteRule, listRules, updateRule } from '../evaluation-rules/rules.ts';
import { ruleBody, rulePatch } from '../evaluation-rules/schema.ts';
import {
  createEvaluations,
  getEvaluation,
  listEvaluations,
  resumeEvaluator,
  runTrial,
} from './evaluations.ts';
import type { EvaluationPorts } from './ports.ts';
import { evaluationQuery, runBody, trialBody } from './schema.ts';
import { runAll } from './worker.ts';

/** Opens the calls over one store and project. */
export function createLocalEvaluators(ports: EvaluationPorts, scope: Scope): EvaluatorsApi {
  return {
    listEvaluators: async (query) => listEvaluators(ports, scope, parse(cursorQuery, query)),
    getEvaluator: (id) => getEvaluator(ports, scope, id),
    createEvaluator: async (input) => createEvaluator(ports, scope, parse(evaluatorBody, input)),
    deleteEvaluator: (id) => deleteEvaluator(ports, scope, id),
    testEvaluator: async (id, input) => runTrial(ports, scope, id, parse(trialBody, input)),
    runEvaluator: async (id, input) => createEvaluations(ports, scope, id, parse(runBody, input)),
    resumeEvaluator: (id) => resumeEvaluator(ports, scope, id),
    listRules: async (query) => listRules(ports, scope, parse(cursorQuery, query)),
    createRule: async (input) => createRule(ports, scope, parse(ruleBody, input)),
    updateRule: async (id, input) => updateRule(ports, scope, id, parse(rulePatch, input)),
    deleteRule: (id) => deleteRule(ports, scope, id),
    listEvaluations: async (query) => listEvaluations(ports, scope, parse(evaluationQuery, query)),
    getEvaluation: (id) => getEvaluation(ports, scope, id),
    waitForEvaluations: (ids, onProgress) => waitForAll(ports, scope, ids, onProgress),
  };
}

/** A server on the same store may have taken some of them. */
const LOOK_MS = 300;

async function waitForAll(
  ports: EvaluationPorts,
  scope: Scope,
  ids: readonly string[],
  onProgress?: (ended: number) => void,
): Promise<readonly Evaluation[]> {
  for (;;) {
    await runAll(ports, ids, onProgress);
    const all = await Promise.all(ids.map((id) => getEvaluation(ports, scope, id)));
    if (!all.some(({ status }) => status === 'running')) return all;
    await wait(LOOK_MS);
  }
}

/** The same checks as over HTTP; the sentence names the first field that is wrong. */
function parse<T extends ZodType>(schema: T, value: unknown): Infer<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw invalidRequest(
    `${place === '' ? 'The input' : `"${place}"`} is not valid: ${issue?.message ?? 'unknown reason'}.`,
  );
}
