import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import type { ObservabilityApi } from '@coaia/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalObservability } from './local-api.ts';
import { TEST_SCOPE } from './testing/call-route.ts';
import { SEED_UNTIL } from './testing/seed.ts';

const at = new Date(SEED_UNTIL).toISOString();
const event = (id: string, type: string, body: Readonly<Record<string, unknown>>) => ({
  id,
  type,
  timestamp: at,
  body,
});

describe.each(openTestDatabases())('local calls over $name', ({ open }) => {
  let db: Database;
  let api: ObservabilityApi;

  beforeAll(async () => {
    db = await open();
    api = createLocalObservability({ db, clock: () => SEED_UNTIL }, TEST_SCOPE);
    const { errors } = await api.ingest([
      event('e1', 'trace-create', {
        id: 't1',
        timestamp: at,
        name: 'one',
        sessionId: 's1',
        userId: 'u1',
        tags: ['a', 'b'],
      }),
      event('e2', 'generation-create', {
        id: 'g1',
        traceId: 't1',
        startTime: at,
        model: 'gpt-4o',
        usage: { input: 1000, output: 100 },
      }),
      event('e3', 'trace-create', { id: 't2', timestamp: at, name: 'two', sessionId: 's1' }),
      event('e4', 'score-create', { id: 'c1', traceId: 't1', name: 'good', value: 1 }),
    ]);
    expect(errors).toEqual([]);
  });
  afterAll(() => db.close());

  it('reads back what was ingested, at once', async () => {
    const trace = await api.getTrace('t1');
    expect(trace.observations.map(({ id }) => id)).toEqual(['g1']);
    expect(trace.observations[0]).toMatchObject({
      inputPrice: 0.0000025,
      outputPrice: 0.00001,
      usage: { input: 1000, output: 100, total: 1100 },
    });
    expect(trace.scores).toMatchObject([{ id: 'c1', name: 'good', value: 1, source: 'API' }]);
    expect(trace.totalCost).toBeCloseTo(0.0035, 10);
    expect((await api.getObservation('g1')).traceId).toBe('t1');
    expect((await api.getSession('s1')).traces).toHaveLength(2);
  });

  it('lists with the bounds of the HTTP form', async () => {
    const page = await api.listTraces({
      tags: ['a', 'b'],
      userId: '',
      fromTimestamp: at,
      limit: 10,
    });
    expect(page).toMatchObject({
      meta: { totalItems: 1, limit: 10 },
      data: [{ id: 't1', scores: ['c1'], observations: ['g1'] }],
    });
    expect((await api.listObservations({ type: 'GENERATION' })).meta.totalItems).toBe(1);
    expect((await api.listSessions({})).data.map(({ id }) => id)).toEqual(['s1']);
    expect((await api.listTraces({ q: 'model:gpt-4o' })).data.map(({ id }) => id)).toEqual(['t1']);
    await expect(api.listTraces({ limit: 101 })).rejects.toMatchObject({ code: 'COAIA-0002' });
    await expect(api.listTraces({ page: 0 })).rejects.toMatchObject({ code: 'COAIA-0002' });
    await expect(api.listTraces({ fromTimestamp: 'soon' })).rejects.toMatchObject({
      code: 'COAIA-0002',
    });
  });

  it('deletes and keeps the session', async () => {
    await api.deleteTraces(['t2']);
    await expect(api.getTrace('t2')).rejects.toMatchObject({ code: 'COAIA-0003' });
    expect((await api.getSession('s1')).traces).toHaveLength(1);
    expect((await api.listTraces({})).meta.totalItems).toBe(1);
  });
});
