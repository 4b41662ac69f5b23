import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEgress } from '#egress';
import type { Egress } from '#egress';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlobStore } from './blob-store.ts';
import { openS3Blobs } from './s3-blobs.ts';
import { toObjectUrl } from './s3-location.ts';
import type { S3Location } from './s3-location.ts';
import { describeBlobStore } from './testing/blob-store.testsuite.ts';
import { openS3StandIn } from './testing/s3-stand-in.ts';
import type { S3StandIn } from './testing/s3-stand-in.ts';

async function openDoor(offline = false): Promise<{ egress: Egress; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'coaia-s3-'));
  const ledgerPath = join(folder, 'egress.jsonl');
  return { egress: createEgress({ offline, ledgerPath, env: {} }), folder };
}

async function openStandIn() {
  const [{ egress, folder }, s3] = await Promise.all([openDoor(), openS3StandIn()]);
  const open = (change: Partial<S3Location> = {}): BlobStore =>
    openS3Blobs(
      { ...s3.location, ...change },
      { send: (url, init) => egress.fetch('blobs', url, init) },
    );
  const close = async () => {
    egress.close();
    await s3.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { s3, open, close };
}

describeBlobStore('an S3-compatible bucket', async () => {
  const { s3, open, close } = await openStandIn();
  return {
    blobs: open({ prefix: 'a-prefix@1/' }),
    list: async () => [...s3.objects.keys()].map((key) => key.replace('a-prefix@1/', '')),
    close,
  };
});

const BYTES = randomBytes(3000);
const expected = {
  sha256: createHash('sha256').update(BYTES).digest('hex'),
  length: BYTES.length,
};
async function* give(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

describe('a bucket', () => {
  let s3: S3StandIn;
  let open: (change?: Partial<S3Location>) => BlobStore;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ s3, open, close } = await openStandIn());
  });
  afterEach(() => close());

  it.each([
    [{ secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
    [{ accessKeyId: 'AKIAOTHER' }, 'InvalidAccessKeyId'],
    [{ region: 'us-east-1' }, 'AuthorizationHeaderMalformed'],
    [{ bucket: 'not-there' }, 'NoSuchBucket'],
  ])('says why it was refused with %j', async (change, code) => {
    const write = open(change).write('x', give(BYTES), expected);
    await expect(write).rejects.toMatchObject({
      code: 'COAIA-0703',
      message: expect.stringContaining(code),
    });
    expect(s3.objects.size).toBe(0);
  });

  it('names a storage that is away, and one that is forbidden', async () => {
    const blobs = open();
    await s3.close();
    await expect(blobs.find('x')).rejects.toMatchObject({ code: 'COAIA-0704' });
    const { egress, folder } = await openDoor(true);
    const away = openS3Blobs(
      { ...s3.location, endpoint: 'https://storage.example' },
      { send: (url, init) => egress.fetch('blobs', url, init) },
    );
    await expect(away.find('x')).rejects.toMatchObject({ code: 'COAIA-0601' });
    egress.close();
    await rm(folder, { recursive: true });
  });

  it('asks again when it is busy, but sends no stream twice', async () => {
    const blobs = open();
    await blobs.write('x', give(BYTES), expected);
    s3.failNext(503, 2);
    expect(await blobs.find('x')).toBe(3000);
    s3.failNext(503);
    await expect(blobs.write('x', give(BYTES), expected)).rejects.toMatchObject({
      code: 'COAIA-0703',
    });
  });

  it('gives addresses that allow one upload and one download, and nothing else', async () => {
    const { direct } = open();
    const put = await direct!.toUploadAddress('up', { contentType: 'image/png', expected }, 60);
    const checksum = createHash('sha256').update(BYTES).digest('base64');
    const headers = { 'content-type': 'image/png', 'x-amz-checksum-sha256': checksum };
    const other = randomBytes(3000);
    for (const [body, change] of [
      [other, {}],
      [BYTES, { 'content-type': 'text/html' }],
      [other, { 'x-amz-checksum-sha256': createHash('sha256').update(other).digest('base64') }],
      [BYTES.subarray(1), {}],
    ] as const) {
      const answer = await fetch(put, { method: 'PUT', body, headers: { ...headers, ...change } });
      expect(answer.ok).toBe(false);
    }
    expect(s3.objects.size).toBe(0);
    expect((await fetch(put, { method: 'PUT', body: BYTES, headers })).status).toBe(200);
    expect((await fetch(put)).status).toBe(403);
    const file = { contentType: 'text/plain', disposition: 'attachment; filename="a b.txt"' };
    const get = await direct!.toDownloadAddress('up', file, 60);
    const answer = await fetch(get);
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(answer.headers.get('content-disposition')).toBe(file.disposition);
    expect(Buffer.from(await answer.arrayBuffer()).equals(BYTES)).toBe(true);
    expect((await fetch(get.replace('/up?', '/other?'))).status).toBe(403);
  });

  it('makes addresses that end', async () => {
    const get = await open().direct!.toDownloadAddress(
      'up',
      { contentType: 'text/plain', disposition: 'inline' },
      3,
    );
    expect((await fetch(get)).status).toBe(404);
    await new Promise((resolve) => {
      setTimeout(resolve, 4100);
    });
    expect((await fetch(get)).status).toBe(403);
  });

  it.each([
    { bucket: 'No' },
    { region: '' },
    { prefix: 'no-slash' },
    { prefix: '../' },
    { endpoint: 'ftp://host' },
    { endpoint: 'http://host/path' },
    { secretAccessKey: '' },
  ])('refuses the setting %j', (change) => {
    expect(() => open(change)).toThrow(expect.objectContaining({ code: 'COAIA-0705' }) as Error);
  });
});

it.each([
  [{}, 'https://bucket-a.s3.eu-west-1.amazonaws.com/k'],
  [{ pathStyle: true }, 'https://s3.eu-west-1.amazonaws.com/bucket-a/k'],
  [{ bucket: 'my.bucket' }, 'https://s3.eu-west-1.amazonaws.com/my.bucket/k'],
  [{ endpoint: 'https://r2.example', prefix: 'p/' }, 'https://bucket-a.r2.example/p/k'],
  [{ endpoint: 'http://127.0.0.1:9', pathStyle: true }, 'http://127.0.0.1:9/bucket-a/k'],
])('%j has its objects at %s', (change, address) => {
  const location = {
    bucket: 'bucket-a',
    region: 'eu-west-1',
    accessKeyId: 'a',
    secretAccessKey: 's',
    ...change,
  };
  expect(toObjectUrl(location, 'k').href).toBe(address);
});
