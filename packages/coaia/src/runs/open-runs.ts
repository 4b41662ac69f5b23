/** Asking about runs and steering them: for pages, commands and everybody else who carries none out. */
import { toStored } from '#base';
import type { Clock, Recorder, Scope } from '#base';
import { listPausedQueues, pauseQueue, resumeQueue, toNotices } from '#queue';
import type { Dispatcher } from '#queue';
import type { Database, RunRow, Transaction } from '#store';
import { cancelRun } from './end-run.ts';
import type { RunsApi, Workflow } from './engine.ts';
import { runErrors } from './errors.ts';
import { listRuns } from './list-runs.ts';
import { announce } from './ports.ts';
import type { RunKey, RunPorts } from './ports.ts';
import { requeueRun } from './retry-run.ts';
import { isEnded, toRun, toStep } from './run-record.ts';
import { startRun } from './start-run.ts';
import { lockRun, nudgeRun, readRun, readSteps } from './storage.ts';
import { waitForEnd } from './wait-for-end.ts';

export interface RunsOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly recorder: Recorder<Transaction>;
  /** Absent: workers find what is due by looking. */
  readonly dispatcher?: Pick<Dispatcher, 'announce' | 'look'>;
  /** So that a run which is cancelled here, while nobody works on it, gets the events of its end. */
  readonly workflows?: readonly Workflow[];
}

export function toRunPorts(options: RunsOptions): RunPorts {
  return {
    db: options.db,
    clock: options.clock,
    recorder: options.recorder,
    dispatcher: options.dispatcher,
    notices: toNotices(options.db),
    workflows: new Map(options.workflows?.map((workflow) => [workflow.name, workflow])),
  };
}

export function openRuns(options: RunsOptions): RunsApi {
  return createRunsApi(toRunPorts(options));
}

export function createRunsApi(ports: RunPorts): RunsApi {
  const { db, clock } = ports;
  return {
    ...createSteering(ports),
    async get(scope, id) {
      return toRun(found(await readRun(db, toKey(scope, id)), id));
    },
    list: (scope, filter) => listRuns(db, scope.projectId, filter),
    async steps(scope, id) {
      const key = toKey(scope, id);
      found(await readRun(db, key), id);
      return (await readSteps(db, key)).map(toStep);
    },
    async waitForEnd(scope, id, wait) {
      const run = await waitForEnd(ports, toKey(scope, id), wait?.signal);
      if (run === undefined) throw toMissing(id);
      return run;
    },
    pauseQueue: (scope, workflow) => pauseQueue({ db, clock }, scope.projectId, workflow),
    async resumeQueue(scope, workflow) {
      await resumeQueue(db, scope.projectId, workflow);
      ports.dispatcher?.look();
      ports.notices.tell();
    },
    listPausedQueues: (scope) => listPausedQueues(db, scope.projectId),
  };
}

function createSteering(ports: RunPorts): Pick<RunsApi, 'start' | 'cancel' | 'retry' | 'signal'> {
  const { db, clock } = ports;
  /** Changes the run under its lock and answers what has become of it. */
  const change = async (
    key: RunKey,
    work: (tx: Transaction, row: RunRow) => Promise<void>,
  ): Promise<RunRow> =>
    db.write(async (tx) => {
      await work(tx, found(await lockRun(db, tx, key), key.id));
      return found(await readRun(tx, key), key.id);
    });
  return {
    async start(scope, request) {
      const { row } = await db.write((tx) => startRun(ports, tx, scope, request));
      if (row.due_at !== null) announceRow(ports, row, row.due_at);
      return toRun(row);
    },
    async cancel(scope, id) {
      const row = await change(toKey(scope, id), async (tx, run) => {
        if (isEnded(run)) throw toWrongState(run, 'it cannot be cancelled any more');
        await cancelRun(ports, tx, run);
      });
      tellFamily(ports, row);
      return toRun(row);
    },
    async retry(scope, id) {
      const row = await change(toKey(scope, id), async (tx, run) => {
        if (run.state !== 'failed' && run.state !== 'cancelled')
          throw toWrongState(run, 'only failed and cancelled runs can be tried again');
        await requeueRun(tx, run, clock());
      });
      announceRow(ports, row, clock());
      return toRun(row);
    },
    async signal(scope, id, name, value) {
      const key = toKey(scope, id);
      await db.write((tx) => addSignal(tx, key, { name, value, now: clock() }));
      announce(ports, key, { dueAt: clock() });
    },
  };
}

async function addSignal(
  tx: Transaction,
  key: RunKey,
  { name, value, now }: { readonly name: string; readonly value: unknown; readonly now: number },
): Promise<void> {
  // The counter goes first: it keeps the run from being put away without having seen the signal.
  const isOpen = await nudgeRun(tx, key, now);
  const row = found(await readRun(tx, key), key.id);
  if (!isOpen) throw toWrongState(row, 'it takes no signals any more');
  await tx.upsert('run_signals', [
    {
      project_id: key.projectId,
      run_id: key.id,
      seq: row.nudges,
      name,
      created_at: now,
      taken_at: null,
      value: toStored(value),
    },
  ]);
}

function announceRow(ports: RunPorts, row: RunRow, dueAt: number): void {
  announce(ports, { projectId: row.project_id, id: row.id }, { dueAt, priority: row.priority });
}

/** A run that ended or is to end: who waits for it, its parent and a place under its key. */
export function tellFamily(ports: RunPorts, row: RunRow): void {
  ports.notices.tell(row.id);
  const { project_id: projectId, parent_run_id: parent } = row;
  if (parent !== null) announce(ports, { projectId, id: parent }, { dueAt: ports.clock() });
  if (row.concurrency_key !== null) ports.dispatcher?.look();
}

function toKey(scope: Scope, id: string): RunKey {
  return { projectId: scope.projectId, id };
}

function found(row: RunRow | undefined, id: string): RunRow {
  if (row === undefined) throw toMissing(id);
  return row;
}

function toMissing(id: string) {
  return runErrors.create('COAIA-0900', `There is no run "${id}" in this project.`, {
    hint: 'coaia pipeline runs list',
  });
}

function toWrongState(row: RunRow, reason: string) {
  const state =
    row.state === 'succeeded' || row.state === 'failed' ? `has ${row.state}` : `is ${row.state}`;
  return runErrors.create('COAIA-0903', `Run "${row.id}" ${state}; ${reason}.`);
}
