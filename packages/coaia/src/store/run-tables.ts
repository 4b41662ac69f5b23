/** Rows of durable runs, their steps and signals, and of what starts runs by the clock. See `tables.ts`. */

/** Times are epoch milliseconds. */
export interface RunRow {
  project_id: string;
  id: string;
  workflow: string;
  name: string;
  state: string;
  priority: number;
  /** When somebody has to look at it: it begins, wakes, or its worker's lease is over; NULL: only a signal wakes it. */
  due_at: number | null;
  deadline: number | null;
  concurrency_key: string | null;
  concurrency_limit: number | null;
  attempt: number;
  max_attempts: number;
  /** Workers that died over it one after another without finishing a step. */
  crashes: number;
  /** Finished steps when the last of them died. */
  crash_steps: number;
  /** Grows with every claim; who holds an older one may not write any more. */
  fence: number;
  /** Grows with every signal, ended child and cancel. */
  nudges: number;
  cancel_at: number | null;
  worker: string | null;
  /** Tells the worker from an earlier process with the same number. */
  worker_key: string | null;
  parent_run_id: string | null;
  schedule_id: string | null;
  trace_id: string;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  /** JSON {code, message, step, hint}. */
  error: string | null;
  /** JSON: who started it. */
  scope: string;
  input: string | null;
  output: string | null;
}

export interface RunStepRow {
  project_id: string;
  run_id: string;
  name: string;
  seq: number;
  state: string;
  attempt: number;
  /** Attempt of the run that wrote it; 0 when it was taken over from another run. */
  run_attempt: number;
  observation_id: string | null;
  started_at: number;
  ended_at: number | null;
  retry_at: number | null;
  error: string | null;
  output: string | null;
}

export interface RunSignalRow {
  project_id: string;
  run_id: string;
  seq: number;
  name: string;
  created_at: number;
  taken_at: number | null;
  value: string | null;
}

export interface PausedQueueRow {
  project_id: string;
  name: string;
  paused_at: number;
}

export interface ScheduleRow {
  project_id: string;
  id: string;
  name: string;
  state: string;
  cron: string | null;
  every_ms: number | null;
  at: number | null;
  time_zone: string;
  overlap: string;
  missed: string;
  jitter_ms: number;
  retries: number;
  timeout_ms: number | null;
  workflow: string;
  run_name: string;
  /** The time it is for. */
  due_at: number | null;
  /** When it is started: due time and jitter. */
  fire_at: number | null;
  created_at: number;
  updated_at: number;
  scope: string;
  input: string | null;
  metadata: string | null;
}

export interface ScheduleFireRow {
  project_id: string;
  schedule_id: string;
  due_at: number;
  fired_at: number;
  outcome: string;
  run_id: string | null;
  detail: string | null;
}

export interface RunTables {
  runs: RunRow;
  run_steps: RunStepRow;
  run_signals: RunSignalRow;
  paused_queues: PausedQueueRow;
  schedules: ScheduleRow;
  schedule_fires: ScheduleFireRow;
}

/** Primary keys, for upserts. */
export const RUN_KEYS = {
  runs: ['project_id', 'id'],
  run_steps: ['project_id', 'run_id', 'name'],
  run_signals: ['project_id', 'run_id', 'seq'],
  paused_queues: ['project_id', 'name'],
  schedules: ['project_id', 'id'],
  schedule_fires: ['project_id', 'schedule_id', 'due_at'],
} as const;
