/** Media in a bucket: through this server, or straight between client and bucket. */
import { createHash, randomBytes } from 'node:crypto';
import { openS3Blobs } from '#blobs';
import type { BlobStore } from '#blobs';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openS3StandIn } from '../../blobs/testing/s3-stand-in.ts';
import type { S3StandIn } from '../../blobs/testing/s3-stand-in.ts';
import { openRoomServer } from '../testing/open-room-server.ts';
import type { RoomServer } from '../testing/open-room-server.ts';

const bytes = randomBytes(50_000);
const sha256Hash = createHash('sha256').update(bytes).digest('base64');
const id = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
const announcement = {
  traceId: 't1',
  field: 'input',
  contentType: 'text/html',
  contentLength: bytes.length,
  sha256Hash,
};
const confirm = { uploadedAt: '2026-03-01T10:00:00.000Z', uploadHttpStatus: 200 };
// What the SDKs send.
const headers = {
  'content-type': 'text/html',
  'x-amz-checksum-sha256': sha256Hash,
  'x-ms-blob-type': 'BlockBlob',
};
const put = (url: string, body: Buffer) => fetch(url, { method: 'PUT', body, headers });

describe.each(openTestDatabases())('media in a bucket on $name', ({ open }) => {
  let s3: S3StandIn;
  let server: RoomServer;
  beforeEach(async () => {
    s3 = await openS3StandIn();
  });
  afterEach(async () => {
    await server.close();
    await s3.close();
  });

  async function start(isDirect: boolean): Promise<void> {
    const { direct, ...others } = openS3Blobs(s3.location, {
      send: (url, init) => fetch(url, { ...init, duplex: 'half' }),
    });
    const blobs: BlobStore = isDirect && direct !== undefined ? { ...others, direct } : others;
    server = await openRoomServer(await open(), Date.now, blobs);
  }

  it('goes through this server unless told otherwise', async () => {
    await start(false);
    const { uploadUrl } = (await server.send('POST', '/media', announcement)).body;
    expect(uploadUrl).toContain(`${server.url}/api/v1/media-content/`);
    expect((await put(uploadUrl, bytes)).status).toBe(200);
    await server.send('PATCH', `/media/${id}`, confirm);
    const { url } = (await server.send('GET', `/media/${id}`)).body;
    expect(url).toContain(server.url);
    const part = await fetch(url, { headers: { range: 'bytes=5-9' } });
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(5, 10))).toBe(true);
    expect([...s3.objects.values()].map((object) => object.bytes.equals(bytes))).toEqual([true]);
  });

  it('goes straight to the bucket and back where that is set', async () => {
    await start(true);
    const { uploadUrl } = (await server.send('POST', '/media', announcement)).body;
    expect(uploadUrl.startsWith(`${s3.location.endpoint}/coaia-test/media/`)).toBe(true);
    await server.send('PATCH', `/media/${id}`, confirm);
    expect((await server.send('GET', `/media/${id}`)).status).toBe(404);
    expect((await put(uploadUrl, randomBytes(50_000))).ok).toBe(false);
    expect((await put(uploadUrl, bytes)).status).toBe(200);
    expect((await server.send('GET', `/media/${id}`)).status).toBe(404);
    await server.send('PATCH', `/media/${id}`, confirm);
    const { url } = (await server.send('GET', `/media/${id}`)).body;
    const answer = await fetch(url);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${id}.html"`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect((await server.send('POST', '/media', announcement)).body.uploadUrl).toBeNull();
    const list = await server.send('GET', '/api/v1/media?traceId=t1');
    expect((await fetch(list.body.data[0].url)).status).toBe(200);
    expect((await server.sendAsOther('GET', `/media/${id}`)).status).toBe(404);
  });
});
