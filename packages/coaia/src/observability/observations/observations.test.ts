import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import type { CursorPaged, Observation, Paged, Session, SessionDetail } from '@coaia/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callRoute } from '../testing/call-route.ts';
import { SEED_UNTIL, seedTraces } from '../testing/seed.ts';

type Flat = Readonly<Record<string, unknown>>;

describe.each(openTestDatabases())('observations over $name', ({ open }) => {
  let db: Database;
  const get = async <T>(path: string): Promise<T> =>
    (await callRoute({ api: { db, clock: () => SEED_UNTIL }, request: `GET /api/public/${path}` }))
      .json as T;
  const filter = (...conditions: readonly Flat[]) =>
    `filter=${encodeURIComponent(JSON.stringify(conditions))}`;

  beforeAll(async () => {
    db = await open();
    await seedTraces(db, 'p1', { traces: 40, observationsPerTrace: 6, seed: 3 });
    const [row] = await db.read<Flat>("SELECT * FROM observations WHERE id = 'trace-0-o5'");
    const long = {
      ...row,
      metadata: JSON.stringify({ a: 'x'.repeat(300), b: 'y'.repeat(300), c: 1 }),
      input: '"Needle 100%_x"',
    };
    await db.write((tx) => tx.upsert('observations', [long as never]));
  });
  afterAll(() => db.close());

  it('lists newest first by page', async () => {
    const page = await get<Paged<Observation>>('observations?limit=100&page=3');
    expect(page.meta).toEqual({ page: 3, limit: 100, totalItems: 240, totalPages: 3 });
    expect(page.data).toHaveLength(40);
    const first = await get<Paged<Observation>>('observations?limit=2');
    expect(first.data.map(({ id }) => id)).toEqual(['trace-0-o5', 'trace-0-o4']);
  });

  it('filters by plain parameters, also those of the trace', async () => {
    const page = await get<Paged<Observation>>(
      'observations?type=GENERATION&traceId=trace-2&limit=100',
    );
    expect(
      page.data.every(({ type, traceId }) => type === 'GENERATION' && traceId === 'trace-2'),
    ).toBe(true);
    expect(page.meta.totalItems).toBe(page.data.length);
    const [trace] = await db.read<{ user_id: string }>(
      "SELECT user_id FROM traces WHERE id = 'trace-2'",
    );
    const ofUser = await get<Paged<Observation>>(`observations?userId=${trace?.user_id}&limit=100`);
    expect(ofUser.data.some(({ traceId }) => traceId === 'trace-2')).toBe(true);
    expect(ofUser.meta.totalItems % 6).toBe(0);
  });

  it('answers one observation in the entity form', async () => {
    const [row] = await db.read<{ id: string }>(
      "SELECT id FROM observations WHERE type = 'GENERATION' LIMIT 1",
    );
    const one = await get<Observation>(`observations/${row?.id}`);
    expect(one).toMatchObject({
      modelParameters: { temperature: 0.2, stream: 'true' },
      usage: {
        unit: 'TOKENS',
        input: one.usageDetails['input'],
        output: one.usageDetails['output'],
      },
      timeToFirstToken: 0.003,
      level: expect.any(String) as string,
    });
    expect(one.calculatedTotalCost).toBeGreaterThan(0);
    await expect(get('observations/none')).rejects.toMatchObject({ code: 'COAIA-0003' });
  });

  it('walks v2 by cursor and finds every observation once', async () => {
    const ids: unknown[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const page: CursorPaged<Flat> = await get(
        `v2/observations?limit=37${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      ids.push(...page.data.map((one) => one['id']));
      cursor = page.meta.cursor;
    }
    expect(ids).toHaveLength(240);
    expect(new Set(ids).size).toBe(240);
    await expect(get('v2/observations?cursor=abc')).rejects.toMatchObject({ code: 'COAIA-1024' });
  });

  it('gives the asked groups of fields and no others', async () => {
    const core = [
      'id',
      'traceId',
      'startTime',
      'endTime',
      'projectId',
      'parentObservationId',
      'type',
    ];
    const basic = [
      'name',
      'level',
      'statusMessage',
      'version',
      'environment',
      'bookmarked',
      'public',
      'userId',
      'sessionId',
      'isRootObservation',
    ];
    const always = ['modelId', 'inputPrice', 'outputPrice', 'totalPrice'];
    const plain = await get<CursorPaged<Flat>>('v2/observations?limit=1');
    expect(Object.keys(plain.data[0] ?? {})).toEqual([...core, ...basic, ...always]);
    expect(always.map((name) => plain.data[0]?.[name])).toEqual([null, null, null, null]);
    const some = await get<CursorPaged<Flat>>(
      'v2/observations?limit=1&fields=metrics,trace_context',
    );
    expect(Object.keys(some.data[0] ?? {})).toEqual([
      ...core,
      'latency',
      'timeToFirstToken',
      'tags',
      'release',
      'traceName',
      ...always,
    ]);
  });

  it('keeps input and output as texts and cuts metadata unless told not to', async () => {
    const { data } = await get<CursorPaged<Flat>>(
      'v2/observations?limit=2&fields=io,metadata&expandMetadata=b',
    );
    expect(data[0]).toMatchObject({
      input: 'Needle 100%_x',
      output: 'done 5',
      metadata: { a: 'x'.repeat(200), b: 'y'.repeat(300), c: 1 },
    });
    expect(data[1]?.['input']).toBe('{"text":"step 4 of trace-0"}');
    await expect(get('v2/observations?parseIoAsJson=true')).rejects.toThrow('parseIoAsJson');
    expect(
      (await get<CursorPaged<Flat>>('v2/observations?parseIoAsJson=false&limit=1')).data,
    ).toHaveLength(1);
  });

  it('tells roots from the rest', async () => {
    const roots = await get<CursorPaged<Flat>>('v2/observations?isRootObservation=true&limit=1000');
    expect(roots.data).toHaveLength(40);
    expect(roots.data.every((one) => one['parentObservationId'] === null)).toBe(true);
    const same = await get<CursorPaged<Flat>>('v2/observations?parentObservationId=&limit=1000');
    expect(same.data).toEqual(roots.data);
    const others = await get<CursorPaged<Flat>>(
      'v2/observations?isRootObservation=false&limit=1000',
    );
    expect(others.data).toHaveLength(200);
  });

  it('searches texts literally with matches, and in exact case with contains', async () => {
    const find = async (operator: string, value: string) =>
      (
        await get<CursorPaged<Flat>>(
          `v2/observations?${filter({ type: 'string', column: 'input', operator, value })}`,
        )
      ).data.length;
    expect(await find('matches', 'needle 100%_X')).toBe(1);
    expect(await find('contains', 'Needle')).toBe(1);
    expect(await find('contains', 'needle')).toBe(0);
    expect(await find('matches', '100__x')).toBe(0);
    expect(await find('starts with', 'Needle')).toBe(1);
    expect(await find('=', 'Needle 100%_x')).toBe(1);
  });

  it('filters by numbers, nothing and lists', async () => {
    const page = await get<CursorPaged<Flat>>(
      `v2/observations?limit=1000&fields=usage,metrics&${filter(
        { type: 'number', column: 'latency', operator: '>', value: 1 },
        { type: 'null', column: 'model', operator: 'is not null' },
        { type: 'stringOptions', column: 'type', operator: 'any of', value: ['GENERATION'] },
      )}`,
    );
    expect(page.data.length).toBeGreaterThan(0);
    expect(
      page.data.every((one) => (one['latency'] as number) > 1 && one['type'] === 'GENERATION'),
    ).toBe(true);
  });

  it('lists sessions and reads one with its traces', async () => {
    const page = await get<Paged<Session>>('sessions?limit=3');
    expect(page.meta).toEqual({ page: 1, limit: 3, totalItems: 8, totalPages: 3 });
    expect(page.data[0]).toEqual({
      id: 'session-0',
      projectId: 'p1',
      environment: expect.any(String) as string,
      createdAt: new Date(SEED_UNTIL - 4 * 60_000).toISOString(),
    });
    const one = await get<SessionDetail>('sessions/session-1');
    expect(one.traces.map(({ id }) => id)).toEqual([
      'trace-9',
      'trace-8',
      'trace-7',
      'trace-6',
      'trace-5',
    ]);
    const early = encodeURIComponent(new Date(SEED_UNTIL - 4 * 60_000).toISOString());
    expect((await get<Paged<Session>>(`sessions?toTimestamp=${early}`)).meta.totalItems).toBe(7);
    await expect(get('sessions/none')).rejects.toMatchObject({ code: 'COAIA-0003' });
  });
});
