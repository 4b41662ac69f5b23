/** Lists stay whole while others write, and a very large trace comes in one answer. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { event, openApiServer } from './api-server.ts';
import type { ApiServer, IngestionEvent } from './api-server.ts';

let server: ApiServer;
beforeAll(async () => {
  server = await openApiServer();
});
afterAll(() => server.stop());

const START = Date.parse('2026-03-01T00:00:00.000Z');
const toTime = (milliseconds: number) => new Date(START + milliseconds).toISOString();

/** Observations of which always three share a start time. */
function createSpans(traceId: string, from: number, to: number): readonly IngestionEvent[] {
  return Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    const startTime = toTime(Math.floor(number / 3));
    return event('span-create', { id: `${traceId}-${number}`, traceId, name: 'step', startTime });
  });
}

async function follow(
  search: string,
  between: (page: number) => Promise<void>,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page === 0 || cursor !== undefined; page++) {
    const more: string = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body } = await server.read(`/v2/observations?${search}${more}`);
    expect(status).toBe(200);
    ids.push(...body.data.map(({ id }: { id: string }) => id));
    cursor = body.meta.cursor;
    await between(page);
  }
  return ids;
}

test('following the cursor gives every observation once, newest first', async () => {
  await server.ingest(createSpans('plain', 0, 200));
  const ids = await follow('traceId=plain&limit=7', () => Promise.resolve());
  expect(ids).toHaveLength(200);
  expect(new Set(ids).size).toBe(200);
  const { body } = await server.read('/v2/observations?traceId=plain&limit=1000');
  expect(ids).toEqual(body.data.map(({ id }: { id: string }) => id));
  const times = body.data.map(({ startTime }: { startTime: string }) => startTime);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(body.meta).toEqual({});
});

test('what is written on the way neither hides nor doubles what was there', async () => {
  const before = createSpans('busy', 0, 120);
  await server.ingest(before);
  const ids = await follow('traceId=busy&limit=11', async (page) => {
    // Newer ones, some with a start time that is already there, and a change to an old one.
    if (page < 10) await server.ingest(createSpans('busy', 118 + page * 2, 120 + page * 2 + 2));
    const old = { id: 'busy-3', traceId: 'busy', name: `renamed ${page}` };
    await server.ingest([event('span-update', old)]);
  });
  expect(new Set(ids).size).toBe(ids.length);
  const first = before.map(({ body }) => body['id']);
  expect(first.filter((id) => !ids.includes(id as string))).toEqual([]);
});

test('a filter and a group of fields hold on every page', async () => {
  await server.ingest(createSpans('chosen', 0, 50));
  const ids = await follow('traceId=chosen&limit=20&fields=core,usage', () => Promise.resolve());
  expect(ids).toHaveLength(50);
});

test('a trace of 10,000 observations is read in one request', async () => {
  const batches = Array.from({ length: 10 }, (_, index) =>
    createSpans('huge', index * 1000, (index + 1) * 1000),
  );
  for (const batch of batches) await server.ingest(batch);
  const { status, body } = await server.read('/traces/huge');
  expect(status).toBe(200);
  expect(body.observations).toHaveLength(10_000);
  const ids = new Set(body.observations.map(({ id }: { id: string }) => id));
  expect(ids.size).toBe(10_000);
  const listed = await server.read('/traces?limit=1&filter=%5B%5D&orderBy=timestamp.desc');
  expect(listed.status).toBe(200);
});
