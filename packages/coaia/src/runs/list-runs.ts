/** Lists of runs, newest first, cut by a cursor. */
import { parseCursor, toCursor } from '#base';
import type { Database, RunRow, SqlValue } from '#store';
import type { Run, RunFilter } from './engine.ts';
import { toRun } from './run-record.ts';

export async function listRuns(
  db: Database,
  projectId: string,
  filter: RunFilter,
): Promise<{ readonly runs: readonly Run[]; readonly cursor: string | null }> {
  const { conditions, values } = toConditions(db, filter);
  const rows = await db.read<RunRow>(
    `SELECT * FROM runs WHERE ${['project_id = ?', ...conditions].join(' AND ')}
     ORDER BY created_at DESC, id DESC LIMIT ?`,
    [projectId, ...values, filter.limit + 1],
  );
  const runs = rows.slice(0, filter.limit).map(toRun);
  const last = runs.at(-1);
  const hasMore = rows.length > filter.limit && last !== undefined;
  return { runs, cursor: hasMore ? toCursor([last.createdAt, last.id]) : null };
}

function toConditions(db: Database, filter: RunFilter) {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const add = (condition: string, ...given: readonly SqlValue[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  if (filter.state !== undefined) add(db.dialect.inList('state'), JSON.stringify(filter.state));
  if (filter.name !== undefined) add('name = ?', filter.name);
  if (filter.workflow !== undefined) add('workflow = ?', filter.workflow);
  if (filter.scheduleId !== undefined) add('schedule_id = ?', filter.scheduleId);
  if (filter.parentRunId !== undefined) add('parent_run_id = ?', filter.parentRunId);
  if (filter.since !== undefined) add('created_at >= ?', filter.since);
  const place = filter.cursor === undefined ? undefined : parsePlace(filter.cursor);
  if (place !== undefined)
    add('(created_at < ? OR (created_at = ? AND id < ?))', place[0], place[0], place[1]);
  return { conditions, values };
}

/** A cursor that is not one of ours begins at the start. */
function parsePlace(cursor: string): readonly [number, string] | undefined {
  const value = parseCursor(cursor);
  if (!Array.isArray(value)) return undefined;
  const [time, id] = value as readonly unknown[];
  return typeof time === 'number' && typeof id === 'string' ? [time, id] : undefined;
}
