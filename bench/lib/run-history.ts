/** A journal in which much has happened already. */
import type { Database, RunRow, RunStepRow } from '../../packages/coaia/src/store/index.ts';

const STEPS_PER_RUN = 10;
const RUNS_PER_WRITE = 200;

/** Ended runs of ten steps each, until there are so many steps. */
export async function addHistory(db: Database, steps: number): Promise<void> {
  const runs = Math.ceil(steps / STEPS_PER_RUN);
  for (let first = 0; first < runs; first += RUNS_PER_WRITE) {
    const ids = Array.from(
      { length: Math.min(RUNS_PER_WRITE, runs - first) },
      (_, index) => `old-${first + index}`,
    );
    await db.write(async (tx) => {
      await tx.upsert('runs', ids.map(toRun));
      await tx.upsert('run_steps', ids.flatMap(toSteps));
    });
  }
}

function toRun(id: string): RunRow {
  const time = Date.now() - 86_400_000;
  return {
    project_id: 'default',
    id,
    workflow: 'noop',
    name: 'old',
    state: 'succeeded',
    priority: 0,
    due_at: null,
    deadline: null,
    concurrency_key: null,
    concurrency_limit: null,
    attempt: 1,
    max_attempts: 1,
    crashes: 0,
    crash_steps: 0,
    fence: 1,
    nudges: 0,
    cancel_at: null,
    worker: null,
    worker_key: null,
    parent_run_id: null,
    schedule_id: null,
    trace_id: id,
    created_at: time,
    started_at: time,
    ended_at: time,
    error: null,
    scope: '{}',
    input: '{"text":"some input"}',
    output: '"done"',
  };
}

function toSteps(id: string): readonly RunStepRow[] {
  const time = Date.now() - 86_400_000;
  return Array.from({ length: STEPS_PER_RUN }, (_, index) => ({
    project_id: 'default',
    run_id: id,
    name: `step-${index}`,
    seq: index + 1,
    state: 'succeeded',
    attempt: 1,
    run_attempt: 1,
    observation_id: null,
    started_at: time,
    ended_at: time,
    retry_at: null,
    error: null,
    output: '{"text":"some output"}',
  }));
}
