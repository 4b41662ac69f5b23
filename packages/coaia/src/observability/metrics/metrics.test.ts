/** The metrics API on both databases, against the same sums made by hand over the rows. */
import type { Database, ObservationRow, ScoreRow, TraceRow } from '#store';
import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';
import { SEED_UNTIL, seedTraces } from '../testing/seed.ts';
import type { MetricsRow } from './metrics.ts';

const FROM = '2026-08-31T00:00:00.000Z';
const TO = '2026-09-02T00:00:00.000Z';
const RANGE = { fromTimestamp: FROM, toTimestamp: TO };
const count = { measure: 'count', aggregation: 'count' };

describe.each(openTestDatabases())('metrics over $name', ({ open }) => {
  let db: Database;
  let observations: readonly ObservationRow[];
  let traces: ReadonlyMap<string, TraceRow>;
  let scores: readonly ScoreRow[];
  const ask = async (
    query: object,
    path = 'metrics',
    { isStrict = false, over = db }: { readonly isStrict?: boolean; readonly over?: Database } = {},
  ) => {
    const text = encodeURIComponent(JSON.stringify({ ...RANGE, ...query }));
    const request = `GET /api/public/${path}?query=${text}`;
    const api = { db: over, clock: () => SEED_UNTIL, isStrict };
    const { json } = await callRoute({ api, request });
    return (json as { readonly data: readonly MetricsRow[] }).data;
  };

  beforeAll(async () => {
    db = await open();
    // A minute apart, so they reach over a midnight.
    await seedTraces(db, 'p1', { traces: 900, observationsPerTrace: 4 });
    await seedTraces(db, 'p2', { traces: 3, observationsPerTrace: 1, prefix: 'other-' });
    observations = await db.read("SELECT * FROM observations WHERE project_id = 'p1'");
    const rows = await db.read<TraceRow>("SELECT * FROM traces WHERE project_id = 'p1'");
    traces = new Map(rows.map((row) => [row.id, row]));
    scores = await db.read("SELECT * FROM scores WHERE project_id = 'p1'");
  });
  afterAll(() => db.close());

  it('groups by day and model with counts, sums and cost', async () => {
    const data = await ask(
      {
        view: 'observations',
        dimensions: [{ field: 'providedModelName' }],
        timeDimension: { granularity: 'day' },
        metrics: [
          count,
          { measure: 'totalTokens', aggregation: 'sum' },
          { measure: 'totalCost', aggregation: 'sum' },
          { measure: 'latency', aggregation: 'avg' },
        ],
      },
      'v2/metrics',
    );
    const dayOf = (row: ObservationRow) => new Date(row.start_time).toISOString().slice(0, 10);
    const groups = Map.groupBy(observations, (row) => `${dayOf(row)} ${row.model}`);
    expect(data).toHaveLength(groups.size);
    expect(groups.size).toBe(8);
    for (const row of data) {
      const day = String(row['time_dimension']).slice(0, 10);
      const members = groups.get(`${day} ${row['providedModelName'] as string | null}`) ?? [];
      expect(row['count_count']).toBe(members.length);
      expect(row['sum_totalTokens']).toBe(sum(members.map((o) => o.total_tokens ?? 0)));
      expect(row['sum_totalCost']).toBeCloseTo(sum(members.map((o) => o.total_cost ?? 0)), 9);
      const latencies = members.map((o) => (o.end_time ?? 0) - o.start_time);
      expect(row['avg_latency']).toBeCloseTo(sum(latencies) / latencies.length, 6);
    }
    const days = data.map((row) => String(row['time_dimension']));
    expect(days).toEqual(days.toSorted());
  });

  const ways = ['by the aggregate of the database', 'by ranking rows'] as const;
  it.each(ways)('interpolates percentiles as the SQL standard does, %s', async (way) => {
    const ranking = { ...db.dialect, percentile: () => undefined };
    const over: Database = way === ways[0] ? db : { ...db, dialect: ranking };
    const metrics = ['p50', 'p75', 'p90', 'p95', 'p99', 'max', 'min'].map((aggregation) => ({
      measure: 'latency',
      aggregation,
    }));
    const ttft = { measure: 'timeToFirstToken', aggregation: 'p95' };
    const query = {
      view: 'observations',
      dimensions: [{ field: 'type' }],
      metrics: [...metrics, ttft, count],
      orderBy: [{ field: 'type', direction: 'asc' }],
    };
    const data = await ask(query, 'metrics', { over });
    const groups = Map.groupBy(observations, ({ type }) => type);
    expect(data.map((row) => row['type'])).toEqual([...groups.keys()].toSorted());
    for (const row of data) {
      const members = groups.get(String(row['type'])) ?? [];
      const latencies = members.map((o) => (o.end_time ?? 0) - o.start_time);
      for (const p of [50, 75, 90, 95, 99])
        expect(row[`p${p}_latency`]).toBeCloseTo(toPercentile(latencies, p / 100), 6);
      expect(row['max_latency']).toBe(Math.max(...latencies));
      expect(row['count_count']).toBe(members.length);
      expect(row['p95_timeToFirstToken']).toBe(row['type'] === 'GENERATION' ? 3 : null);
    }
  });

  it('fills a series with empty buckets and measures nothing as null', async () => {
    const data = await ask({
      view: 'observations',
      timeDimension: { granularity: 'auto' },
      metrics: [count, { measure: 'latency', aggregation: 'p50' }],
    });
    expect(data).toHaveLength(48);
    expect(data[0]).toEqual({ time_dimension: FROM, count_count: 0, p50_latency: null });
    expect(sum(data.map((row) => Number(row['count_count'])))).toBe(observations.length);
  });

  it.each([
    ['week', '2026-08-31T00:00:00.000Z'],
    ['month', '2026-08-01T00:00:00.000Z'],
  ])('knows where a %s begins', async (granularity, first) => {
    const data = await ask({
      view: 'traces',
      timeDimension: { granularity },
      metrics: [count],
    });
    expect(data[0]?.['time_dimension']).toBe(first);
    expect(sum(data.map((row) => Number(row['count_count'])))).toBe(900);
  });

  it('makes histograms whose heights add up', async () => {
    const data = await ask({
      view: 'observations',
      dimensions: [{ field: 'level' }],
      metrics: [{ measure: 'latency', aggregation: 'histogram' }, count],
      config: { bins: 5 },
    });
    for (const row of data) {
      const bins = row['histogram_latency'] as readonly (readonly [number, number, number])[];
      expect(bins.length).toBeLessThanOrEqual(5);
      expect(sum(bins.map((bin) => bin[2]))).toBe(row['count_count']);
      expect(bins.every(([lower, upper]) => lower < upper)).toBe(true);
    }
    expect(data).toHaveLength(2);
    const one = await ask({
      view: 'observations',
      metrics: [{ measure: 'timeToFirstToken', aggregation: 'histogram' }],
    });
    const known = observations.filter((row) => row.completion_start_time !== null).length;
    expect(one).toEqual([{ histogram_timeToFirstToken: [[3, 3, known]] }]);
  });

  it('filters by trace, tags, metadata and roots', async () => {
    const filters = [
      { type: 'string', column: 'traceName', operator: '=', value: 'chat' },
      { type: 'arrayOptions', column: 'tags', operator: 'any of', value: ['beta'] },
      { type: 'boolean', column: 'isRootObservation', operator: '=', value: true },
    ];
    const [row] = await ask({ view: 'observations', metrics: [count], filters }, 'v2/metrics');
    const expected = observations.filter((o) => {
      const trace = traces.get(o.trace_id);
      return (
        trace?.name === 'chat' && trace.tags.includes('beta') && o.parent_observation_id === null
      );
    });
    expect(row).toEqual({ count_count: expected.length });
    expect(expected.length).toBeGreaterThan(0);
    const byMetadata = [
      { type: 'stringObject', column: 'metadata', key: 'step', operator: '=', value: '2' },
    ];
    expect(await ask({ view: 'observations', metrics: [count], filters: byMetadata })).toEqual([
      { count_count: 900 },
    ]);
  });

  it('groups traces freely: by user, with a limit and an order', async () => {
    const data = await ask({
      view: 'traces',
      dimensions: [{ field: 'userId' }],
      metrics: [
        { measure: 'totalCost', aggregation: 'sum' },
        { measure: 'uniqueSessionIds', aggregation: 'uniq' },
        { measure: 'scoresCount', aggregation: 'sum' },
      ],
      orderBy: [{ field: 'sum_totalCost', direction: 'desc' }],
      config: { row_limit: 3 },
    });
    const users = [...Map.groupBy([...traces.values()], (trace) => trace.user_id)].map(
      ([user, own]) => ({ user, own, cost: sum(own.map((trace) => trace.total_cost ?? 0)) }),
    );
    const top = users.toSorted((a, b) => b.cost - a.cost).slice(0, 3);
    expect(data.map((row) => row['userId'])).toEqual(top.map(({ user }) => user));
    const [first] = top;
    expect(data[0]?.['uniq_uniqueSessionIds']).toBe(
      new Set(first?.own.map((trace) => trace.session_id)).size,
    );
    const ids = new Set(first?.own.map(({ id }) => id));
    expect(data[0]?.['sum_scoresCount']).toBe(
      scores.filter((score) => ids.has(score.trace_id ?? '')).length,
    );
  });

  it('shows tags as lists, months as texts and flags as booleans', async () => {
    const data = await ask({
      view: 'observations',
      dimensions: ['tags', 'startTimeMonth', 'isRootObservation'].map((field) => ({ field })),
      metrics: [count],
      orderBy: [{ field: 'count_count', direction: 'desc' }],
    });
    expect(data[0]).toMatchObject({ tags: ['fast'], isRootObservation: false });
    expect(new Set(data.map((row) => row['startTimeMonth']))).toEqual(
      new Set(['2026-08', '2026-09']),
    );
  });

  it('aggregates scores with the names of what they judge', async () => {
    const data = await ask(
      {
        view: 'scores-numeric',
        dimensions: [{ field: 'name' }, { field: 'traceName' }],
        metrics: [count, { measure: 'value', aggregation: 'avg' }],
      },
      'v2/metrics',
    );
    const chats = scores.filter((score) => traces.get(score.trace_id ?? '')?.name === 'chat');
    const row = data.find((item) => item['traceName'] === 'chat');
    expect(row).toMatchObject({ name: 'accuracy', count_count: chats.length });
    expect(row?.['avg_value']).toBeCloseTo(
      sum(chats.map(({ value }) => value ?? 0)) / chats.length,
      9,
    );
    expect(await ask({ view: 'scores-categorical', metrics: [count] })).toEqual([
      { count_count: 0 },
    ]);
    expect(await ask({ view: 'scores-boolean', metrics: [count] })).toEqual([{ count_count: 0 }]);
  });

  it('refuses fine grouping and traces in version 2 only when strict', async () => {
    const query = { view: 'observations', dimensions: [{ field: 'userId' }], metrics: [count] };
    expect(await ask(query, 'v2/metrics')).toHaveLength(50);
    await expect(ask(query, 'v2/metrics', { isStrict: true })).rejects.toMatchObject({
      code: 'COAIA-1142',
    });
    await expect(
      ask({ view: 'traces', metrics: [count] }, 'v2/metrics', { isStrict: true }),
    ).rejects.toMatchObject({ code: 'COAIA-1142' });
    expect(await ask(query, 'metrics', { isStrict: true })).toHaveLength(50);
  });

  it.each([
    [{ view: 'nothing', metrics: [count] }, 'COAIA-1140'],
    [{ view: 'traces', metrics: [] }, 'COAIA-1140'],
    [{ view: 'traces', metrics: [count], toTimestamp: FROM }, 'COAIA-1140'],
    [{ view: 'traces', metrics: [count], config: { row_limit: 1001 } }, 'COAIA-1140'],
    [{ view: 'traces', metrics: [count], timeDimension: { granularity: 'year' } }, 'COAIA-1140'],
    [{ view: 'traces', metrics: [count], dimensions: [{ field: 'model' }] }, 'COAIA-1141'],
    [{ view: 'traces', metrics: [{ measure: '__proto__', aggregation: 'sum' }] }, 'COAIA-1141'],
    [{ view: 'traces', metrics: [{ measure: 'uniqueUserIds', aggregation: 'sum' }] }, 'COAIA-1141'],
    [
      { view: 'traces', metrics: [count], orderBy: [{ field: 'x', direction: 'asc' }] },
      'COAIA-1141',
    ],
    [{ view: 'traces', metrics: [count], filters: [{ column: 'x' }] }, 'COAIA-1023'],
  ])('refuses %j', async (query, code) => {
    await expect(ask(query)).rejects.toMatchObject({ code });
  });

  it('refuses a query that is no JSON object', async () => {
    const request = 'GET /api/public/metrics?query=[]';
    const api = { db, clock: () => SEED_UNTIL };
    await expect(callRoute({ api, request })).rejects.toMatchObject({ code: 'COAIA-1140' });
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function toPercentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = fraction * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? 0;
  return low + ((sorted[Math.ceil(place)] ?? low) - low) * (place - Math.floor(place));
}
