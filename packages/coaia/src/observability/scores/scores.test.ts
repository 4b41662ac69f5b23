import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRoute, TEST_SCOPE } from '../testing/call-route.ts';
import { readCounter } from '../counters.ts';
import { ingestBatch } from '../ingestion/ingest-batch.ts';

const NOW = Date.UTC(2026, 4, 1);

// oxlint-disable-next-line typescript/no-explicit-any -- answers are compared as a client sees them
type Answer = any;

describe.each(openTestDatabases())('scores over $name', ({ open }) => {
  let db: Database;
  let now = NOW;
  const call = async (request: string, body?: unknown, projectId = 'p1'): Promise<Answer> => {
    const scope = { ...TEST_SCOPE, projectId };
    return (await callRoute({ api: { db, clock: () => now }, request, body, scope })).json;
  };
  const create = (body: object) => call('POST /api/public/scores', body);
  const ids = async (request: string) =>
    (await call(`GET ${request}`)).data.map(({ id }: { readonly id: string }) => id);

  beforeEach(async () => {
    db = await open();
    now = NOW;
    const trace = (id: string, body: object) => ({
      id: `e-${id}`,
      type: 'trace-create',
      timestamp: '2026-04-01T00:00:00.000Z',
      body: { id, ...body },
    });
    await ingestBatch({ db, clock: () => now }, TEST_SCOPE, [
      trace('t1', { userId: 'ada', sessionId: 's1', tags: ['a', 'b'], environment: 'prod' }),
      trace('t2', { userId: 'bob', tags: ['a'] }),
    ]);
    await create({ id: 'n', traceId: 't1', name: 'accuracy', value: 0.5, comment: 'half' });
    now += 1000;
    await create({
      id: 'b',
      traceId: 't1',
      observationId: 'o1',
      name: 'ok',
      value: 1,
      dataType: 'BOOLEAN',
    });
    now += 1000;
    await create({ id: 'c', traceId: 't2', name: 'tone', value: 'polite', metadata: { by: 'x' } });
    now += 1000;
    await create({ id: 's', sessionId: 's1', name: 'accuracy', value: 3, environment: 'prod' });
    now += 1000;
    await create({ id: 'x', datasetRunId: 'r1', name: 'note', value: 'fine', dataType: 'TEXT' });
    now += 1000;
    await create({
      id: 'k',
      traceId: 't2',
      name: 'whatever',
      value: 'better',
      dataType: 'CORRECTION',
    });
  });
  afterEach(() => db.close());

  it('gives every data type its own form in v2, joined with the trace', async () => {
    const { data, meta } = await call('GET /api/public/v2/scores');
    const byId = Object.fromEntries(data.map((one: Answer) => [one.id, one]));
    expect(meta).toEqual({ page: 1, limit: 50, totalItems: 6, totalPages: 1 });
    expect(data.map(({ id }: Answer) => id)).toEqual(['k', 'x', 's', 'c', 'b', 'n']);
    expect(byId.n).toMatchObject({
      value: 0.5,
      dataType: 'NUMERIC',
      source: 'API',
      comment: 'half',
    });
    expect(byId.n).not.toHaveProperty('stringValue');
    expect(byId.b).toMatchObject({ value: 1, stringValue: 'True' });
    expect(byId.c).toMatchObject({ value: 0, stringValue: 'polite', dataType: 'CATEGORICAL' });
    expect(byId.x).toMatchObject({ stringValue: 'fine', trace: null, datasetRunId: 'r1' });
    expect(byId.x).not.toHaveProperty('value');
    expect(byId.k).toMatchObject({ name: 'output', value: 0, stringValue: 'better' });
    expect(byId.n.trace).toEqual({
      userId: 'ada',
      tags: ['a', 'b'],
      environment: 'prod',
      sessionId: 's1',
    });
    expect((await call('GET /api/public/v2/scores?fields=score')).data[0]).not.toHaveProperty(
      'trace',
    );
  });

  it.each([
    ['userId=ada', ['b', 'n']],
    ['name=accuracy', ['s', 'n']],
    ['name=accuracy&traceId=t1', ['n']],
    ['sessionId=s1', ['s']],
    ['datasetRunId=r1', ['x']],
    ['traceId=t1&observationId=o1,o2', ['b']],
    ['scoreIds=n,c,none', ['c', 'n']],
    ['dataType=BOOLEAN', ['b']],
    ['source=API&environment=prod', ['s']],
    ['operator=%3E%3D&value=1', ['s', 'b']],
    ['operator=%21%3D&value=3&dataType=NUMERIC', ['n']],
    ['operator=%3D&value=0.5', ['n']],
    ['traceTags=a,b', ['b', 'n']],
    ['fromTimestamp=2026-05-01T00:00:02.000Z&toTimestamp=2026-05-01T00:00:04.000Z', ['s', 'c']],
    [
      `filter=${encodeURIComponent('[{"type":"stringObject","column":"metadata","key":"by","operator":"=","value":"x"}]')}`,
      ['c'],
    ],
    [
      `name=tone&filter=${encodeURIComponent('[{"type":"string","column":"name","operator":"=","value":"ok"}]')}`,
      ['b'],
    ],
  ])('v2 filters by %s', async (query, expected) => {
    expect(await ids(`/api/public/v2/scores?${query}`)).toEqual(expected);
  });

  it('lists and reads only scores of traces in v1', async () => {
    expect(await ids('/api/public/scores')).toEqual(['c', 'b', 'n']);
    expect((await call('GET /api/public/scores?limit=2')).meta.totalItems).toBe(3);
    expect(await call('GET /api/public/scores/n')).toMatchObject({ id: 'n', traceId: 't1' });
    await expect(call('GET /api/public/scores/s')).rejects.toMatchObject({ code: 'COAIA-0003' });
    expect(await call('GET /api/public/v2/scores/s')).toMatchObject({ sessionId: 's1' });
  });

  it('changes the score with the same id, the last call of a millisecond winning', async () => {
    for (const value of [0.1, 0.2, 0.3]) {
      expect(await create({ id: 'n', traceId: 't1', name: 'accuracy', value })).toEqual({
        id: 'n',
      });
    }
    expect(await call('GET /api/public/v2/scores/n')).toMatchObject({
      value: 0.3,
      comment: 'half',
    });
    expect(await readCounter(db, 'p1', 'scores')).toBe(6);
  });

  it.each([
    [{ name: 'x', value: 1 }, 'traceId'],
    [{ traceId: 't1', sessionId: 's1', name: 'x', value: 1 }, 'traceId'],
    [{ sessionId: 's1', observationId: 'o', name: 'x', value: 1 }, 'observationId'],
    [{ traceId: 't1', value: 1 }, 'name'],
    [{ traceId: 't1', name: 'x', value: 2, dataType: 'BOOLEAN' }, 'value'],
    [{ traceId: 't1', name: 'x', value: '', dataType: 'TEXT' }, 'value'],
  ])('refuses %j and names the field', async (body, field) => {
    await expect(create(body)).rejects.toMatchObject({
      code: 'COAIA-0002',
      details: expect.arrayContaining([expect.objectContaining({ path: ['body', field] })]),
    });
  });

  it('keeps EVAL for evaluators and ANNOTATION for configs', async () => {
    const score = { traceId: 't1', name: 'x', value: 1 };
    await expect(create({ ...score, source: 'EVAL' })).rejects.toThrow(/API/);
    await expect(create({ ...score, source: 'ANNOTATION' })).rejects.toMatchObject({
      code: 'COAIA-1081',
    });
  });

  it('deletes a score once, keeps the counter right and tells those who watch its trace', async () => {
    const before = await db.read('SELECT max(seq) AS seq FROM changes');
    const gone = await call('DELETE /api/public/scores/n');
    expect(gone).toEqual({ message: expect.any(String) });
    await call('DELETE /api/public/scores/n');
    expect(await readCounter(db, 'p1', 'scores')).toBe(5);
    const changes = await db.read('SELECT kind, subject_id FROM changes WHERE seq > ?', [
      Number(before[0]?.['seq']),
    ]);
    expect(changes).toEqual([{ kind: 'score', subject_id: 't1' }]);
    expect((await call('GET /api/public/traces/t1')).scores.map(({ id }: Answer) => id)).toEqual([
      'b',
    ]);
  });

  it('shows nothing to another project', async () => {
    expect((await call('GET /api/public/v2/scores', undefined, 'p2')).data).toEqual([]);
    expect((await call('GET /api/public/v3/scores', undefined, 'p2')).data).toEqual([]);
    await call('DELETE /api/public/scores/n', undefined, 'p2');
    expect(await readCounter(db, 'p1', 'scores')).toBe(6);
  });
});
