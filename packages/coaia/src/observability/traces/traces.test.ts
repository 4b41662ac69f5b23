import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import type { Paged, TraceDetail, TraceListItem } from '@coaia/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';
import { SEED_UNTIL, seedTraces } from '../testing/seed.ts';

describe.each(openTestDatabases())('traces over $name', ({ open }) => {
  let db: Database;
  const call = async (request: string, body?: unknown) =>
    (await callRoute({ api: { db, clock: () => SEED_UNTIL }, request, body })).json;
  const list = (search: string) =>
    call(`GET /api/public/traces?${search}`) as Promise<Paged<TraceListItem>>;

  beforeAll(async () => {
    db = await open();
    await seedTraces(db, 'p1', { traces: 120, observationsPerTrace: 4 });
    await seedTraces(db, 'p2', { traces: 3, observationsPerTrace: 1, prefix: 'other-' });
  });
  afterAll(() => db.close());

  it('lists newest first with totals from the counters', async () => {
    const page = await list('');
    expect(page.meta).toEqual({ page: 1, limit: 50, totalItems: 120, totalPages: 3 });
    expect(page.data.map(({ id }) => id).slice(0, 3)).toEqual(['trace-0', 'trace-1', 'trace-2']);
    expect(page.data[0]?.observations).toEqual([
      'trace-0-o0',
      'trace-0-o1',
      'trace-0-o2',
      'trace-0-o3',
    ]);
    expect(page.data[0]?.htmlPath).toBe('/p/p1/traces/trace-0');
    expect(page.data[0]?.output).toBe('Answer number 0');
  });

  it('gives the rest on the last page', async () => {
    const page = await list('page=3&limit=50');
    expect(page.data).toHaveLength(20);
    expect(page.data.at(-1)?.id).toBe('trace-119');
  });

  it.each(['page=0', 'limit=101', 'limit=0', 'page=x', 'fromTimestamp=yesterday'])(
    'refuses %s',
    async (search) => {
      await expect(list(search)).rejects.toThrow();
    },
  );

  it('leaves out what was not asked for', async () => {
    const { data } = await list('fields=core&limit=1');
    expect(data[0]).toMatchObject({
      input: null,
      metadata: null,
      latency: -1,
      totalCost: -1,
      observations: [],
      scores: [],
    });
  });

  it('sorts by any offered field and says which when it is another', async () => {
    const { data } = await list('orderBy=timestamp.asc&limit=2');
    expect(data.map(({ id }) => id)).toEqual(['trace-119', 'trace-118']);
    const byCost = await list('orderBy=totalCost.desc&limit=100');
    const costs = byCost.data.map(({ totalCost }) => totalCost);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    await expect(list('orderBy=mood.asc')).rejects.toMatchObject({ code: 'COAIA-1025' });
  });

  it('combines plain parameters', async () => {
    const pages = await Promise.all([list('limit=100'), list('limit=100&page=2')]);
    const all = pages.flatMap(({ data }) => data);
    const expected = all.filter(
      (trace) => trace.environment === 'staging' && trace.tags.includes('beta'),
    );
    const page = await list('environment=staging&environment=test&tags=beta&tags=fast&limit=100');
    expect(page.data.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    expect(page.meta.totalItems).toBe(expected.length);
    expect(expected.length).toBeGreaterThan(0);
  });

  it('takes the lower time bound in and leaves the upper out', async () => {
    const at = (index: number) =>
      encodeURIComponent(new Date(SEED_UNTIL - index * 60_000).toISOString());
    const { data } = await list(`fromTimestamp=${at(5)}&toTimestamp=${at(3)}`);
    expect(data.map(({ id }) => id)).toEqual(['trace-4', 'trace-5']);
  });

  it('lets filter win over a plain parameter on the same column only', async () => {
    const { name = '' } = (await list('filter=[]&limit=100')).data[7] ?? {};
    const filter = JSON.stringify([{ type: 'string', column: 'name', operator: '=', value: name }]);
    const find = async (search: string) =>
      (await list(`${search}&limit=100&filter=${encodeURIComponent(filter)}`)).data;
    const named = await find('name=nothing');
    expect(named.map(({ id }) => id)).toContain('trace-7');
    expect(named.every((trace) => trace.name === name)).toBe(true);
    expect(await find('userId=nobody')).toEqual([]);
  });

  it('answers one trace with everything', async () => {
    const trace = (await call('GET /api/public/traces/trace-3')) as TraceDetail;
    expect(trace.observations.map(({ id }) => id)).toEqual([
      'trace-3-o0',
      'trace-3-o1',
      'trace-3-o2',
      'trace-3-o3',
    ]);
    expect(trace.observations[0]).toMatchObject({
      type: 'AGENT',
      traceId: 'trace-3',
      metadata: { step: 0 },
      output: 'done 0',
    });
    expect(trace.latency).toBeGreaterThan(0);
    const light = (await call('GET /api/public/traces/trace-3?fields=core,scores')) as TraceDetail;
    expect(light).toMatchObject({ observations: [], latency: -1, input: null });
  });

  it('knows only its own project', async () => {
    await expect(call('GET /api/public/traces/other-trace-0')).rejects.toMatchObject({
      code: 'COAIA-0003',
      definition: { status: 404, name: 'LangfuseNotFoundError' },
    });
  });

  it('deletes with everything that hangs on a trace', async () => {
    await call('DELETE /api/public/traces/trace-100');
    await call('DELETE /api/public/traces', { traceIds: ['trace-101', 'trace-102', 'not-there'] });
    expect((await list('limit=1')).meta.totalItems).toBe(117);
    const left = await db.read(
      "SELECT id FROM observations WHERE trace_id IN ('trace-100', 'trace-101')",
    );
    expect(left).toEqual([]);
    const changes = await db.read<{ subject_id: string }>(
      "SELECT subject_id FROM changes WHERE kind = 'trace-deleted' AND project_id = 'p1' ORDER BY seq",
    );
    expect(changes.map((row) => row.subject_id).toSorted()).toEqual([
      'trace-100',
      'trace-101',
      'trace-102',
    ]);
    await expect(call('DELETE /api/public/traces', { traceIds: [] })).rejects.toThrow();
  });
});
