/** The log and the queue of evaluations are read by indexes. */
import { expect, test } from 'vitest';
import { openTestDatabases } from '#store/testing';

test('SQLite finds what is due, what failed and how many there are without reading all', async () => {
  const [sqlite] = openTestDatabases();
  const db = await sqlite?.open();
  if (db === undefined) throw new Error('no database');
  const plan = async (sql: string, values: readonly (string | number)[]) =>
    (await db.read<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values))
      .map(({ detail }) => detail)
      .join('; ');
  try {
    expect(
      await plan(
        `SELECT * FROM evaluations e WHERE e.status IN ('pending', 'running') AND e.due_at <= ?
         ORDER BY e.due_at, e.created_at, e.id LIMIT 4`,
        [1],
      ),
    ).toContain('evaluations_open');
    expect(
      await plan(
        'SELECT * FROM evaluations WHERE project_id = ? AND status = ? ORDER BY created_at DESC, id DESC LIMIT 50',
        ['p', 'failed'],
      ),
    ).toMatch(/evaluations_by_status(?!.*TEMP B-TREE)/);
    expect(
      await plan('SELECT status, count(*) FROM evaluations WHERE project_id = ? GROUP BY status', [
        'p',
      ]),
    ).toContain('COVERING INDEX evaluations_by_status');
    expect(
      await plan(
        `SELECT id FROM dataset_run_items WHERE project_id = ? AND trace_id IN (SELECT value FROM json_each(?))`,
        ['p', '["t"]'],
      ),
    ).toContain('dataset_run_items_by_trace');
  } finally {
    await db.close();
  }
});
