/** What a workflow is given: steps, waits and children, each with its row in the journal. */
import { fromStored } from '#base';
import type { RunRow, RunStepRow } from '#store';
import type { Json, RunContext, RunRequest } from './engine.ts';
import { journal, reachStep, toStepRow, writeStep } from './execution.ts';
import type { Execution } from './execution.ts';
import { toStepError } from './failures.ts';
import { announce } from './ports.ts';
import { requeueRun } from './retry-run.ts';
import { isEnded, toFailure } from './run-record.ts';
import { startRun } from './start-run.ts';
import { lockRun, readRun } from './storage.ts';
import { pause, pauseUntil, takeStep } from './take-step.ts';

export function createContext(execution: Execution): RunContext {
  const { run, scope, controller } = execution;
  return {
    run,
    scope,
    signal: controller.signal,
    step: (name, options, work) => takeStep(execution, name, options, work),
    skip: (name, reason) =>
      once(execution, name, async () => {
        const row = toEnded(execution, name, { state: 'skipped' });
        await writeStep(execution, { ...row, output: JSON.stringify({ reason }) });
      }),
    sleep: (name, untilMs) => once(execution, name, () => sleep(execution, name, untilMs)),
    waitForSignal: (name, options = {}) =>
      once(execution, name, () => waitForSignal(execution, name, options)),
    child: (name, request) => once(execution, name, () => runChild(execution, name, request)),
  };
}

/** What the journal says about a finished step, or what `take` makes of it. */
async function once<T>(execution: Execution, name: string, take: () => Promise<T>): Promise<T> {
  await execution.activity.enter();
  const known = reachStep(execution, name);
  if (known?.state === 'succeeded') return toAnswer(known) as T;
  if (known?.state === 'skipped') return undefined as T;
  return take();
}

/** Undefined where nothing was answered in time. */
function toAnswer(row: RunStepRow): Json {
  return row.output === null ? undefined : fromStored(row.output);
}

function toEnded(execution: Execution, name: string, change: Partial<RunStepRow>): RunStepRow {
  const row = toStepRow(execution, name);
  return { ...row, ended_at: execution.ports.clock(), retry_at: null, error: null, ...change };
}

/** Notes what the run waits for, so that everybody sees it and the time stays what it was at first. */
async function beginWait(
  execution: Execution,
  name: string,
  change: Partial<RunStepRow>,
): Promise<RunStepRow> {
  const known = execution.steps.get(name);
  if (known?.state === 'waiting') return known;
  const row = { ...toStepRow(execution, name), state: 'waiting', ...change };
  await execution.activity.work(() => writeStep(execution, row));
  return row;
}

async function sleep(execution: Execution, name: string, untilMs: number): Promise<void> {
  const { clock } = execution.ports;
  const row =
    clock() < untilMs ? await beginWait(execution, name, { retry_at: untilMs }) : undefined;
  if (row !== undefined) await pauseUntil(execution, row.retry_at ?? 0);
  await execution.activity.work(() =>
    writeStep(execution, toEnded(execution, name, { state: 'succeeded' })),
  );
}

async function waitForSignal(
  execution: Execution,
  name: string,
  options: { readonly timeoutMs?: number; readonly observationId?: string },
): Promise<Json> {
  const { activity, ports } = execution;
  const { timeoutMs, observationId = null } = options;
  const retry_at = timeoutMs === undefined ? null : ports.clock() + timeoutMs;
  for (;;) {
    const seen = execution.nudges;
    const taken = await activity.work(() => takeSignal(execution, name, observationId));
    if (taken !== undefined) return toAnswer(taken);
    const row = await beginWait(execution, name, { retry_at, observation_id: observationId });
    if (row.retry_at !== null && ports.clock() >= row.retry_at) {
      const ended = toEnded(execution, name, { state: 'succeeded' });
      await activity.work(() => writeStep(execution, ended));
      return undefined;
    }
    await pause(execution, row.retry_at, seen);
  }
}

/** Takes the oldest signal of this name and ends the step with it; undefined when there is none. */
async function takeSignal(
  execution: Execution,
  name: string,
  observationId: string | null,
): Promise<RunStepRow | undefined> {
  const { ports, hold } = execution;
  const place = [hold.projectId, hold.id] as const;
  const row = await journal(execution, async (tx) => {
    const [signal] = await tx.read<{ seq: number; value: string | null }>(
      'SELECT seq, value FROM run_signals WHERE project_id = ? AND run_id = ? AND name = ? AND taken_at IS NULL ORDER BY seq LIMIT 1',
      [...place, name],
    );
    if (signal === undefined) return undefined;
    await tx.run(
      'UPDATE run_signals SET taken_at = ? WHERE project_id = ? AND run_id = ? AND seq = ?',
      [ports.clock(), ...place, signal.seq],
    );
    const output = signal.value ?? 'null';
    const ended = toEnded(execution, name, { state: 'succeeded', output });
    const done = { ...ended, observation_id: ended.observation_id ?? observationId };
    await tx.upsert('run_steps', [done]);
    return done;
  });
  if (row !== undefined) execution.steps.set(name, row);
  return row;
}

async function runChild(
  execution: Execution,
  name: string,
  request: Omit<RunRequest, 'parentRunId'>,
): Promise<Json> {
  const { activity, ports, hold } = execution;
  const id = request.id ?? `${hold.id}/${name}`;
  const key = { projectId: hold.projectId, id };
  if (execution.steps.get(name)?.state !== 'waiting') {
    await activity.work(() => startChild(execution, name, { ...request, id }));
    announce(ports, key, { dueAt: ports.clock(), priority: request.priority ?? 0 });
  }
  for (;;) {
    const seen = execution.nudges;
    const child = await activity.work(() => readRun(ports.db, key));
    if (child !== undefined && isEnded(child)) return endChild(execution, name, child);
    await pause(execution, null, seen);
  }
}

/** The step ends as the child did. */
async function endChild(execution: Execution, name: string, child: RunRow): Promise<Json> {
  if (child.state === 'succeeded') {
    const done = toEnded(execution, name, { state: 'succeeded', output: child.output ?? 'null' });
    await execution.activity.work(() => writeStep(execution, done));
    return fromStored(child.output);
  }
  const failure = toFailure(child.error) ?? { code: 'COAIA-0901', message: 'The run failed.' };
  const error = { ...failure, step: name };
  const failed = toEnded(execution, name, { state: 'failed', error: JSON.stringify(error) });
  await execution.activity.work(() => writeStep(execution, failed));
  throw toStepError(error);
}

/** The child begins together with the note that it is waited for; one that failed before is tried again. */
async function startChild(execution: Execution, name: string, request: RunRequest): Promise<void> {
  const { ports, row: parent, scope } = execution;
  const deadlines = [request.deadline, parent.deadline].filter((time) => typeof time === 'number');
  const deadline = deadlines.length === 0 ? {} : { deadline: Math.min(...deadlines) };
  const wanted = { ...request, ...deadline, parentRunId: parent.id };
  const waiting = { ...toStepRow(execution, name), state: 'waiting' };
  await writeStep(execution, waiting, async (tx) => {
    const { row, isNew } = await startRun(ports, tx, scope, wanted);
    if (isNew) return;
    const locked = await lockRun(ports.db, tx, { projectId: row.project_id, id: row.id });
    const canRetry = locked?.state === 'failed' || locked?.state === 'cancelled';
    if (locked !== undefined && canRetry) await requeueRun(tx, locked, ports.clock());
  });
}
