/** State of a run. */
export type RunState = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';
/** State of a step; a step that has not begun has none and is `pending` here. */
export type StepState =
  | 'pending'
  | 'running'
  | 'waiting'
  | 'succeeded'
  | 'failed'
  | 'skipped'
  | 'cancelled';

/** Why something failed. */
export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly step?: string | null;
}

/** A run as lists have it. */
export interface Run {
  readonly id: string;
  readonly pipeline: { readonly name: string; readonly version: string | null };
  readonly state: RunState;
  readonly traceId: string;
  readonly attempt: number;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly wakeAt: string | null;
  readonly error: RunError | null;
  readonly output?: unknown;
  readonly scheduleId: string | null;
  readonly parentRunId: string | null;
  readonly worker: string | null;
}

/** A step of a run: what the template says of it and what has happened. */
export interface RunStep {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly action: string | null;
  readonly needs: readonly string[];
  readonly parent: string | null;
  readonly state: StepState;
  readonly attempt: number;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error: RunError | null;
  readonly observationId: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly retryAt: string | null;
}

/** A step that waits for somebody's yes or no. */
export interface Approval {
  readonly step: string;
  readonly message: string;
}

/** A run with its steps. */
export interface RunDetail extends Run {
  readonly steps: readonly RunStep[];
  readonly template: {
    readonly name: string;
    readonly version: string | null;
    readonly digest: string | null;
  };
  readonly variables: Readonly<Record<string, unknown>>;
  readonly approvals: readonly Approval[];
}

const ended: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled']);

/** True when nothing more happens to it by itself. */
export function hasEnded(run: Pick<Run, 'state'>): boolean {
  return ended.has(run.state);
}

/** Milliseconds between two times, up to `now` while it goes on; null before it began. */
export function toRunMs(
  { startedAt, endedAt }: Pick<Run, 'startedAt' | 'endedAt'>,
  now: number,
): number | null {
  if (startedAt === null) return null;
  return Math.max(0, (endedAt === null ? now : Date.parse(endedAt)) - Date.parse(startedAt));
}
