/** The old write endpoints on both databases, seen through the reads of today. */
import type { Database } from '#store';
import { openTestDatabases } from '#store/testing';
import type { Observation, TraceDetail } from '@coaia/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';

const START = '2026-03-01T00:00:00.000Z';

describe.each(openTestDatabases())('old write endpoints over $name', ({ open }) => {
  let db: Database;
  let now = Date.parse(START);
  const call = async (request: string, body?: object) => {
    now += 1000;
    return (await callRoute({ api: { db, clock: () => now }, request, body })).json;
  };
  const read = (id: string) => call(`GET /api/public/observations/${id}`) as Promise<Observation>;

  beforeAll(async () => {
    db = await open();
  });
  afterAll(() => db.close());

  it('stores a trace and changes it', async () => {
    const made = (await call('POST /api/public/traces', {
      name: 'old',
      userId: 'u1',
      tags: ['b', 'a'],
      input: { q: 1 },
    })) as TraceDetail;
    expect(made).toMatchObject({ name: 'old', userId: 'u1', tags: ['a', 'b'], input: { q: 1 } });
    expect(made).not.toHaveProperty('observations');
    await call('POST /api/public/traces', { id: made.id, output: 'done' });
    expect(await call(`GET /api/public/traces/${made.id}`)).toMatchObject({
      name: 'old',
      output: 'done',
      observations: [],
    });
  });

  it.each([
    ['spans', 'spanId', 'SPAN'],
    ['generations', 'generationId', 'GENERATION'],
  ])('stores and changes %s', async (path, key, type) => {
    const made = (await call(`POST /api/public/${path}`, {
      traceId: 'trace-1',
      name: 'step',
      startTime: START,
    })) as Observation;
    expect(made).toMatchObject({ type, name: 'step', traceId: 'trace-1', endTime: null });
    const changed = (await call(`PATCH /api/public/${path}`, {
      [key]: made.id,
      endTime: '2026-03-01T00:00:02.000Z',
    })) as Observation;
    expect(changed).toMatchObject({ id: made.id, name: 'step', traceId: 'trace-1', latency: 2 });
    expect(await read(made.id)).toEqual(changed);
    const trace = (await call('GET /api/public/traces/trace-1')) as TraceDetail;
    expect(trace.observations.map(({ id }) => id)).toContain(made.id);
  });

  it('makes a trace for an event that names none', async () => {
    const made = (await call('POST /api/public/events', {
      id: 'e1',
      name: 'click',
    })) as Observation;
    expect(made).toMatchObject({ id: 'e1', type: 'EVENT', name: 'click' });
    expect(made.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(await read('e1')).toEqual(made);
  });

  it('refuses what ingestion refuses, and a change without an id', async () => {
    await expect(call('POST /api/public/spans', { startTime: 'yesterday' })).rejects.toMatchObject({
      code: 'COAIA-0002',
    });
    await expect(call('PATCH /api/public/spans', { name: 'x' })).rejects.toThrow(/spanId/);
  });
});
