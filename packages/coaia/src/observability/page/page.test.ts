import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';
import { SEED_UNTIL, seedTraces } from '../testing/seed.ts';
import type { TraceFacets } from './facets.ts';
import type { TraceHistogram } from './histogram.ts';
import type { readHome } from './home.ts';
import type { SessionLine } from './session-lines.ts';
import type { SessionTurn } from './session-turns.ts';
import type { TraceLines } from './trace-lines.ts';
import type { TraceTree } from './tree.ts';

const TRACES = 90;

describe.each(openTestDatabases())('page over $name', ({ open }) => {
  let db: Database;
  const get = async <T>(path: string): Promise<T> => {
    const request = `GET /api/v1/projects/p1/${path}`;
    return (await callRoute({ api: { db, clock: () => SEED_UNTIL }, request })).json as T;
  };
  const walk = async (search: string, limit: number) => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const next = cursor === undefined ? '' : `&cursor=${cursor}`;
      const page = await get<TraceLines>(`traces?limit=${limit}&${search}${next}`);
      ids.push(...page.data.map(({ id }) => id));
      cursor = page.meta.cursor;
    } while (cursor !== undefined);
    return ids;
  };

  beforeAll(async () => {
    db = await open();
    await seedTraces(db, 'p1', { traces: TRACES, observationsPerTrace: 3, seed: 9 });
    await seedTraces(db, 'p1', { traces: 5, observationsPerTrace: 0, prefix: 'empty-' });
  });
  afterAll(() => db.close());

  it('lists lines with previews, scores and the total of an unfiltered list', async () => {
    const page = await get<TraceLines>('traces?limit=3');
    expect(page.meta).toMatchObject({ total: TRACES + 5, cursor: expect.any(String) as string });
    const line = page.data.find(({ id }) => id === 'trace-0');
    expect(line).toMatchObject({
      outputPreview: 'Answer number 0',
      inputPreview: '{"question":"What is item 0?"}',
      observationCount: 3,
      running: false,
      sample: false,
    });
    expect((await get<TraceLines>('traces?q=level:ERROR')).meta.total).toBeUndefined();
  });

  it.each([
    'timestamp.desc',
    'timestamp.asc',
    'latency.desc',
    'totalCost.asc',
    'totalTokens.desc',
    'name.asc',
    'observationCount.desc',
  ])('walks every trace once by cursor in order %s', async (orderBy) => {
    const ids = await walk(`orderBy=${orderBy}`, 7);
    expect(ids).toHaveLength(TRACES + 5);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(await walk(`orderBy=${orderBy}`, 500));
  });

  it('refuses a cursor of another order', async () => {
    const { meta } = await get<TraceLines>('traces?limit=3');
    await expect(get(`traces?orderBy=name.asc&cursor=${meta.cursor}`)).rejects.toMatchObject({
      code: 'COAIA-1024',
    });
    await expect(get('traces?cursor=abc')).rejects.toMatchObject({ code: 'COAIA-1024' });
  });

  it('counts facets as the list would count them', async () => {
    const facets = await get<TraceFacets>('traces/facets');
    expect(facets).toMatchObject({ total: TRACES + 5, truncated: false });
    for (const [key, name] of [
      ['environment', 'environment'],
      ['tags', 'tags'],
      ['model', 'model'],
      ['type', 'type'],
      ['level', 'level'],
      ['userId', 'user'],
    ] as const) {
      const [top] = facets.facets[key] ?? [];
      const ids = await walk(`q=${encodeURIComponent(`${name}:${top?.value}`)}`, 500);
      expect(ids).toHaveLength(top?.count ?? -1);
    }
    expect(facets.facets['userId']?.length).toBeLessThanOrEqual(20);
    const narrowed = await get<TraceFacets>('traces/facets?q=env:staging');
    expect(narrowed.facets['environment']).toEqual([{ value: 'staging', count: narrowed.total }]);
  });

  it('spreads the histogram over about the asked number of steps and loses nothing', async () => {
    const { buckets, intervalMs } = await get<TraceHistogram>('traces/histogram?buckets=20');
    expect(buckets.length).toBeLessThanOrEqual(21);
    expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(TRACES + 5);
    expect(intervalMs).toBe(300_000);
    const from = encodeURIComponent(new Date(SEED_UNTIL - 600_000).toISOString());
    const part = await get<TraceHistogram>(`traces/histogram?q=answer&from=${from}&buckets=10`);
    expect(part.buckets.at(0)?.start).toBe(new Date(SEED_UNTIL - 600_000).toISOString());
    expect(await get('traces/histogram?q=name:none')).toMatchObject({ buckets: [] });
  });

  it('answers a tree without input and output', async () => {
    const tree = await get<TraceTree>('traces/trace-4/tree');
    expect(tree.trace).toMatchObject({ id: 'trace-4', startTime: tree.trace.timestamp });
    expect(
      tree.nodes.map(({ id, parentId, startMs, hasInput }) => ({
        id,
        parentId,
        startMs,
        hasInput,
      })),
    ).toEqual([
      { id: 'trace-4-o0', parentId: null, startMs: 0, hasInput: true },
      { id: 'trace-4-o1', parentId: 'trace-4-o0', startMs: 10, hasInput: true },
      { id: 'trace-4-o2', parentId: 'trace-4-o0', startMs: 20, hasInput: true },
    ]);
    await expect(get('traces/none/tree')).rejects.toMatchObject({ code: 'COAIA-0003' });
  });

  it('lists sessions by last activity and their turns by time', async () => {
    const { data, meta } = await get<{
      data: SessionLine[];
      meta: { total?: number; cursor?: string };
    }>('sessions?limit=4');
    expect(meta.total).toBe(18);
    expect(data.map(({ id }) => id)[0]).toBe('session-0');
    expect(data[1]).toMatchObject({
      traceCount: 5,
      lastActivity: new Date(SEED_UNTIL - 5 * 60_000).toISOString(),
    });
    const rest = await get<{ data: SessionLine[] }>(`sessions?limit=200&cursor=${meta.cursor}`);
    expect(rest.data).toHaveLength(14);
    const one = await get<{
      session: SessionLine;
      turns: SessionTurn[];
      meta: { cursor?: string };
    }>('sessions/session-1?limit=2');
    expect(one.turns.map(({ traceId }) => traceId)).toEqual(['trace-9', 'trace-8']);
    expect(one.session).toEqual(data[1]);
    const next = await get<{ turns: SessionTurn[] }>(
      `sessions/session-1?cursor=${one.meta.cursor}`,
    );
    expect(next.turns.map(({ traceId }) => traceId)).toEqual(['trace-7', 'trace-6', 'trace-5']);
    const narrowed = await get<{ data: SessionLine[] }>('sessions?q=trace-7');
    expect(narrowed.data.map(({ id, traceCount }) => [id, traceCount])).toEqual([['session-1', 5]]);
    await expect(get('sessions/none')).rejects.toMatchObject({ code: 'COAIA-0003' });
  });

  it('shows a home with a day of numbers and the first steps', async () => {
    const home = await get<Awaited<ReturnType<typeof readHome>>>('home');
    expect(home.health).toMatchObject({
      traceCount: TRACES + 5,
      observationCount: TRACES * 3,
      durability: 'full',
    });
    expect(home.lastTraces).toHaveLength(8);
    expect(home.lastErrors.every(({ level }) => level === 'ERROR')).toBe(true);
    expect(home.series.buckets).toHaveLength(48);
    expect(home.series.buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(TRACES + 5);
    expect(home.series.buckets.at(-2)?.p95LatencyMs).toBeGreaterThan(0);
    expect(home.checklist.map(({ id, done }) => [id, done])).toEqual([
      ['server', true],
      ['trace', true],
      ['prompt', false],
      ['pipeline', false],
      ['dataset', false],
    ]);
  });

  it('offers the keys of the query bar', async () => {
    const { json } = await callRoute({ api: {}, request: 'GET /api/v1/query-keys' });
    const { keys } = json as { keys: { key: string; kind: string; values?: string[] }[] };
    expect(keys.find(({ key }) => key === 'level')).toMatchObject({
      kind: 'enum',
      values: ['ERROR', 'WARNING', 'DEFAULT'],
    });
    expect(keys.map(({ key }) => key)).toContain('metadata.');
  });
});
