/** Managing schedules: needs no worker, except that nothing fires without one. */
import { createId, parseCursor, toCursor } from '#base';
import type { Scope } from '#base';
import type { RunRow, ScheduleFireRow, ScheduleRow } from '#store';
import { runErrors } from '../errors.ts';
import { toRunPorts } from '../open-runs.ts';
import type { RunsOptions } from '../open-runs.ts';
import { announce } from '../ports.ts';
import type { RunPorts } from '../ports.ts';
import { toRun } from '../run-record.ts';
import { insertFire, startPrepared } from './fire-schedule.ts';
import { planNext, toFire, toSchedule, toScheduleRow } from './records.ts';
import type { PrepareRun, Schedule, ScheduleInput, SchedulesApi } from './schedule.ts';
import { checkTiming } from './timing.ts';

export interface SchedulesOptions extends RunsOptions {
  readonly prepare: PrepareRun;
}

export function openSchedules(options: SchedulesOptions): SchedulesApi {
  const ports = toRunPorts(options);
  const { db, clock } = ports;
  return {
    async create(scope, input) {
      checkInput(input, clock());
      const row = toScheduleRow(scope, createId(), input, clock());
      await db.write((tx) => tx.upsert('schedules', [row]));
      ports.notices.tell();
      return toSchedule(row);
    },
    get: async (scope, id) => toSchedule(await readSchedule(ports, scope, id)),
    list: (scope, page) => listSchedules(ports, scope, page),
    update: (scope, id, change) =>
      changeSchedule(ports, scope, id, (row) => applyChange(scope, row, change, clock())),
    async remove(scope, id) {
      await readSchedule(ports, scope, id);
      await db.write(async (tx) => {
        const place = [scope.projectId, id];
        await tx.run('DELETE FROM schedule_fires WHERE project_id = ? AND schedule_id = ?', place);
        await tx.run('DELETE FROM schedules WHERE project_id = ? AND id = ?', place);
      });
    },
    pause: (scope, id) =>
      changeSchedule(ports, scope, id, (row) =>
        row.state === 'active' ? { ...row, state: 'paused', due_at: null, fire_at: null } : row,
      ),
    resume: (scope, id) =>
      changeSchedule(ports, scope, id, (row) =>
        row.state === 'paused' ? planNext(row, clock()) : row,
      ),
    runNow: (scope, id) => runNow(ports, options.prepare, scope, id),
    history: (scope, id, page) => listFires(ports, scope, { id, ...page }),
  };
}

function checkInput(input: ScheduleInput, now: number): void {
  checkTiming(input.timing, input.timeZone ?? 'UTC', now);
}

/** Changed fields; a change of its times counts from now. A paused schedule stays paused. */
function applyChange(
  scope: Scope,
  row: ScheduleRow,
  change: Partial<ScheduleInput>,
  now: number,
): ScheduleRow {
  const { dueAt: _due, fireAt: _fire, timeoutMs, ...known } = toSchedule(row);
  const input: ScheduleInput = {
    ...known,
    ...(timeoutMs === null ? {} : { timeoutMs }),
    ...change,
  };
  const hasNewTimes = change.timing !== undefined || change.timeZone !== undefined;
  if (hasNewTimes) checkInput(input, now);
  const made = toScheduleRow(scope, row.id, input, now);
  const planned = { ...made, created_at: row.created_at, scope: row.scope };
  if (row.state === 'paused') return { ...planned, state: 'paused', due_at: null, fire_at: null };
  return hasNewTimes || change.jitterMs !== undefined
    ? planNext(planned, now)
    : { ...planned, state: row.state, due_at: row.due_at, fire_at: row.fire_at };
}

async function readSchedule(ports: RunPorts, scope: Scope, id: string): Promise<ScheduleRow> {
  const [row] = await ports.db.read<ScheduleRow>(
    'SELECT * FROM schedules WHERE project_id = ? AND id = ?',
    [scope.projectId, id],
  );
  if (row !== undefined) return row;
  throw runErrors.create('COAIA-0908', `There is no schedule "${id}" in this project.`, {
    hint: 'coaia schedule list',
  });
}

