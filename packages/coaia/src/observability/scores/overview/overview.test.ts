import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoomServer } from '../../testing/open-room-server.ts';
import type { RoomServer } from '../../testing/open-room-server.ts';

const at = '2026-03-01T10:00:00.000Z';

describe.each(openTestDatabases())('the overview of scores on $name', ({ open }) => {
  let server: RoomServer;
  beforeAll(async () => {
    let now = Date.parse(at);
    server = await openRoomServer(await open(), () => (now += 1000));
    const config = await server.send('POST', '/score-configs', {
      name: 'good',
      dataType: 'BOOLEAN',
    });
    const human = { name: 'good', source: 'ANNOTATION', configId: config.body.id };
    const machine = { name: 'good', dataType: 'BOOLEAN' };
    const scores = [
      ...['t1', 't2', 't3'].map((traceId) => ({ ...human, traceId, value: 1 })),
      { ...human, traceId: 't4', value: 0 },
      { ...machine, traceId: 't1', value: 1 },
      { ...machine, traceId: 't2', value: 0, comment: 'too long' },
      { ...machine, traceId: 't4', value: 0 },
      { ...machine, traceId: 'only-machine', value: 1 },
      { name: 'length', traceId: 't1', value: 10 },
      { name: 'length', traceId: 't2', value: 30 },
    ];
    for (const score of scores) {
      const { status, body } = await server.send('POST', '/scores', score);
      expect({ status, body }).toMatchObject({ status: 200 });
    }
  });
  afterAll(() => server.close());

  const read = async (path: string) =>
    (await server.send('GET', `/api/v1/projects/default/scores/${path}`)).body;

  it('lists names and types with counts, means and sources', async () => {
    const { data } = await read('summary');
    expect(data).toMatchObject([
      { name: 'length', dataType: 'NUMERIC', count: 2, mean: 20, minimum: 10, maximum: 30 },
      {
        name: 'good',
        dataType: 'BOOLEAN',
        count: 8,
        mean: 5 / 8,
        sources: { ANNOTATION: 4, API: 4 },
      },
    ]);
    expect((await read('summary?to=2026-01-01T00:00:00Z')).data).toEqual([]);
  });

  it('compares people with machines on what both saw', async () => {
    const found = await read(
      'agreement?name=good&dataType=BOOLEAN&a=source:ANNOTATION&b=source:API',
    );
    expect(found).toMatchObject({
      labels: {
        pairs: 3,
        agreed: 2 / 3,
        labels: ['False', 'True'],
        matrix: [
          [1, 0],
          [1, 1],
        ],
      },
      numbers: null,
      disagreements: [
        { kind: 'trace', id: 't2', traceId: 't2', a: 'True', b: 'False', comment: 'too long' },
      ],
      isCut: false,
    });
    // p_o = 2/3, p_e = 1/3 * 2/3 + 2/3 * 1/3 = 4/9
    expect(found.labels.kappa).toBeCloseTo((2 / 3 - 4 / 9) / (5 / 9), 12);
  });

  it('takes the last word of a rater', async () => {
    await server.send('POST', '/scores', { name: 'length', traceId: 't1', value: 99 });
    const found = await read('agreement?name=length&dataType=NUMERIC&a=source:API&b=source:API');
    expect(found).toMatchObject({ numbers: { pairs: 2, bias: 0 }, disagreements: [] });
  });

  it('refuses a rater that is none', async () => {
    const found = await read('agreement?name=good&dataType=BOOLEAN&a=someone&b=source:API');
    expect(found).toMatchObject({ status: 400, code: 'COAIA-1098' });
  });
});
