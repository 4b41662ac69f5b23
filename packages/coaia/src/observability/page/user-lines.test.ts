/** The list of users on both databases, against the same sums made by hand over the rows. */
import type { Database, ScoreRow, TraceRow } from '#store';
import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';
import { SEED_UNTIL, seedTraces } from '../testing/seed.ts';
import type { UserLine } from './user-lines.ts';

interface Page {
  readonly data: readonly UserLine[];
  readonly meta: { readonly cursor?: string };
}

describe.each(openTestDatabases())('users over $name', ({ open }) => {
  let db: Database;
  let byUser: ReadonlyMap<string | null, readonly TraceRow[]>;
  let scores: readonly ScoreRow[];
  const list = async (search = '') => {
    const request = `GET /api/v1/projects/p1/users?${search}`;
    return (await callRoute({ api: { db, clock: () => SEED_UNTIL }, request })).json as Page;
  };

  beforeAll(async () => {
    db = await open();
    await seedTraces(db, 'p1', { traces: 300, observationsPerTrace: 3 });
    await seedTraces(db, 'p2', { traces: 3, observationsPerTrace: 1, prefix: 'other-' });
    const traces = await db.read<TraceRow>("SELECT * FROM traces WHERE project_id = 'p1'");
    byUser = Map.groupBy(traces, (trace) => trace.user_id);
    scores = await db.read("SELECT * FROM scores WHERE project_id = 'p1'");
  });
  afterAll(() => db.close());

  it('adds up what each user did', async () => {
    const { data } = await list('limit=100');
    expect(data).toHaveLength(byUser.size);
    for (const line of data) {
      const own = byUser.get(line.id) ?? [];
      const ids = new Set(own.map(({ id }) => id));
      const errors = own.filter((trace) => trace.error_count > 0).length;
      const values = scores.filter((score) => ids.has(score.trace_id ?? ''));
      expect(line).toMatchObject({
        traceCount: own.length,
        observationCount: own.length * 3,
        sessionCount: new Set(own.map((trace) => trace.session_id)).size,
        errorCount: errors,
        errorRate: errors / own.length,
        lastSeen: new Date(Math.max(...own.map((trace) => trace.timestamp))).toISOString(),
        firstSeen: new Date(Math.min(...own.map((trace) => trace.timestamp))).toISOString(),
      });
      const cost = own.reduce((sum, trace) => sum + (trace.total_cost ?? 0), 0);
      expect(line.totalCost ?? 0).toBeCloseTo(cost, 9);
      expect(line.scores.map(({ count }) => count)).toEqual(
        values.length === 0 ? [] : [values.length],
      );
    }
  });

  it.each(['lastSeen.desc', 'totalCost.asc', 'errorRate.desc', 'traceCount.asc'])(
    'walks through all users once by %s',
    async (orderBy) => {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await list(`orderBy=${orderBy}&limit=7${cursor}`);
        seen.push(...page.data.map(({ id }) => id));
        cursor = page.meta.cursor === undefined ? '' : `&cursor=${page.meta.cursor}`;
      } while (cursor !== '');
      const whole = await list(`orderBy=${orderBy}&limit=100`);
      expect(seen).toEqual(whole.data.map(({ id }) => id));
      expect(seen).toHaveLength(byUser.size);
    },
  );

  it('narrows by the query bar and refuses another order', async () => {
    const { data } = await list('limit=100&q=user:user-7');
    expect(data.map(({ id }) => id)).toEqual(['user-7']);
    await expect(list('orderBy=mood.asc')).rejects.toMatchObject({ code: 'COAIA-1025' });
  });
});
