import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- answers are compared as a client sees them
type Answer = any;

describe.each(openTestDatabases())('scores v3 over $name', ({ open }) => {
  let db: Database;
  let now = Date.UTC(2026, 4, 1);
  const call = async (request: string, body?: unknown): Promise<Answer> =>
    (await callRoute({ api: { db, clock: () => now }, request, body })).json;
  const ids = async (query: string) =>
    (await call(`GET /api/public/v3/scores?${query}`)).data.map(({ id }: Answer) => id);

  beforeEach(async () => {
    db = await open();
    const scores = [
      { id: 'a', traceId: 't1', name: 'n', value: 1 },
      { id: 'b', traceId: 't1', observationId: 'o1', name: 'f', value: 0, dataType: 'BOOLEAN' },
      { id: 'c', sessionId: 's1', name: 'tone', value: 'kind' },
      { id: 'd', datasetRunId: 'r1', name: 'n', value: 5, metadata: { k: 1 } },
    ];
    for (const score of scores) {
      now += 1000;
      await call('POST /api/public/scores', score);
    }
  });
  afterEach(() => db.close());

  it('answers values of their own type and only the groups asked for', async () => {
    const { data, meta } = await call('GET /api/public/v3/scores');
    expect(data.map(({ value }: Answer) => value)).toEqual([5, 'kind', false, 1]);
    expect(meta).toEqual({ limit: 50 });
    expect(data[0]).not.toHaveProperty('metadata');
    expect(data[0]).not.toHaveProperty('subject');
    const full = await call('GET /api/public/v3/scores?fields=details,subject,annotation');
    expect(full.data.map(({ subject }: Answer) => subject)).toEqual([
      { kind: 'experiment', id: 'r1' },
      { kind: 'session', id: 's1' },
      { kind: 'observation', id: 'o1', traceId: 't1' },
      { kind: 'trace', id: 't1' },
    ]);
    expect(full.data[0]).toMatchObject({ metadata: { k: 1 }, configId: null, queueId: null });
  });

  it('follows its cursor to the end, also through equal times', async () => {
    for (const id of ['e', 'f', 'g']) {
      await call('POST /api/public/scores', { id, traceId: 't9', name: 'n', value: 2 });
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const after = cursor === undefined ? '' : `&cursor=${cursor}`;
      const page: Answer = await call(`GET /api/public/v3/scores?limit=2${after}`);
      seen.push(...page.data.map(({ id }: Answer) => id));
      cursor = page.meta.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['g', 'f', 'e', 'd', 'c', 'b', 'a']);
    await expect(ids('cursor=nonsense')).rejects.toMatchObject({ code: 'COAIA-1024' });
  });

  it.each([
    ['id=a,c,none', ['c', 'a']],
    ['name=n,tone', ['d', 'c', 'a']],
    ['source=api', ['d', 'c', 'b', 'a']],
    ['dataType=numeric,boolean', ['d', 'b', 'a']],
    ['traceId=t1,t2', ['b', 'a']],
    ['traceId=t1&observationId=o1', ['b']],
    ['sessionId=s1', ['c']],
    ['experimentId=r1', ['d']],
    ['dataType=NUMERIC&valueMin=1&valueMax=4', ['a']],
    ['dataType=NUMERIC&value=1,5', ['d', 'a']],
    ['dataType=BOOLEAN&value=false', ['b']],
    ['dataType=CATEGORICAL&value=kind,rude', ['c']],
    ['fromTimestamp=2026-05-01T00:00:02.000Z', ['d', 'c', 'b', 'a']],
  ])('filters by %s', async (query, expected) => {
    expect((await ids(query)).filter((id: string) => expected.includes(id))).toEqual(expected);
    if (!query.startsWith('from')) expect(await ids(query)).toEqual(expected);
  });

  it('takes long lists, and refuses those that are too long', async () => {
    const list = (count: number, word = 'x') =>
      Array.from({ length: count }, (_, at) => `${word}${at}`);
    for (const name of ['id', 'name', 'traceId', 'configId']) {
      expect(await ids(`${name}=${list(1000).join(',')}`)).toEqual([]);
    }
    expect(await ids(`dataType=NUMERIC&value=${list(200, '9').join(',')}`)).toEqual([]);
    expect(await ids(`source=${Array.from({ length: 3000 }, () => 'api').join(',')}`)).toHaveLength(
      4,
    );
    await expect(ids(`id=${list(1001).join(',')}`)).rejects.toMatchObject({ code: 'COAIA-1083' });
    await expect(ids(`dataType=NUMERIC&value=${list(201, '9').join(',')}`)).rejects.toMatchObject({
      code: 'COAIA-1083',
    });
  });

  it.each([
    'value=1',
    'value=1&dataType=TEXT',
    'value=1&dataType=NUMERIC,BOOLEAN',
    'value=x&dataType=NUMERIC',
    'value=1&dataType=BOOLEAN',
    'valueMin=1&dataType=BOOLEAN',
    'fields=core',
    'observationId=o1',
    'traceId=t1&sessionId=s1',
    'sessionId=s1&experimentId=r1',
  ])('refuses %s', async (query) => {
    await expect(ids(query)).rejects.toMatchObject({ code: 'COAIA-1083' });
  });
});
