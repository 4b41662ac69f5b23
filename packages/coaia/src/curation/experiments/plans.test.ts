/** Reads of experiments enter observations by the index that holds only spans of experiments. */
import { openTestDatabases } from '#store/testing';
import { expect, test } from 'vitest';
import { readExperimentItems, readExperiments } from './storage.ts';

test('spans are found by their own index', async () => {
  const [sqlite] = openTestDatabases();
  const db = await sqlite?.open();
  if (db === undefined) throw new Error('no database');
  try {
    const plans: string[] = [];
    const explaining = {
      ...db,
      scan: async (sql: string, parameters?: Parameters<typeof db.scan>[1]) => {
        const rows = await db.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
        plans.push(rows.map(({ detail }) => detail).join('\n'));
        return [];
      },
    } as typeof db;
    const selection = { from: 1, to: 2, conditions: [], limit: 5 };
    await readExperiments(explaining, 'p1', selection);
    await readExperimentItems(explaining, 'p1', selection);
    expect(plans).toHaveLength(2);
    for (const plan of plans)
      expect(plan).toMatch(
        /SEARCH o USING INDEX observations_of_experiments \(project_id=\? AND start_time>/,
      );
  } finally {
    await db.close();
  }
});
