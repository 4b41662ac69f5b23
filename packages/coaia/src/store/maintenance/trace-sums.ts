/** What traces and counters keep about other rows, computed anew and compared. SQL for both databases. */
import type { Database, Transaction } from '../database.ts';
import type { CounterRow } from '../tables.ts';
import type { Finding } from './finding.ts';

/** Column of `traces` to its value computed from the trace's observations; the same rules as ingestion's. */
const SUMS = {
  observation_count: 'COUNT(*)',
  error_count: `COUNT(CASE WHEN level = 'ERROR' THEN 1 END)`,
  warning_count: `COUNT(CASE WHEN level = 'WARNING' THEN 1 END)`,
  open_count: `COUNT(CASE WHEN end_time IS NULL AND type <> 'EVENT' THEN 1 END)`,
  start_time: 'MIN(start_time)',
  end_time: `MAX(CASE WHEN end_time IS NULL AND type = 'EVENT' THEN start_time ELSE end_time END)`,
  total_cost: 'SUM(total_cost)',
  input_tokens: 'SUM(CASE WHEN total_tokens IS NOT NULL THEN COALESCE(input_tokens, 0) END)',
  output_tokens: 'SUM(CASE WHEN total_tokens IS NOT NULL THEN COALESCE(output_tokens, 0) END)',
  total_tokens: 'SUM(total_tokens)',
} as const;
const COLUMNS = Object.keys(SUMS) as (keyof typeof SUMS)[];
const COUNTS = new Set(['observation_count', 'error_count', 'warning_count', 'open_count']);
const MONEY = 'total_cost';

const REAL = `SELECT project_id, trace_id, ${COLUMNS.map((name) => `${SUMS[name]} AS ${name}`).join(', ')} FROM observations GROUP BY project_id, trace_id`;

/** Sums of doubles depend on the order of adding, so money may differ in its last digits. */
function toDifference(name: string): string {
  const real = COUNTS.has(name) ? `COALESCE(o.${name}, 0)` : `o.${name}`;
  if (name !== MONEY) return `t.${name} IS DISTINCT FROM ${real}`;
  return `(t.${name} IS NULL) <> (${real} IS NULL) OR ABS(t.${name} - ${real}) > 1e-9`;
}

const WRONG = `FROM traces t LEFT JOIN (${REAL}) o ON o.project_id = t.project_id AND o.trace_id = t.id WHERE ${COLUMNS.map(toDifference).join(' OR ')}`;

/** Traces whose kept values differ from their observations: how many, and a few by name. */
export async function findWrongTraces(
  db: Database,
  options: { readonly timeoutMs: number },
): Promise<readonly Finding[]> {
  const rows = await db.scan<{ project_id: string; id: string; total: number }>(
    `SELECT t.project_id, t.id, COUNT(*) OVER () AS total ${WRONG} ORDER BY t.project_id, t.id LIMIT 5`,
    [],
    options,
  );
  const [first] = rows;
  if (first === undefined) return [];
  const names = rows.map((row) => row.id).join(', ');
  return [
    {
      kind: 'trace-sums',
      repairable: true,
      text: `${first.total} traces have sums that differ from their observations, for example ${names}`,
    },
  ];
}

/** Writes the computed values into every wrong trace; returns how many there were. */
export async function updateWrongTraces(tx: Transaction): Promise<number> {
  const sets = COLUMNS.map((name) => {
    const sum = `(SELECT ${SUMS[name]} FROM observations WHERE project_id = traces.project_id AND trace_id = traces.id)`;
    return `${name} = ${sum}`;
  });
  return tx.run(
    `UPDATE traces SET ${sets.join(', ')} WHERE (project_id, id) IN (SELECT t.project_id, t.id ${WRONG})`,
  );
}

const COUNTED: readonly CounterRow['name'][] = ['traces', 'observations', 'sessions', 'scores'];

const TOTALS = COUNTED.map(
  (name) =>
    `SELECT project_id, '${name}' AS name, COUNT(*) AS total FROM ${name} GROUP BY project_id`,
).join(' UNION ALL ');

/** Counters that differ from the number of rows. */
export async function findWrongCounters(
  db: Database,
  options: { readonly timeoutMs: number },
): Promise<readonly Finding[]> {
  const rows = await db.scan<{ project_id: string; name: string; total: number; kept: number }>(
    `SELECT project_id, name, SUM(total) AS total, SUM(kept) AS kept FROM (
       SELECT project_id, name, total, 0 AS kept FROM (${TOTALS}) AS counted
       UNION ALL SELECT project_id, name, 0 AS total, value AS kept FROM counters
     ) AS both_sides GROUP BY project_id, name HAVING SUM(total) <> SUM(kept) ORDER BY project_id, name`,
    [],
    options,
  );
  return rows.map((row) => ({
    kind: 'counters',
    repairable: true,
    text: `the counter of ${row.name} in project ${row.project_id} says ${row.kept}, there are ${row.total}`,
  }));
}

/** Counts all rows anew. Returns the number of counters written. */
export async function updateCounters(tx: Transaction): Promise<number> {
  await tx.run('DELETE FROM counters');
  return tx.run(
    `INSERT INTO counters (project_id, name, slot, value) SELECT project_id, name, 0, total FROM (${TOTALS}) AS counted`,
  );
}
