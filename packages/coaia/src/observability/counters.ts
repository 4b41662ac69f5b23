/** Totals that ingestion maintains, so that unfiltered lists need not count. */
import type { CounterRow, Database } from '#store';

/** The project's total of one kind. */
export async function readCounter(
  db: Database,
  projectId: string,
  name: CounterRow['name'],
): Promise<number> {
  return (await readCounters(db, projectId))[name];
}

/** All totals of a project. */
export async function readCounters(
  db: Database,
  projectId: string,
): Promise<Record<CounterRow['name'], number>> {
  const rows = await db.read<Pick<CounterRow, 'name' | 'value'>>(
    'SELECT name, value FROM counters WHERE project_id = ?',
    [projectId],
  );
  const totals = { traces: 0, observations: 0, sessions: 0, scores: 0 };
  for (const row of rows) totals[row.name] += row.value;
  return totals;
}

/**
 * Total behind a page. A page that is not full tells it by itself; otherwise `count` is asked.
 */
export function findTotal(
  position: { readonly offset: number; readonly limit: number; readonly rows: number },
  count: () => Promise<number>,
): Promise<number> {
  const { offset, limit, rows } = position;
  const isLast = rows < limit && (rows > 0 || offset === 0);
  return isLast ? Promise.resolve(offset + rows) : count();
}
