/** What starts runs by the clock. A schedule fires exactly once for each due time, whatever the number of servers. */
import type { IngestionEvent, Scope } from '#base';
import type { Json, Run, RunRequest } from '../engine.ts';

export type ScheduleState = 'active' | 'paused' | 'ended';

/** `cron`: 5 or 6 fields, or @daily and the like. `everyMs`: at least 1000. `at`: once, epoch milliseconds. */
export type Timing =
  | { readonly cron: string }
  | { readonly everyMs: number }
  | { readonly at: number };

export interface ScheduleInput {
  readonly name: string;
  readonly timing: Timing;
  /** IANA name; default UTC. */
  readonly timeZone?: string;
  /** While its last run has not ended: leave the new one out (default), let it wait, or cancel the old one. */
  readonly overlap?: Overlap;
  /** Due times more than a minute ago: start one run for all of them (default), or none. */
  readonly missed?: Missed;
  /** Each start is moved by up to so many milliseconds, always the same for the same due time. */
  readonly jitterMs?: number;
  /** Times a failed run is tried again; default 0. */
  readonly retries?: number;
  /** A run that takes longer is failed with COAIA-0904. */
  readonly timeoutMs?: number;
  readonly workflow: string;
  /** What its runs are called: the pipeline's name. */
  readonly runName: string;
  /** What `prepare` makes the run's input from: template and variables. */
  readonly input: Json;
  /** What the engine does not look at: the address of a webhook. */
  readonly metadata?: Json;
}

export type Overlap = 'skip' | 'queue' | 'replace';
export type Missed = 'run-once' | 'skip';

export interface Schedule extends Required<Omit<ScheduleInput, 'timeoutMs' | 'metadata'>> {
  readonly id: string;
  readonly projectId: string;
  readonly state: ScheduleState;
  readonly timeoutMs: number | null;
  readonly metadata: Json;
  /** Next due time, null when there is none. */
  readonly dueAt: number | null;
  /** When it is started: due time and jitter. */
  readonly fireAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/**
 * `started`; `skipped`: the last run had not ended; `missed`: too late and the policy is skip; `failed`: no run
 * could be made, `detail` says why. `manual` is `started` by hand.
 */
export type FireOutcome = 'started' | 'manual' | 'skipped' | 'missed' | 'failed';

export interface ScheduleFire {
  readonly scheduleId: string;
  readonly dueAt: number;
  readonly firedAt: number;
  readonly outcome: FireOutcome;
  readonly detail: string | null;
  /** Null when none was started, or when it has been pruned. */
  readonly run: Run | null;
}

export interface SchedulePage<T> {
  readonly data: readonly T[];
  readonly cursor: string | null;
}

/** Managing schedules: needs no worker. Throws COAIA-0908 for an unknown id, COAIA-0909 for a bad timing. */
export interface SchedulesApi {
  create(scope: Scope, input: ScheduleInput): Promise<Schedule>;
  get(scope: Scope, id: string): Promise<Schedule>;
  list(
    scope: Scope,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<SchedulePage<Schedule>>;
  update(scope: Scope, id: string, change: Partial<ScheduleInput>): Promise<Schedule>;
  remove(scope: Scope, id: string): Promise<void>;
  pause(scope: Scope, id: string): Promise<Schedule>;
  /** Goes on with the next due time; those that passed meanwhile are left out. */
  resume(scope: Scope, id: string): Promise<Schedule>;
  /** Starts a run now, also of a paused schedule; the overlap rule is not asked. */
  runNow(scope: Scope, id: string): Promise<Run>;
  /** Newest first. */
  history(
    scope: Scope,
    id: string,
    page: { readonly limit: number; readonly cursor?: string },
  ): Promise<SchedulePage<ScheduleFire>>;
}

/** What a room makes of a due schedule: the run's input and the events of its trace. */
export type PreparedRun = Pick<RunRequest, 'input' | 'traceId'> & {
  readonly events?: readonly IngestionEvent[];
  readonly name?: string;
  readonly priority?: number;
};

/** Asked before the run is started; may read templates; must not write. What it throws is the fire's `detail`. */
export type PrepareRun = (
  scope: Scope,
  schedule: Schedule,
  fire: { readonly runId: string; readonly dueAt: number },
) => Promise<PreparedRun>;