async function changeSchedule(
  ports: RunPorts,
  scope: Scope,
  id: string,
  change: (row: ScheduleRow) => ScheduleRow,
): Promise<Schedule> {
  await readSchedule(ports, scope, id);
  const row = await ports.db.write(async (tx) => {
    const [current] = await tx.read<ScheduleRow>(
      `SELECT * FROM schedules WHERE project_id = ? AND id = ?${ports.db.dialect.lockRow}`,
      [scope.projectId, id],
    );
    if (current === undefined) return undefined;
    // Whoever is about to fire it sees that it has changed.
    const changed = {
      ...change(current),
      updated_at: Math.max(ports.clock(), current.updated_at + 1),
    };
    await tx.upsert('schedules', [changed]);
    return changed;
  });
  ports.notices.tell();
  return toSchedule(row ?? (await readSchedule(ports, scope, id)));
}

async function runNow(ports: RunPorts, prepare: PrepareRun, scope: Scope, id: string) {
  const row = await readSchedule(ports, scope, id);
  const fire = { runId: createId(), dueAt: ports.clock() };
  const prepared = await prepare(scope, toSchedule(row), fire);
  const run = await ports.db.write(async (tx) => {
    const started = await startPrepared(
      ports,
      tx,
      { ...row, scope: JSON.stringify(scope) },
      { runId: fire.runId, prepared },
    );
    let due_at = fire.dueAt;
    const rest = { fired_at: ports.clock(), outcome: 'manual', run_id: started.id, detail: null };
    while (
      !(await insertFire(tx, { project_id: row.project_id, schedule_id: id, due_at, ...rest }))
    )
      due_at++;
    return started;
  });
  announce(ports, { projectId: run.project_id, id: run.id }, { dueAt: ports.clock() });
  return toRun(run);
}

interface PageInput {
  readonly limit: number;
  readonly cursor?: string;
}

async function listSchedules({ db }: RunPorts, scope: Scope, { limit, cursor }: PageInput) {
  const place = cursor === undefined ? undefined : parseCursor(cursor);
  const [time, id] = Array.isArray(place) ? (place as [number, string]) : [2 ** 53, ''];
  const rows = await db.read<ScheduleRow>(
    `SELECT * FROM schedules WHERE project_id = ? AND (created_at < ? OR (created_at = ? AND id < ?))
     ORDER BY created_at DESC, id DESC LIMIT ?`,
    [scope.projectId, time, time, id, limit + 1],
  );
  const data = rows.slice(0, limit).map(toSchedule);
  const last = data.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { data, cursor: hasMore ? toCursor([last.createdAt, last.id]) : null };
}

async function listFires(
  ports: RunPorts,
  scope: Scope,
  { id, limit, cursor }: PageInput & { readonly id: string },
) {
  await readSchedule(ports, scope, id);
  const place = cursor === undefined ? undefined : parseCursor(cursor);
  const rows = await ports.db.read<ScheduleFireRow>(
    'SELECT * FROM schedule_fires WHERE project_id = ? AND schedule_id = ? AND due_at < ? ORDER BY due_at DESC LIMIT ?',
    [scope.projectId, id, typeof place === 'number' ? place : 2 ** 53, limit + 1],
  );
  const shown = rows.slice(0, limit);
  const ids = shown.flatMap(({ run_id: run }) => (run === null ? [] : [run]));
  const runs = await ports.db.read<RunRow>(
    `SELECT * FROM runs WHERE project_id = ? AND ${ports.db.dialect.inList('id')}`,
    [scope.projectId, JSON.stringify(ids)],
  );
  const byId = new Map(runs.map((run) => [run.id, run]));
  const data = shown.map((row) => toFire(row, byId.get(row.run_id ?? '')));
  const last = data.at(-1);
  return {
    data,
    cursor: rows.length > limit && last !== undefined ? toCursor(last.dueAt) : null,
  };
}
