/**
 * A due schedule starts its run. The row (schedule, due time) is written in the run's own transaction, so the run
 * begins exactly once, whatever the number of servers that look at the same moment.
 */
import { createId } from '#base';
import type { RunRow, ScheduleFireRow, ScheduleRow, SqlValue, Transaction } from '#store';
import { cancelRun } from '../end-run.ts';
import { toRunFailure } from '../failures.ts';
import type { RunPorts } from '../ports.ts';
import { isEnded, toScope } from '../run-record.ts';
import { startRun } from '../start-run.ts';
import { lockRun } from '../storage.ts';
import { planNext, toSchedule } from './records.ts';
import type { FireOutcome, PreparedRun, PrepareRun } from './schedule.ts';
import { toLatest } from './timing.ts';

/** A due time further back was missed: nobody was there. */
const MISSED_MS = 60_000;

/** What was done with a due time. */
export interface Fired {
  readonly outcome: FireOutcome;
  readonly run: RunRow | undefined;
  readonly detail: string | null;
}

/** Fires a schedule whose time has come; undefined when somebody else has. */
export async function fireSchedule(
  ports: RunPorts,
  prepare: PrepareRun,
  row: ScheduleRow,
): Promise<Fired | undefined> {
  if (row.due_at === null) return undefined;
  const now = ports.clock();
  const place = { timeZone: row.time_zone, anchor: row.created_at };
  const dueAt = toLatest(row, row.due_at, now - row.jitter_ms, place);
  const isMissed = now - dueAt - row.jitter_ms > MISSED_MS && row.missed === 'skip';
  const fire = { runId: createId(), dueAt };
  const prepared = isMissed ? undefined : await tryPrepare(prepare, row, fire);
  return ports.db.write(async (tx) => {
    if (!(await advance(ports, tx, row, now)) || (await isFired(tx, row, dueAt))) return undefined;
    const fired = isMissed
      ? { outcome: 'missed' as const, run: undefined, detail: null }
      : await start(ports, tx, row, { fire, prepared });
    await insertFire(tx, {
      project_id: row.project_id,
      schedule_id: row.id,
      due_at: dueAt,
      fired_at: now,
      outcome: fired.outcome,
      run_id: fired.run?.id ?? null,
      detail: fired.detail,
    });
    return fired;
  });
}

/** The due time stands in the history; the schedule's row is locked, so nobody else can be about to write it. */
async function isFired(tx: Transaction, row: ScheduleRow, dueAt: number): Promise<boolean> {
  const fires = await tx.read(
    'SELECT 1 FROM schedule_fires WHERE project_id = ? AND schedule_id = ? AND due_at = ?',
    [row.project_id, row.id, dueAt],
  );
  return fires.length > 0;
}

/** Moves the schedule on; false when somebody else has, or it was changed, paused or removed meanwhile. */
async function advance(
  { db }: RunPorts,
  tx: Transaction,
  row: ScheduleRow,
  now: number,
): Promise<boolean> {
  const [current] = await tx.read<ScheduleRow>(
    `SELECT * FROM schedules WHERE project_id = ? AND id = ?${db.dialect.lockRow}`,
    [row.project_id, row.id],
  );
  const isSame =
    current?.state === 'active' &&
    current.due_at === row.due_at &&
    current.updated_at === row.updated_at;
  if (!isSame) return false;
  const next = planNext(current, Math.max(now - current.jitter_ms, row.due_at ?? now));
  await tx.run(
    'UPDATE schedules SET state = ?, due_at = ?, fire_at = ? WHERE project_id = ? AND id = ?',
    [next.state, next.due_at, next.fire_at, row.project_id, row.id],
  );
  return true;
}

type Prepared = { readonly run: PreparedRun } | { readonly problem: string };

async function tryPrepare(
  prepare: PrepareRun,
  row: ScheduleRow,
  fire: { readonly runId: string; readonly dueAt: number },
): Promise<Prepared> {
  try {
    return { run: await prepare(toScope(row), toSchedule(row), fire) };
  } catch (error) {
    const { code, message } = toRunFailure(error);
    return { problem: `${code}: ${message}` };
  }
}

interface Start {
  readonly fire: { readonly runId: string; readonly dueAt: number };
  readonly prepared: Prepared | undefined;
}

async function start(
  ports: RunPorts,
  tx: Transaction,
  row: ScheduleRow,
  { fire, prepared }: Start,
): Promise<Fired> {
  if (prepared === undefined || 'problem' in prepared)
    return { outcome: 'failed', run: undefined, detail: prepared?.problem ?? null };
  const open = await listOpenRuns(tx, row);
  if (open.length > 0 && row.overlap === 'skip')
    return { outcome: 'skipped', run: undefined, detail: `run ${open[0]} had not ended` };
  if (row.overlap === 'replace') await cancelAll(ports, tx, row, open);
  const run = await startPrepared(ports, tx, row, { runId: fire.runId, prepared: prepared.run });
  return { outcome: 'started', run, detail: null };
}

/** The run of a schedule; with other rules than `skip`, one of them works at a time. */
export async function startPrepared(
  ports: RunPorts,
  tx: Transaction,
  row: ScheduleRow,
  { runId, prepared }: { readonly runId: string; readonly prepared: PreparedRun },
): Promise<RunRow> {
  const started = await startRun(ports, tx, toScope(row), {
    name: row.run_name,
    ...prepared,
    id: runId,
    workflow: row.workflow,
    scheduleId: row.id,
    maxAttempts: row.retries + 1,
    ...(row.timeout_ms === null ? {} : { deadline: ports.clock() + row.timeout_ms }),
    ...(row.overlap === 'skip'
      ? {}
      : { concurrencyKey: `schedule:${row.id}`, concurrencyLimit: 1 }),
  });
  return started.row;
}

async function listOpenRuns(tx: Transaction, row: ScheduleRow): Promise<readonly string[]> {
  const rows = await tx.read<{ id: string }>(
    'SELECT id FROM runs WHERE project_id = ? AND schedule_id = ? AND ended_at IS NULL ORDER BY created_at, id',
    [row.project_id, row.id],
  );
  return rows.map(({ id }) => id);
}

async function cancelAll(
  ports: RunPorts,
  tx: Transaction,
  row: ScheduleRow,
  ids: readonly string[],
): Promise<void> {
  for (const id of ids) {
    const run = await lockRun(ports.db, tx, { projectId: row.project_id, id });
    if (run !== undefined && !isEnded(run))
      await cancelRun(ports, tx, run, 'The schedule has started a newer run.');
  }
}

/** False when the due time stands in the history already. */
export async function insertFire(tx: Transaction, row: ScheduleFireRow): Promise<boolean> {
  const columns = Object.keys(row);
  const changed = await tx.run(
    `INSERT INTO schedule_fires (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
    Object.values(row) as SqlValue[],
  );
  return changed === 1;
}
