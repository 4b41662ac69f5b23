/**
 * The durable engine as rooms see it. A run executes a workflow: a function whose steps are journalled by name.
 * A finished step is never executed again; an interrupted one is, with the same idempotency key. A step's
 * result and the observation of it are committed in one transaction.
 */
import type { IngestionEvent, Scope } from '#base';

export type RunState = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';
export type StepState = 'running' | 'waiting' | 'succeeded' | 'failed' | 'skipped' | 'cancelled';

/** JSON of any shape. */
export type Json = unknown;

export interface RunRequest {
  /** Starting the same id again starts nothing and answers what is there. Absent: a new id. */
  readonly id?: string;
  /** Name of a registered workflow. */
  readonly workflow: string;
  /** What people look for: the pipeline's name. */
  readonly name: string;
  readonly input: Json;
  readonly traceId: string;
  /** Lower goes first; default 0. */
  readonly priority?: number;
  /** At most `concurrencyLimit` runs with the same key work at once; the others are queued. */
  readonly concurrencyKey?: string;
  readonly concurrencyLimit?: number;
  /** Epoch milliseconds before which it does not begin. */
  readonly notBefore?: number;
  /** Epoch milliseconds after which it is failed with COAIA-0904. */
  readonly deadline?: number;
  readonly parentRunId?: string;
  readonly scheduleId?: string;
  /** All attempts of the whole run together, each going on after the finished steps; default 1. */
  readonly maxAttempts?: number;
  /**
   * The run this one goes on from: its finished steps that began before `fromStep` are taken over, or exactly
   * those in `keep`.
   */
  readonly forkOf?: {
    readonly runId: string;
    readonly fromStep: string;
    readonly keep?: readonly string[];
  };
  /** Committed together with the run: its trace. */
  readonly events?: readonly IngestionEvent[];
}

export interface Run {
  readonly id: string;
  readonly projectId: string;
  readonly workflow: string;
  readonly name: string;
  readonly state: RunState;
  readonly input: Json;
  readonly output: Json;
  readonly error: RunFailure | null;
  readonly traceId: string;
  readonly attempt: number;
  readonly priority: number;
  readonly parentRunId: string | null;
  readonly scheduleId: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** When a waiting or queued run goes on by itself; null when only a signal wakes it. */
  readonly wakeAt: number | null;
  /** Process that works on it, null when none does. */
  readonly worker: string | null;
}

export interface RunFailure {
  readonly code: string;
  readonly message: string;
  readonly step?: string;
  /** What can be typed to get on. */
  readonly hint?: string;
}

export interface RunStep {
  readonly name: string;
  /** Order of first start within the run, from 1. */
  readonly seq: number;
  readonly state: StepState;
  readonly attempt: number;
  readonly output: Json;
  readonly error: RunFailure | null;
  readonly observationId: string | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly retryAt: number | null;
}

export interface RetryRule {
  /** All attempts together; 1 is no retry. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled for each further one, with jitter, at most `maxMs`. */
  readonly backoffMs?: number;
  readonly maxMs?: number;
}

export interface StepOptions {
  readonly retry?: RetryRule;
  readonly timeoutMs?: number;
  /** Found on the journal row, so that a page leads from the step to what it recorded. */
  readonly observationId?: string;
  /** Whether trying again can help; default: COAIA codes that are marked as passing, and nothing else. */
  readonly isPassing?: (error: unknown) => boolean;
  /** What is committed with a failed last attempt. */
  readonly onFailure?: (error: unknown, attempt: StepAttempt) => readonly IngestionEvent[];
}

export interface StepAttempt {
  readonly attempt: number;
  /** `run:step`, the same for every attempt. */
  readonly idempotencyKey: string;
  readonly startedAt: number;
  readonly signal: AbortSignal;
}

export interface StepResult<T> {
  readonly output: T;
  /** Committed with the result. */
  readonly events?: readonly IngestionEvent[];
}

/**
 * What a workflow works with. Steps may run in parallel; their names are unique within a run. Between steps a
 * workflow only computes: what takes time belongs into a step, because a run whose steps all wait is put away
 * (none of its promises settles then) and taken up again from its journal.
 */
export interface RunContext {
  readonly run: Run;
  readonly scope: Scope;
  /** Aborted by cancel, the deadline, a lost claim and the end of the process. */
  readonly signal: AbortSignal;
  step<T extends Json>(
    name: string,
    options: StepOptions,
    work: (attempt: StepAttempt) => Promise<StepResult<T>>,
  ): Promise<T>;
  /** A step that is not taken; it stands in the journal. */
  skip(name: string, reason: string): Promise<void>;
  /** Waits without a worker: the process may end meanwhile. */
  sleep(name: string, untilMs: number): Promise<void>;
  /** Waits for a signal; one that came before is taken at once. Undefined when the time is over. */
  waitForSignal(
    name: string,
    options?: { readonly timeoutMs?: number; readonly observationId?: string },
  ): Promise<Json>;
  /** Starts another run and waits for its end; throws what it failed with. */
  child(name: string, request: Omit<RunRequest, 'parentRunId'>): Promise<Json>;
}

export interface Workflow {
  readonly name: string;
  /** Throws for failed runs. `events` are committed with the run's end. */
  run(
    context: RunContext,
  ): Promise<{ readonly output: Json; readonly events?: readonly IngestionEvent[] }>;
  /** What is committed with a run that failed or was cancelled. */
  onEnd?(run: Run, error: RunFailure): RunEnd;
}

export interface RunEnd {
  readonly events: readonly IngestionEvent[];
  /** Runs that begin with the end of this one: none of them sees it at work, and none is forgotten. */
  readonly starts?: readonly RunRequest[];
}

export interface RunFilter {
  readonly state?: readonly RunState[];
  readonly name?: string;
  readonly workflow?: string;
  readonly scheduleId?: string;
  readonly parentRunId?: string;
  readonly since?: number;
  readonly limit: number;
  readonly cursor?: string;
}

/** Asking about runs and steering them: needs no worker. */
export interface RunsApi {
  start(scope: Scope, request: RunRequest): Promise<Run>;
  get(scope: Scope, id: string): Promise<Run>;
  list(
    scope: Scope,
    filter: RunFilter,
  ): Promise<{ readonly runs: readonly Run[]; readonly cursor: string | null }>;
  steps(scope: Scope, id: string): Promise<readonly RunStep[]>;
  /** Ends a run that has not ended; steps at work are told. Throws COAIA-0903 when it has ended. */
  cancel(scope: Scope, id: string): Promise<Run>;
  /** Goes on with a failed or cancelled run at its first step that is not finished. */
  retry(scope: Scope, id: string): Promise<Run>;
  /** Durable also when nobody waits yet. */
  signal(scope: Scope, id: string, name: string, value: Json): Promise<void>;
  /** Resolves when the run has ended. */
  waitForEnd(scope: Scope, id: string, options?: { readonly signal?: AbortSignal }): Promise<Run>;
  /** A queue is a workflow of the project: what runs goes on, nothing new begins. */
  pauseQueue(scope: Scope, workflow: string): Promise<void>;
  resumeQueue(scope: Scope, workflow: string): Promise<void>;
  listPausedQueues(scope: Scope): Promise<readonly string[]>;
}

/** A worker: takes due runs of registered workflows until it is closed. */
export interface Engine extends RunsApi {
  register(workflow: Workflow): void;
  /** Ends in good order: steps at work are given `graceMs` and then left to the next worker. */
  close(): Promise<void>;
}
