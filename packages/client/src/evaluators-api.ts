/** The calls about evaluators, evaluation rules and evaluations. */
import type { CoaiaClient } from './client.ts';
import type {
  Evaluation,
  EvaluationRule,
  EvaluationRuleInput,
  EvaluationStatus,
  EvaluationTrial,
  Evaluator,
  EvaluatorInput,
} from './evaluators-wire.ts';
import type { CursorPaged } from './wire.ts';

export interface CursorPageQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

export interface EvaluationLogQuery extends CursorPageQuery {
  readonly status?: EvaluationStatus | undefined;
  readonly evaluatorId?: string | undefined;
  readonly evaluationRuleId?: string | undefined;
  readonly traceId?: string | undefined;
}

export interface EvaluationLog {
  readonly data: readonly Evaluation[];
  readonly meta: {
    readonly cursor?: string;
    readonly counts: Readonly<Record<EvaluationStatus, number>>;
  };
}

/** What a run is about: exactly one of ids, a filter, an experiment, or a run of a dataset. */
export interface EvaluationRunInput {
  readonly traceIds?: readonly string[] | undefined;
  /** Filter grammar of the trace list. */
  readonly filter?: string | undefined;
  readonly experimentId?: string | undefined;
  readonly datasetName?: string | undefined;
  readonly runName?: string | undefined;
  /** Most subjects; 1000 when absent. */
  readonly limit?: number | undefined;
  /** Also what this version has evaluated before. */
  readonly again?: boolean | undefined;
}

export interface EvaluationRun {
  readonly evaluationIds: readonly string[];
  readonly added: number;
  /** What had been asked for before. */
  readonly known: number;
}

/** The same over the embedded store and over HTTP. */
export interface EvaluatorsApi {
  listEvaluators(query: CursorPageQuery): Promise<CursorPaged<Evaluator>>;
  getEvaluator(id: string): Promise<Evaluator>;
  createEvaluator(input: EvaluatorInput): Promise<Evaluator>;
  deleteEvaluator(id: string): Promise<{ readonly id: string }>;
  /** Coaia only, as are all that follow but the rules. Stores no score. */
  testEvaluator(
    id: string,
    input: { readonly traceId: string; readonly observationId?: string | undefined },
  ): Promise<EvaluationTrial>;
  runEvaluator(id: string, input: EvaluationRunInput): Promise<EvaluationRun>;
  resumeEvaluator(id: string): Promise<{ readonly id: string }>;
  listRules(query: CursorPageQuery): Promise<CursorPaged<EvaluationRule>>;
  createRule(input: EvaluationRuleInput): Promise<EvaluationRule>;
  updateRule(id: string, input: Partial<EvaluationRuleInput>): Promise<EvaluationRule>;
  deleteRule(id: string): Promise<{ readonly id: string }>;
  listEvaluations(query: EvaluationLogQuery): Promise<EvaluationLog>;
  getEvaluation(id: string): Promise<Evaluation>;
  /**
   * The evaluations once none of them can go on by itself: done, failed, or waiting for somebody. Over the
   * embedded store this call does the work.
   */
  waitForEvaluations(
    ids: readonly string[],
    onProgress?: (ended: number) => void,
  ): Promise<readonly Evaluation[]>;
}

const LOOK_MS = 1000;
/** Evaluations that are asked for at once. */
const AT_ONCE = 20;

/** The calls over HTTP. Rejects with ClientError. */
export function createEvaluatorsApi(
  client: Pick<CoaiaClient, 'request' | 'listProjects'>,
): EvaluatorsApi {
  let project: Promise<string> | undefined;
  const findProject = () => {
    project ??= client.listProjects().then(({ data }) => data[0]?.id ?? '');
    return project;
  };
  const own = async <T>(
    method: 'GET' | 'POST',
    segments: readonly string[],
    options: { readonly query?: object; readonly body?: unknown } = {},
  ): Promise<T> =>
    client.request<T>(method, ['projects', await findProject(), ...segments], {
      ...options,
      area: 'v1',
    });
  const getEvaluation = (id: string) => own<Evaluation>('GET', ['evaluations', id]);
  return {
    listEvaluators: (query) => client.request('GET', ['v2', 'evaluators'], { query }),
    getEvaluator: (id) => client.request('GET', ['v2', 'evaluators', id]),
    createEvaluator: (body) => client.request('POST', ['v2', 'evaluators'], { body }),
    deleteEvaluator: (id) => client.request('DELETE', ['v2', 'evaluators', id]),
    testEvaluator: (id, body) => own('POST', ['evaluators', id, 'test'], { body }),
    runEvaluator: (id, body) => own('POST', ['evaluators', id, 'run'], { body }),
    resumeEvaluator: (id) => own('POST', ['evaluators', id, 'resume']),
    listRules: (query) => client.request('GET', ['v2', 'evaluation-rules'], { query }),
    createRule: (body) => client.request('POST', ['v2', 'evaluation-rules'], { body }),
    updateRule: (id, body) => client.request('PATCH', ['v2', 'evaluation-rules', id], { body }),
    deleteRule: (id) => client.request('DELETE', ['v2', 'evaluation-rules', id]),
    listEvaluations: (query) => own('GET', ['evaluations'], { query }),
    getEvaluation,
    waitForEvaluations: (ids, onProgress) => waitForAll(ids, getEvaluation, onProgress),
  };
}

async function waitForAll(
  ids: readonly string[],
  get: (id: string) => Promise<Evaluation>,
  onProgress: (ended: number) => void = () => undefined,
): Promise<readonly Evaluation[]> {
  const ended = new Map<string, Evaluation>();
  for (;;) {
    const open = ids.filter((id) => !ended.has(id)).slice(0, AT_ONCE);
    for (const one of await Promise.all(open.map(get))) if (hasEnded(one)) ended.set(one.id, one);
    onProgress(ended.size);
    if (ended.size >= ids.length) return ids.flatMap((id) => ended.get(id) ?? []);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** What failed once and waits to be tried again goes on by itself; that may take longer than anybody waits. */
function hasEnded({ status, error }: Evaluation): boolean {
  return status === 'done' || status === 'failed' || (status === 'pending' && error !== null);
}
