import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ingestBatch } from '../ingestion/ingest-batch.ts';
import { callRoute, TEST_SCOPE } from '../testing/call-route.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- answers are compared as a client sees them
type Answer = any;

const GRADES = [
  { label: 'Poor', value: 1 },
  { label: 'Good', value: 2 },
];

describe.each(openTestDatabases())('score configs over $name', ({ open }) => {
  let db: Database;
  let now = Date.UTC(2026, 4, 1);
  const ports = () => ({ db, clock: () => now++ });
  const call = async (request: string, body?: unknown, projectId = 'p1'): Promise<Answer> =>
    (await callRoute({ api: ports(), request, body, scope: { ...TEST_SCOPE, projectId } })).json;
  const create = (body: object) => call('POST /api/public/score-configs', body);
  const score = (body: object) =>
    call('POST /api/public/scores', { traceId: 't1', name: 'ignored', ...body });

  beforeEach(async () => {
    db = await open();
  });
  afterEach(() => db.close());

  it('creates, lists newest first, reads, changes and archives', async () => {
    const range = await create({ name: 'Quality', dataType: 'NUMERIC', minValue: 0, maxValue: 10 });
    const flag = await create({ name: 'Valid', dataType: 'BOOLEAN', description: 'is it' });
    expect(range).toMatchObject({ projectId: 'p1', isArchived: false, categories: null });
    expect(flag.categories).toEqual([
      { label: 'True', value: 1 },
      { label: 'False', value: 0 },
    ]);
    const list = await call('GET /api/public/score-configs?limit=1');
    expect(list.data.map(({ id }: Answer) => id)).toEqual([flag.id]);
    expect(list.meta).toMatchObject({ totalItems: 2, totalPages: 2 });
    const path = `/api/public/score-configs/${range.id}`;
    const changed = await call(`PATCH ${path}`, { isArchived: true, maxValue: null, name: 'Q' });
    expect(changed).toMatchObject({ isArchived: true, minValue: 0, maxValue: null, name: 'Q' });
    expect(await call(`GET ${path}`)).toEqual(changed);
  });

  it.each([
    [{ name: 'a'.repeat(36), dataType: 'BOOLEAN' }, /35 characters/],
    [{ name: ' ', dataType: 'BOOLEAN' }, /needs a name/],
    [{ name: 'x', dataType: 'NUMERIC', minValue: 2, maxValue: 2 }, /greater/],
    [{ name: 'x', dataType: 'NUMERIC', categories: GRADES }, /not categories/],
    [{ name: 'x', dataType: 'CATEGORICAL' }, /at least one/],
    [
      { name: 'x', dataType: 'CATEGORICAL', categories: [...GRADES, { label: 'Poor', value: 3 }] },
      /unique/,
    ],
    [
      { name: 'x', dataType: 'CATEGORICAL', categories: [...GRADES, { label: 'Best', value: 2 }] },
      /unique/,
    ],
    [{ name: 'x', dataType: 'BOOLEAN', categories: GRADES }, /True/],
    [{ name: 'x', dataType: 'TEXT', minValue: 1 }, /no minimum/],
  ])('refuses %j', async (body, reason) => {
    await expect(create(body)).rejects.toMatchObject({
      code: 'COAIA-1082',
      message: expect.stringMatching(reason),
    });
  });

  it('takes any sign in a name, unless the limits of Langfuse are asked for', async () => {
    const body = { name: 'Structure & Organization', dataType: 'BOOLEAN' };
    expect(await create(body)).toMatchObject({ name: 'Structure & Organization' });
    const strict = { ...ports(), isStrict: true };
    const request = 'POST /api/public/score-configs';
    await expect(callRoute({ api: strict, request, body })).rejects.toMatchObject({
      code: 'COAIA-1082',
    });
  });

  it('keeps a change that would contradict itself out', async () => {
    const { id } = await create({ name: 'Q', dataType: 'NUMERIC', minValue: 0, maxValue: 10 });
    await expect(
      call(`PATCH /api/public/score-configs/${id}`, { minValue: 20 }),
    ).rejects.toMatchObject({ code: 'COAIA-1082' });
    expect(await call(`GET /api/public/score-configs/${id}`)).toMatchObject({ minValue: 0 });
  });

  it('stores texts that no database takes as they are', async () => {
    const categories = [{ label: 'a\0b\uD800', value: 1e308 }];
    const name = 'n\0m\uD800';
    const made = await create({ name, dataType: 'CATEGORICAL', categories, description: '\0' });
    expect(made).toMatchObject({ name: 'n\uFFFDm\uFFFD', description: '\uFFFD' });
    const path = `/api/public/score-configs/${made.id}`;
    expect(await call(`PATCH ${path}`, { description: 'x\0' })).toMatchObject({
      description: 'x\uFFFD',
    });
    await score({ id: 'odd', configId: made.id, value: made.categories[0].label });
    await score({ id: 'free', value: 'x\0' });
    expect(await call('GET /api/public/v2/scores/free')).toMatchObject({
      stringValue: 'x\uFFFD',
    });
    const wrong = { configId: made.id, value: 'a\0' };
    await expect(score(wrong)).rejects.toMatchObject({ code: 'COAIA-1081' });
    await expect(score({ configId: 'a\0', value: 1 })).rejects.toMatchObject({
      code: 'COAIA-0002',
    });
  });

  it('belongs to one project', async () => {
    const { id } = await create({ name: 'Q', dataType: 'BOOLEAN' });
    const path = `/api/public/score-configs/${id}`;
    for (const request of [`GET ${path}`, `PATCH ${path}`]) {
      await expect(call(request, {}, 'p2')).rejects.toMatchObject({ code: 'COAIA-0003' });
    }
    expect((await call('GET /api/public/score-configs', undefined, 'p2')).data).toEqual([]);
  });

  it('gives a score its name, its type and the number of its category', async () => {
    const { id } = await create({ name: 'Grade', dataType: 'CATEGORICAL', categories: GRADES });
    await score({ id: 'g', configId: id, value: 'Good' });
    expect(await call('GET /api/public/v2/scores/g')).toMatchObject({
      name: 'Grade',
      dataType: 'CATEGORICAL',
      value: 2,
      stringValue: 'Good',
      configId: id,
    });
    const flag = await create({ name: 'Valid', dataType: 'BOOLEAN' });
    await score({ id: 'f', configId: flag.id, value: 1, source: 'ANNOTATION' });
    expect(await call('GET /api/public/v2/scores/f')).toMatchObject({
      name: 'Valid',
      dataType: 'BOOLEAN',
      stringValue: 'True',
      source: 'ANNOTATION',
    });
  });

  it('takes the number of a category and JSON booleans, as CoAiAPy sends them', async () => {
    const grade = await create({ name: 'Grade', dataType: 'CATEGORICAL', categories: GRADES });
    const flag = await create({ name: 'Valid', dataType: 'BOOLEAN' });
    await score({ id: 'number', configId: grade.id, value: 2 });
    await score({ id: 'yes', configId: flag.id, value: true });
    await score({ id: 'no', configId: flag.id, value: false });
    const { data } = await call('GET /api/public/v2/scores');
    const shown = data.map((one: Record<string, unknown>) => [
      one['id'],
      one['dataType'],
      one['value'],
      one['stringValue'],
    ]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ['number', 'CATEGORICAL', 2, 'Good'],
        ['yes', 'BOOLEAN', 1, 'True'],
        ['no', 'BOOLEAN', 0, 'False'],
      ]),
    );
    await expect(score({ configId: grade.id, value: 3 })).rejects.toThrow(/one of Poor/);
    await expect(score({ name: 'x', value: true })).rejects.toThrow();
  });

  it('refuses scores that do not keep to it, with what it accepts', async () => {
    const grade = await create({ name: 'Grade', dataType: 'CATEGORICAL', categories: GRADES });
    const range = await create({ name: 'Q', dataType: 'NUMERIC', minValue: 0, maxValue: 10 });
    const refused = [
      [{ configId: grade.id, value: 'Fair' }, /one of Poor \(1\), Good \(2\)/],
      [{ configId: range.id, value: 11 }, /from 0 to 10/],
      [{ configId: range.id, value: -1 }, /from 0 to 10/],
      [{ configId: range.id, value: 1, dataType: 'BOOLEAN' }, /NUMERIC, the score BOOLEAN/],
      [{ configId: range.id, value: 'ten' }, /from 0 to 10/],
    ] as const;
    for (const [body, message] of refused) {
      await expect(score(body)).rejects.toMatchObject({
        code: 'COAIA-1081',
        message: expect.stringMatching(message),
      });
    }
    await call(`PATCH /api/public/score-configs/${range.id}`, { isArchived: true });
    await expect(score({ configId: range.id, value: 1 })).rejects.toThrow(/archived/);
    await expect(score({ configId: 'none', value: 1 })).rejects.toMatchObject({
      code: 'COAIA-1080',
    });
    expect((await call('GET /api/public/v2/scores')).data).toEqual([]);
  });

  it('judges scores of a batch one by one, the reasons in the answer', async () => {
    const range = await create({ name: 'Q', dataType: 'NUMERIC', maxValue: 10 });
    const event = (id: string, body: object) => ({
      id,
      type: 'score-create',
      timestamp: '2026-05-01T00:00:00.000Z',
      body: { id: `score-${id}`, traceId: 't1', ...body },
    });
    const { successes, errors } = await ingestBatch(ports(), TEST_SCOPE, [
      event('good', { configId: range.id, value: 10 }),
      event('high', { configId: range.id, value: 10.5 }),
      event('none', { configId: 'none', value: 1 }),
      event('plain', { name: 'n', value: 99 }),
    ]);
    expect(successes.map(({ id }) => id)).toEqual(['good', 'plain']);
    expect(errors).toEqual([
      {
        id: 'high',
        status: 400,
        message: expect.stringContaining('at most 10'),
        error: 'InvalidRequestError',
      },
      {
        id: 'none',
        status: 404,
        message: expect.stringContaining('none'),
        error: 'LangfuseNotFoundError',
      },
    ]);
    expect((await call('GET /api/public/v2/scores?name=Q')).data).toHaveLength(1);
  });
});
