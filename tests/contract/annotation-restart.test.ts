/** Media, comments and annotation queues after a restart, on both databases. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import { DATABASES } from './places.ts';
import { cleaners, createOwnPlace, send } from './restarts.ts';

const TIME = '2026-03-01T10:00:00.000Z';
const BYTES = Buffer.from('some words that were spoken');

async function writeMedia(server: BenchServer): Promise<string> {
  const { mediaId, uploadUrl } = await send(server, 'POST', 'public/media', {
    traceId: 't1',
    field: 'output',
    contentType: 'text/plain',
    contentLength: BYTES.length,
    sha256Hash: createHash('sha256').update(BYTES).digest('base64'),
  });
  expect((await fetch(uploadUrl, { method: 'PUT', body: BYTES })).status).toBe(200);
  const report = { uploadedAt: TIME, uploadHttpStatus: 200 };
  await send(server, 'PATCH', `public/media/${mediaId}`, report);
  return mediaId as string;
}

describe.each(DATABASES)('on %s', (name) => {
  test('files, comments and queues are there after a crash, and signed addresses stay valid', async () => {
    const place = await createOwnPlace(name);
    const first = await startServer(place);
    const trace = { id: 'e1', type: 'trace-create', timestamp: TIME, body: { id: 't1' } };
    await send(first, 'POST', 'public/ingestion', { batch: [trace] });
    const mediaId = await writeMedia(first);
    const { url } = await send(first, 'GET', `public/media/${mediaId}`);
    const comment = await send(first, 'POST', 'public/comments', {
      projectId: 'default',
      objectType: 'TRACE',
      objectId: 't1',
      content: 'Heard it.',
    });
    const config = { name: 'clear', dataType: 'BOOLEAN' };
    const { id: configId } = await send(first, 'POST', 'public/score-configs', config);
    const body = { name: 'listen', scoreConfigIds: [configId] };
    const queue = `annotation-queues/${(await send(first, 'POST', 'public/annotation-queues', body)).id}`;
    const subject = { objectType: 'TRACE', objectId: 't1' };
    const item = await send(first, 'POST', `public/${queue}/items`, subject);
    const done = { status: 'COMPLETED' };
    const completed = await send(first, 'PATCH', `public/${queue}/items/${item.id}`, done);
    await send(first, 'POST', `public/${queue}/assignments`, { userId: 'ada' });
    await first.crash();

    const second = await startServer(place);
    cleaners.push(() => second.stop());
    const list = await send(second, 'GET', 'v1/media?traceId=t1');
    expect(list.data).toMatchObject([{ mediaId, field: 'output' }]);
    const path = new URL(url as string).pathname;
    for (const address of [list.data[0].url as string, `${second.url}${path}`]) {
      expect(await (await fetch(address)).text()).toBe(BYTES.toString());
    }
    const comments = await send(second, 'GET', 'public/comments?objectType=TRACE&objectId=t1');
    expect(comments.data).toMatchObject([{ id: comment.id, content: 'Heard it.' }]);
    const queues = await send(second, 'GET', 'public/annotation-queues');
    expect(queues.data).toMatchObject([body]);
    expect((await send(second, 'GET', `public/${queue}/items`)).data).toEqual([completed]);
    expect((await send(second, 'GET', `v1/${queue}/assignments`)).data).toMatchObject([
      { userId: 'ada' },
    ]);
  });
});
