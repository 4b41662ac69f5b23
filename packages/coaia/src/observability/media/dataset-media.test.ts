/** Items of datasets show the files that their fields refer to. */
import { createHash, randomBytes } from 'node:crypto';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRoomServer } from '../testing/open-room-server.ts';
import type { RoomServer } from '../testing/open-room-server.ts';

const bytes = randomBytes(100);
const hash = createHash('sha256').update(bytes);
const sha256Hash = hash.copy().digest('base64');
const id = hash.digest('base64url').slice(0, 22);
const reference = `@@@langfuseMedia:type=image/png|id=${id}|source=bytes@@@`;
const unknown = '@@@langfuseMedia:type=image/png|id=not-here|source=bytes@@@';

describe.each(openTestDatabases())('media of dataset items on $name', ({ open }) => {
  let server: RoomServer;
  beforeEach(async () => {
    server = await openRoomServer(await open());
    for (const send of [server.send, server.sendAsOther])
      await send('POST', '/v2/datasets', { name: 'd' });
  });
  afterEach(() => server.close());

  const item = {
    id: 'i1',
    datasetName: 'd',
    input: { images: [reference, 'none'] },
    expectedOutput: `see ${reference} or ${unknown}`,
    metadata: { deep: unknown },
  };

  async function upload(): Promise<void> {
    const { body } = await server.send('POST', '/media', {
      datasetId: 'd',
      datasetItemId: 'i1',
      field: 'input',
      contentType: 'image/png',
      contentLength: bytes.length,
      sha256Hash,
    });
    const headers = { 'content-type': 'image/png' };
    await fetch(body.uploadUrl, { method: 'PUT', body: bytes, headers });
    const uploadedAt = '2026-03-01T10:00:00.000Z';
    await server.send('PATCH', `/media/${id}`, { uploadedAt, uploadHttpStatus: 200 });
  }

  it('names field, path and file, once the project has it', async () => {
    const before = await server.send('POST', '/dataset-items', item);
    expect(before.body.mediaReferences).toEqual([]);
    await upload();
    const { body } = await server.send('GET', '/dataset-items/i1');
    const media = {
      mediaId: id,
      contentType: 'image/png',
      contentLength: 100,
      url: expect.any(String),
      urlExpiry: expect.any(String),
    };
    const expected = [
      { field: 'input', referenceString: reference, jsonPath: "$['images'][0]", media },
      { field: 'expectedOutput', referenceString: reference, jsonPath: '$', media },
    ];
    expect(body.mediaReferences).toEqual(expected);
    const answer = await fetch(body.mediaReferences[0].media.url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    const list = await server.send('GET', '/dataset-items?datasetName=d');
    expect(list.body.data[0].mediaReferences).toEqual(expected);
    const created = await server.send('POST', '/dataset-items', { ...item, status: 'ARCHIVED' });
    expect(created.body.mediaReferences).toEqual(expected);
    await server.send('POST', '/dataset-items', { ...item, status: 'ACTIVE' });
    const legacy = await server.send('GET', '/datasets/d');
    expect(legacy.body.items[0].mediaReferences).toEqual(expected);
  });

  it('never shows a file of another project', async () => {
    await upload();
    const { body } = await server.sendAsOther('POST', '/dataset-items', item);
    expect(body.mediaReferences).toEqual([]);
  });
});
