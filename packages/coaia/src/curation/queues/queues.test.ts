import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import type { RoomServer } from '../../observability/testing/open-room-server.ts';

const at = '2026-03-01T10:00:00.000Z';

describe.each(openTestDatabases())('annotation queues on $name', ({ open }) => {
  let server: RoomServer;
  let config = '';
  let now = Date.parse(at);

  beforeAll(async () => {
    server = await openRoomServer(await open(), () => (now += 1000));
    const batch = [
      { id: 'e1', type: 'trace-create', timestamp: at, body: { id: 't1', sessionId: 's1' } },
      { id: 'e2', type: 'span-create', timestamp: at, body: { id: 'o1', traceId: 't1' } },
    ];
    expect((await server.send('POST', '/ingestion', { batch })).body.errors).toEqual([]);
    const made = await server.send('POST', '/score-configs', { name: 'good', dataType: 'BOOLEAN' });
    config = made.body.id as string;
  });
  afterAll(() => server.close());

  const create = (name: string, change: Record<string, unknown> = {}) =>
    server.send('POST', '/annotation-queues', { name, scoreConfigIds: [config], ...change });

  async function createWithItem(name: string): Promise<{ items: string; item: string }> {
    const items = `/annotation-queues/${(await create(name)).body.id}/items`;
    const { body } = await server.send('POST', items, { objectType: 'TRACE', objectId: 't1' });
    return { items, item: `${items}/${body.id}` };
  }

  it('are made, read and listed, newest first', async () => {
    const first = await create('first', { description: 'look at these' });
    expect(first.status).toBe(200);
    expect(first.body).toEqual({
      id: expect.any(String),
      name: 'first',
      description: 'look at these',
      scoreConfigIds: [config],
      createdAt: expect.stringMatching(/^2026-03-01T10:/),
      updatedAt: first.body.createdAt,
    });
    const second = await create('second');
    expect(second.body.description).toBeNull();
    const one = await server.send('GET', `/annotation-queues/${first.body.id}`);
    expect(one.body).toEqual(first.body);
    const list = await server.send('GET', '/annotation-queues?limit=1');
    expect(list.body).toEqual({
      data: [second.body],
      meta: { page: 1, limit: 1, totalItems: 2, totalPages: 2 },
    });
    const next = await server.send('GET', '/annotation-queues?limit=1&page=2');
    expect(next.body.data).toEqual([first.body]);
  });

  it.each([
    ['no score config', { scoreConfigIds: [] }, 'Invalid request data'],
    ['an unknown score config', { scoreConfigIds: ['none'] }, /no score config none/],
    ['an empty name', { name: ' ' }, 'Invalid request data'],
  ])('are refused with %s', async (_, change, message) => {
    const { status, body } = await create('bad', change);
    expect(status).toBe(400);
    expect(body.message).toMatch(message);
  });

  it('have names of their own in a project', async () => {
    await create('taken');
    const second = await create('taken');
    expect([second.status, second.body.message]).toEqual([
      400,
      expect.stringContaining('exists already'),
    ]);
    const race = await Promise.all(Array.from({ length: 4 }, () => create('race')));
    expect(race.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 400, 400, 400,
    ]);
  });

  it('hold traces, observations and sessions that exist', async () => {
    const items = `/annotation-queues/${(await create('objects')).body.id}/items`;
    const made: unknown[] = [];
    for (const [objectType, objectId] of [
      ['TRACE', 't1'],
      ['OBSERVATION', 'o1'],
      ['SESSION', 's1'],
    ]) {
      const { status, body } = await server.send('POST', items, { objectType, objectId });
      expect([status, body]).toMatchObject([
        200,
        { objectType, objectId, status: 'PENDING', completedAt: null },
      ]);
      made.unshift(body);
    }
    const list = await server.send('GET', items);
    expect(list.body).toEqual({
      data: made,
      meta: { page: 1, limit: 50, totalItems: 3, totalPages: 1 },
    });
    const missing = await server.send('POST', items, { objectType: 'TRACE', objectId: 'o1' });
    expect([missing.status, missing.body.error]).toEqual([404, 'LangfuseNotFoundError']);
    const wrong = await server.send('POST', items, { objectType: 'PROMPT', objectId: 'x' });
    expect(wrong.status).toBe(400);
  });

  it('know when an item was completed, and forget it when it is open again', async () => {
    const { items, item } = await createWithItem('progress');
    const done = await server.send('PATCH', item, { status: 'COMPLETED' });
    expect(done.body).toMatchObject({
      status: 'COMPLETED',
      completedAt: expect.stringMatching(/Z$/),
    });
    const again = await server.send('PATCH', item, { status: 'COMPLETED' });
    expect(again.body.completedAt).toBe(done.body.completedAt);
    const same = await server.send('PATCH', item, {});
    expect(same.body).toEqual(again.body);
    const totals = async (status: string) =>
      (await server.send('GET', `${items}?status=${status}`)).body.meta.totalItems as number;
    expect([await totals('COMPLETED'), await totals('PENDING')]).toEqual([1, 0]);
    await server.send('PATCH', item, { status: 'PENDING' });
    const reopened = await server.send('GET', item);
    expect(reopened.body).toMatchObject({ status: 'PENDING', completedAt: null });
    expect([await totals('COMPLETED'), await totals('PENDING')]).toEqual([0, 1]);
  });

  it('let items go', async () => {
    const { items, item } = await createWithItem('removal');
    const gone = await server.send('DELETE', item);
    expect([gone.status, gone.body.success]).toEqual([200, true]);
    expect((await server.send('GET', item)).status).toBe(404);
    expect((await server.send('DELETE', item)).status).toBe(404);
    expect((await server.send('PATCH', item, { status: 'COMPLETED' })).status).toBe(404);
    expect((await server.send('GET', items)).body.data).toEqual([]);
  });

  it('have people who work on them', async () => {
    const { id } = (await create('people')).body;
    const path = `/annotation-queues/${id}/assignments`;
    const added = await server.send('POST', path, { userId: 'ada' });
    expect([added.status, added.body]).toEqual([
      200,
      { userId: 'ada', queueId: id, projectId: 'default' },
    ]);
    await server.send('POST', path, { userId: 'ada' });
    await server.send('POST', path, { userId: 'bob' });
    const users = async () =>
      (await server.send('GET', `/api/v1${path}`)).body.data.map(
        (item: { userId: string }) => item.userId,
      ) as readonly string[];
    expect((await users()).toSorted()).toEqual(['ada', 'bob']);
    const removed = await server.send('DELETE', path, { userId: 'ada' });
    expect([removed.status, removed.body]).toEqual([200, { success: true }]);
    expect(await users()).toEqual(['bob']);
    const nowhere = await server.send('POST', '/annotation-queues/none/assignments', {
      userId: 'ada',
    });
    expect(nowhere.status).toBe(404);
  });

  it('are nobody else’s', async () => {
    const { items, item } = await createWithItem('private');
    const queue = items.replace(/\/items$/, '');
    const calls = [
      ['GET', queue],
      ['GET', items],
      ['POST', items, { objectType: 'TRACE', objectId: 't1' }],
      ['GET', item],
      ['PATCH', item, { status: 'COMPLETED' }],
      ['DELETE', item],
      ['POST', `${queue}/assignments`, { userId: 'eve' }],
      ['DELETE', `${queue}/assignments`, { userId: 'eve' }],
      ['GET', `/api/v1${queue}/assignments`],
    ] as const;
    for (const [method, path, body] of calls) {
      const { status } = await server.sendAsOther(method, path, body);
      expect({ method, path, status }).toEqual({ method, path, status: 404 });
    }
    expect((await server.sendAsOther('GET', '/annotation-queues')).body.data).toEqual([]);
    const stolen = { name: 'x', scoreConfigIds: [config] };
    expect((await server.sendAsOther('POST', '/annotation-queues', stolen)).status).toBe(400);
    expect((await server.send('GET', item)).body.status).toBe('PENDING');
  });
});
