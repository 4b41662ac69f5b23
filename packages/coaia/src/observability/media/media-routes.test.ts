import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRoomServer } from '../testing/open-room-server.ts';
import type { RoomServer } from '../testing/open-room-server.ts';

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');
const idOf = (bytes: Uint8Array) =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 22);

const announce = (bytes: Uint8Array, change: Record<string, unknown> = {}) => ({
  traceId: 't1',
  field: 'input',
  contentType: 'audio/wav',
  contentLength: bytes.length,
  sha256Hash: hashOf(bytes),
  ...change,
});

const confirm = {
  uploadedAt: '2026-03-01T10:00:00.000Z',
  uploadHttpStatus: 200,
  uploadHttpError: '',
  uploadTimeMs: 12.6,
};

const put = (address: string, bytes: Uint8Array) =>
  fetch(address, {
    method: 'PUT',
    body: Buffer.from(bytes),
    headers: { 'content-type': 'audio/wav' },
  });

describe.each(openTestDatabases())('media on $name', ({ open }) => {
  let server: RoomServer;
  let now = Date.parse('2026-03-01T12:00:00Z');
  const bytes = randomBytes(300_000);
  const id = idOf(bytes);

  beforeEach(async () => {
    now = Date.parse('2026-03-01T12:00:00Z');
    server = await openRoomServer(await open(), () => now);
  });
  afterEach(() => server.close());

  async function upload(change: Record<string, unknown> = {}, content: Uint8Array = bytes) {
    const { body } = await server.send('POST', '/media', announce(content, change));
    if (body.uploadUrl !== null) expect((await put(body.uploadUrl, content)).status).toBe(200);
    await server.send('PATCH', `/media/${body.mediaId}`, confirm);
    return body.mediaId as string;
  }

  it('takes a file and gives it back', async () => {
    const created = await server.send('POST', '/media', announce(bytes));
    expect(created.status).toBe(201);
    expect(created.body).toEqual({ mediaId: id, uploadUrl: expect.any(String) });
    expect(created.body.uploadUrl.startsWith(`${server.url}/api/v1/media-content/`)).toBe(true);
    expect((await server.send('GET', `/media/${id}`)).status).toBe(404);
    expect((await put(created.body.uploadUrl, bytes)).status).toBe(200);
    expect((await server.send('GET', `/media/${id}`)).status).toBe(404);
    const patched = await server.send('PATCH', `/media/${id}`, confirm);
    expect([patched.status, patched.body]).toEqual([200, { message: 'OK' }]);
    const { status, body } = await server.send('GET', `/media/${id}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      mediaId: id,
      contentType: 'audio/wav',
      contentLength: 300_000,
      uploadedAt: '2026-03-01T10:00:00.000Z',
      url: expect.any(String),
      urlExpiry: '2026-03-01T13:00:00.000Z',
    });
    const answer = await fetch(body.url);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': '300000',
      'content-disposition': `inline; filename="${id}.wav"`,
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    });
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('asks for no bytes twice and lists every place', async () => {
    await upload();
    const again = await server.send(
      'POST',
      '/media',
      announce(bytes, { observationId: 'o1', field: 'output' }),
    );
    expect(again.body).toEqual({ mediaId: id, uploadUrl: null });
    await server.send('POST', '/media', announce(bytes));
    const { body } = await server.send('GET', '/api/v1/media?traceId=t1');
    expect(body.data).toMatchObject([
      { mediaId: id, field: 'output', traceId: 't1', observationId: 'o1', datasetItemId: null },
      { mediaId: id, field: 'input', traceId: 't1', observationId: null },
    ]);
    expect(body.meta).toEqual({ page: 1, limit: 50, totalItems: 2, totalPages: 1 });
    const ofOne = await server.send('GET', '/api/v1/media?observationId=o1');
    expect(ofOne.body.data).toHaveLength(1);
  });

  it('takes files of dataset items', async () => {
    const place = { traceId: undefined, datasetId: 'd1', datasetItemId: 'i1' };
    await upload({ ...place, field: 'expectedOutput' });
    const { body } = await server.send('GET', '/api/v1/media?datasetItemId=i1');
    expect(body.data).toMatchObject([{ field: 'expectedOutput', datasetId: 'd1', traceId: null }]);
  });

  it('asks again when the bytes have gone from the folder', async () => {
    await upload();
    await rm(join(server.folder, 'media'), { recursive: true });
    const { body } = await server.send('POST', '/media', announce(bytes));
    expect(body.uploadUrl).toEqual(expect.any(String));
  });

  it('stores nothing but the announced bytes', async () => {
    const { body } = await server.send('POST', '/media', announce(bytes));
    const other = Buffer.from(bytes);
    other[5] = (other[5] ?? 0) ^ 1;
    for (const wrong of [other, bytes.subarray(1), Buffer.concat([bytes, bytes])]) {
      const answer = await put(body.uploadUrl, wrong);
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'COAIA-0700' }]);
    }
    await server.send('PATCH', `/media/${id}`, confirm);
    expect((await server.send('GET', `/media/${id}`)).status).toBe(404);
    expect(await readdir(join(server.folder, 'tmp'))).toEqual([]);
    expect((await put(body.uploadUrl, bytes)).status).toBe(200);
    expect((await server.send('GET', `/media/${id}`)).status).toBe(200);
  });

  it('reads ranges, as players ask for them', async () => {
    await upload();
    const { url } = (await server.send('GET', `/media/${id}`)).body;
    const ask = async (range: string) => {
      const answer = await fetch(url, { headers: { range } });
      const content = Buffer.from(await answer.arrayBuffer());
      return [answer.status, answer.headers.get('content-range'), content] as const;
    };
    expect(await ask('bytes=0-1')).toEqual([206, 'bytes 0-1/300000', bytes.subarray(0, 2)]);
    expect(await ask('bytes=299990-')).toEqual([
      206,
      'bytes 299990-299999/300000',
      bytes.subarray(299_990),
    ]);
    expect(await ask('bytes=-5')).toEqual([
      206,
      'bytes 299995-299999/300000',
      bytes.subarray(299_995),
    ]);
    expect((await ask('bytes=300000-')).slice(0, 2)).toEqual([416, 'bytes */300000']);
    expect((await ask('bytes=9-3')).slice(0, 2)).toEqual([200, null]);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '300000']);
  });

  it('saves what a browser could run instead of showing it', async () => {
    const page = Buffer.from('<script>alert(1)</script>');
    for (const contentType of ['text/html', 'image/svg+xml', 'application/javascript']) {
      const mediaId = await upload(
        { contentType },
        Buffer.concat([page, Buffer.from(contentType)]),
      );
      const { url } = (await server.send('GET', `/media/${mediaId}`)).body;
      const { headers } = await fetch(url);
      expect(headers.get('content-type')).toBe(contentType);
      expect(headers.get('content-disposition')).toMatch(/^attachment;/);
      expect(headers.get('content-security-policy')).toContain('sandbox');
    }
  });

  it('ends addresses after an hour, and takes none that was changed or is for something else', async () => {
    const { uploadUrl } = (await server.send('POST', '/media', announce(bytes))).body;
    expect((await fetch(uploadUrl)).status).toBe(403);
    await upload();
    const { url } = (await server.send('GET', `/media/${id}`)).body;
    expect((await put(url, bytes)).status).toBe(403);
    expect((await fetch(`${url}x`)).status).toBe(403);
    expect((await fetch(url.replace(/\/[^/]+$/, '/nonsense'))).status).toBe(403);
    now += 3_600_000;
    expect((await fetch(url)).status).toBe(403);
    expect((await put(uploadUrl, bytes)).status).toBe(403);
  });

  it('keeps projects apart, also for the same bytes', async () => {
    await upload();
    expect((await server.sendAsOther('GET', `/media/${id}`)).status).toBe(404);
    expect((await server.sendAsOther('PATCH', `/media/${id}`, confirm)).status).toBe(404);
    expect((await server.sendAsOther('GET', '/api/v1/media')).body.data).toEqual([]);
    const { body } = await server.sendAsOther('POST', '/media', announce(bytes));
    expect(body.uploadUrl).toEqual(expect.any(String));
  });

  it('keeps a file although a later report says that it failed', async () => {
    await upload();
    const failed = { ...confirm, uploadHttpStatus: 500, uploadHttpError: 'broken' };
    expect((await server.send('PATCH', `/media/${id}`, failed)).status).toBe(200);
    expect((await server.send('GET', `/media/${id}`)).status).toBe(200);
  });

  it.each([
    ['no place', { traceId: null }],
    ['two places', { datasetId: 'd', datasetItemId: 'i' }],
    ['half a dataset item', { traceId: null, datasetId: 'd' }],
    ['an unknown field', { field: 'expectedOutput' }],
    ['an unknown type', { contentType: 'application/x-evil' }],
    ['no bytes', { contentLength: 0 }],
    ['too many bytes', { contentLength: 1_000_000_001 }],
    ['a hash in hex', { sha256Hash: 'a'.repeat(64) }],
    ['a hash with spare bits', { sha256Hash: `${'A'.repeat(42)}B=` }],
  ])('refuses %s', async (_, change) => {
    const { status, body } = await server.send('POST', '/media', announce(bytes, change));
    expect(status).toBe(400);
    expect(body.message).toBe('Invalid request data');
  });

  it('answers 404 to a report about nothing', async () => {
    expect((await server.send('PATCH', '/media/none', confirm)).status).toBe(404);
  });
});
