import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoomServer } from '../testing/open-room-server.ts';
import type { RoomServer } from '../testing/open-room-server.ts';

const at = '2026-03-01T10:00:00.000Z';

describe.each(openTestDatabases())('comments on $name', ({ open }) => {
  let server: RoomServer;
  let now = Date.parse(at);

  beforeAll(async () => {
    server = await openRoomServer(await open(), () => (now += 1000));
    const batch = [
      { id: 'e1', type: 'trace-create', timestamp: at, body: { id: 't1', sessionId: 's1' } },
      { id: 'e2', type: 'span-create', timestamp: at, body: { id: 'o1', traceId: 't1' } },
    ];
    const { body } = await server.send('POST', '/ingestion', { batch });
    expect(body.errors).toEqual([]);
  });
  afterAll(() => server.close());

  const post = (change: Record<string, unknown> = {}) =>
    server.send('POST', '/comments', {
      projectId: 'default',
      objectType: 'TRACE',
      objectId: 't1',
      content: 'Looks **right**.',
      ...change,
    });

  it('are written, read one by one, and listed by what they are about', async () => {
    const { status, body } = await post({ authorUserId: 'ada' });
    expect([status, body]).toEqual([200, { id: expect.any(String) }]);
    const one = await server.send('GET', `/comments/${body.id}`);
    expect(one.body).toEqual({
      id: body.id,
      projectId: 'default',
      createdAt: expect.stringMatching(/^2026-03-01T10:.*Z$/),
      updatedAt: one.body.createdAt,
      objectType: 'TRACE',
      objectId: 't1',
      content: 'Looks **right**.',
      authorUserId: 'ada',
    });
    const created = [];
    for (const [objectType, objectId] of [
      ['OBSERVATION', 'o1'],
      ['SESSION', 's1'],
    ] as const)
      created.push((await post({ objectType, objectId })).body.id);
    const list = async (query: string) =>
      (await server.send('GET', `/comments?${query}`)).body.data.map(
        (item: { id: string }) => item.id,
      );
    expect(await list('')).toEqual([created[1], created[0], body.id]);
    expect(await list('objectType=SESSION')).toEqual([created[1]]);
    expect(await list('objectType=OBSERVATION&objectId=o1')).toEqual([created[0]]);
    expect(await list('objectType=OBSERVATION&objectId=t1')).toEqual([]);
    expect(await list('authorUserId=ada')).toEqual([body.id]);
    const second = await server.send('GET', '/comments?page=2&limit=2');
    expect(second.body).toMatchObject({
      data: [{ id: body.id }],
      meta: { page: 2, limit: 2, totalItems: 3, totalPages: 2 },
    });
  });

  it('are refused about what is not there', async () => {
    for (const [objectType, objectId] of [
      ['TRACE', 'o1'],
      ['OBSERVATION', 't1'],
      ['SESSION', 'none'],
      ['PROMPT', 'none'],
    ] as const) {
      const { status, body } = await post({ objectType, objectId });
      expect([status, body.error]).toEqual([404, 'LangfuseNotFoundError']);
    }
  });

  it.each([
    ['another project', { projectId: 'other' }, /not the project of these keys/],
    ['an empty text', { content: '  ' }, /Invalid request data/],
    ['a long text', { content: 'x'.repeat(5001) }, /Invalid request data/],
    ['an unknown type', { objectType: 'DATASET' }, /Invalid request data/],
  ])('are refused with %s', async (_, change, message) => {
    const { status, body } = await post(change);
    expect(status).toBe(400);
    expect(body.message).toMatch(message);
  });

  it('need the type to find an object', async () => {
    expect((await server.send('GET', '/comments?objectId=t1')).status).toBe(400);
  });

  it('are nobody else’s', async () => {
    const { body } = await post();
    expect((await server.sendAsOther('GET', `/comments/${body.id}`)).status).toBe(404);
    expect((await server.sendAsOther('GET', '/comments')).body.data).toEqual([]);
    const foreign = await server.sendAsOther('POST', '/comments', {
      projectId: 'other',
      objectType: 'TRACE',
      objectId: 't1',
      content: 'x',
    });
    expect(foreign.status).toBe(404);
  });
});
