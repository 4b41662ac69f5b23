/** Days with usage by model, on both databases, against the same sums made by hand over the rows. */
import type { Database, ObservationRow, TraceRow } from '#store';
import { openTestDatabases } from '#store/testing';
import type { Paged } from '@coaia/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';
import { SEED_UNTIL, seedTraces } from '../testing/seed.ts';
import type { DailyMetrics } from './daily.ts';

describe.each(openTestDatabases())('daily metrics over $name', ({ open }) => {
  let db: Database;
  let observations: readonly ObservationRow[];
  let traces: readonly TraceRow[];
  const list = async (search = '') => {
    const request = `GET /api/public/metrics/daily?${search}`;
    const { json } = await callRoute({ api: { db, clock: () => SEED_UNTIL }, request });
    return json as Paged<DailyMetrics>;
  };
  const toDay = (time: number) => new Date(time).toISOString().slice(0, 10);
  const dayOf = (trace: TraceRow) => toDay(trace.timestamp);

  beforeAll(async () => {
    db = await open();
    await seedTraces(db, 'p1', { traces: 2000, observationsPerTrace: 2 });
    await seedTraces(db, 'p2', { traces: 3, observationsPerTrace: 1, prefix: 'other-' });
    observations = await db.read("SELECT * FROM observations WHERE project_id = 'p1'");
    traces = await db.read("SELECT * FROM traces WHERE project_id = 'p1'");
  });
  afterAll(() => db.close());

  /** What a day must say. */
  function check(found: DailyMetrics, own: readonly TraceRow[]): void {
    const ids = new Set(own.map(({ id }) => id));
    const members = observations.filter(
      (row) => ids.has(row.trace_id) && toDay(row.start_time) === found.date,
    );
    expect(found).toMatchObject({
      countTraces: own.length,
      countObservations: members.length,
    });
    const models = Map.groupBy(members, ({ model }) => model);
    expect(found.usage.map(({ model }) => model)).toEqual(
      [...models.keys()].toSorted(
        (a, b) => Number(a === null) - Number(b === null) || ((a ?? '') < (b ?? '') ? -1 : 1),
      ),
    );
    for (const usage of found.usage) {
      const rows = models.get(usage.model) ?? [];
      expect(usage).toMatchObject({
        inputUsage: rows.reduce((sum, row) => sum + (row.input_tokens ?? 0), 0),
        totalUsage: rows.reduce((sum, row) => sum + (row.total_tokens ?? 0), 0),
        countObservations: rows.length,
        countTraces: new Set(rows.map((row) => row.trace_id)).size,
      });
      expect(usage.totalCost).toBeCloseTo(
        rows.reduce((sum, row) => sum + (row.total_cost ?? 0), 0),
        9,
      );
    }
  }

  it('lists days newest first, by page', async () => {
    const byDay = Map.groupBy(traces, dayOf);
    const days = [...byDay.keys()].toSorted().toReversed();
    expect(days).toHaveLength(2);
    const { data, meta } = await list();
    expect(data.map(({ date }) => date)).toEqual(days);
    expect(meta).toEqual({ page: 1, limit: 50, totalItems: 2, totalPages: 1 });
    for (const day of data) check(day, byDay.get(day.date) ?? []);
    const second = await list('page=2&limit=1');
    expect(second.data).toEqual([data[1]]);
    expect(second.meta).toEqual({ page: 2, limit: 1, totalItems: 2, totalPages: 2 });
  });

  it('filters the traces', async () => {
    const search =
      'traceName=chat&tags=beta&environment=production&fromTimestamp=2026-09-01T00:00:00Z&userId=user-7';
    const own = traces.filter(
      (trace) =>
        trace.name === 'chat' &&
        trace.tags.includes('beta') &&
        trace.environment === 'production' &&
        trace.user_id === 'user-7' &&
        dayOf(trace) === '2026-09-01',
    );
    const { data } = await list(search.replace('&userId=user-7', ''));
    expect(data).toHaveLength(1);
    const mine = await list(search);
    expect(mine.data).toHaveLength(own.length === 0 ? 0 : 1);
    const [day] = mine.data;
    if (day !== undefined) check(day, own);
    expect((await list('userId=nobody')).meta.totalItems).toBe(0);
  });
});
