/** Runs of pipelines on the wire, and the calls about them. */
import type { CoaiaClient } from './client.ts';
import type { JsonValue } from './wire.ts';

export type PipelineRunState =
  | 'queued'
  | 'running'
  | 'waiting'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

export type PipelineStepState =
  | 'running'
  | 'waiting'
  | 'succeeded'
  | 'failed'
  | 'skipped'
  | 'cancelled'
  /** Not begun: it waits for others, or something it needs failed. */
  | 'pending';

export interface PipelineRunFailure {
  readonly code: string;
  readonly message: string;
  /** What can be typed to get on. */
  readonly hint: string | null;
  /** Id of the step that failed; null when the run failed as a whole. */
  readonly step: string | null;
}

/** A run; times are ISO 8601. */
export interface PipelineRun {
  readonly id: string;
  readonly pipeline: { readonly name: string; readonly version: string };
  readonly state: PipelineRunState;
  readonly traceId: string;
  readonly attempt: number;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** When it goes on by itself. */
  readonly wakeAt: string | null;
  readonly error: PipelineRunFailure | null;
  /** What its last step gave, and what it exports by name; null until it has succeeded. */
  readonly output: {
    readonly result: JsonValue;
    readonly exports: Readonly<Record<string, JsonValue>>;
  } | null;
  readonly scheduleId: string | null;
  readonly parentRunId: string | null;
  /** Process that works on it. */
  readonly worker: string | null;
}

export interface PipelineRunStep {
  /** `ID`, or `ID[INDEX]` for one item of a list. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly action: string | null;
  readonly needs: readonly string[];
  readonly parent: string | null;
  /** Order of first start, from 1; null for a step that has not begun. */
  readonly seq: number | null;
  readonly state: PipelineStepState;
  readonly attempt: number;
  readonly output: JsonValue;
  readonly error: PipelineRunFailure | null;
  readonly observationId: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** When it is tried again. */
  readonly retryAt: string | null;
}

export interface PipelineRunDetail extends PipelineRun {
  /** In the order of the template; the items of a list after it. */
  readonly steps: readonly PipelineRunStep[];
  readonly template: {
    readonly name: string;
    readonly version: string;
    readonly digest: string;
    readonly source: string;
  };
  /** Those of secret variables are masked. */
  readonly variables: Readonly<Record<string, JsonValue>>;
  /** Steps that wait for a person. */
  readonly approvals: readonly { readonly step: string; readonly message: string }[];
}

/** Body of `POST /pipeline-runs`. */
export interface PipelineRunInput {
  readonly template:
    | string
    | {
        readonly text: string;
        readonly format: 'json' | 'yaml';
        readonly name?: string | undefined;
      };
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly sessionId?: string | undefined;
  readonly userId?: string | undefined;
  readonly traceId?: string | undefined;
  /** Steps at work at once; 4 when absent. */
  readonly concurrency?: number | undefined;
  /** Milliseconds after which the run is failed. */
  readonly timeoutMs?: number | undefined;
  /** Unknown variables and names without a value are errors. */
  readonly strict?: boolean | undefined;
  /** The same id again starts nothing and answers the run that is there. */
  readonly id?: string | undefined;
}

export interface PipelineRunQuery {
  /** Comma list. */
  readonly state?: string;
  readonly name?: string;
  readonly scheduleId?: string;
  /** ISO 8601. */
  readonly since?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

export interface CursorPage<T> {
  readonly data: readonly T[];
  readonly meta: { readonly cursor: string | null };
}

/** What pipelines of the project may do beyond asking models. */
export interface PipelinePermissions {
  readonly allowed: readonly ('http' | 'shell' | 'files' | 'private')[];
}

/** The calls about runs, the same over the embedded store and over HTTP. */
export interface PipelineRunsApi {
  startPipelineRun(input: PipelineRunInput): Promise<PipelineRun>;
  listPipelineRuns(query: PipelineRunQuery): Promise<CursorPage<PipelineRun>>;
  getPipelineRun(id: string): Promise<PipelineRunDetail>;
  cancelPipelineRun(id: string): Promise<PipelineRun>;
  /** Goes on with a failed or cancelled run at its first step that is not finished. */
  retryPipelineRun(id: string): Promise<PipelineRun>;
  /** A new run that takes over what the other one had finished before that step. */
  forkPipelineRun(id: string, input: { readonly fromStep: string }): Promise<PipelineRun>;
  answerApproval(
    id: string,
    step: string,
    answer: { readonly approved: boolean; readonly comment?: string },
  ): Promise<PipelineRunDetail>;
  getPipelinePermissions(): Promise<PipelinePermissions>;
  updatePipelinePermissions(change: PipelinePermissions): Promise<PipelinePermissions>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createPipelineRunsApi(client: Pick<CoaiaClient, 'request'>): PipelineRunsApi {
  const runs = ['pipeline-runs'];
  const area = 'v1' as const;
  return {
    startPipelineRun: (body) =>
      client.request('POST', runs, { area, body, isRepeatable: body.id !== undefined }),
    listPipelineRuns: (query) => client.request('GET', runs, { area, query }),
    getPipelineRun: (id) => client.request('GET', [...runs, id], { area }),
    cancelPipelineRun: (id) => client.request('POST', [...runs, id, 'cancel'], { area }),
    retryPipelineRun: (id) => client.request('POST', [...runs, id, 'retry'], { area }),
    forkPipelineRun: (id, body) => client.request('POST', [...runs, id, 'fork'], { area, body }),
    answerApproval: (id, step, body) =>
      client.request('POST', [...runs, id, 'approvals', step], { area, body, isRepeatable: true }),
    getPipelinePermissions: () => client.request('GET', ['pipeline-permissions'], { area }),
    updatePipelinePermissions: (body) =>
      client.request('PUT', ['pipeline-permissions'], { area, body, isRepeatable: true }),
  };
}
