/** The commands about media and exports against a running server that keeps files in a bucket, in both ways. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openS3StandIn } from '../../packages/coaia/src/blobs/testing/s3-stand-in.ts';
import type { S3StandIn } from '../../packages/coaia/src/blobs/testing/s3-stand-in.ts';
import { runCoaia } from '../../packages/coaia/src/cli/testing.ts';
import { event, openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { createPlace, DATABASES } from './places.ts';
import type { Place } from './places.ts';

const BYTES = Buffer.concat([Buffer.from('%PDF-1.7'), randomBytes(3_000_000)]);
const SHA256 = createHash('sha256').update(BYTES);
const ID = SHA256.digest('base64url').slice(0, 22);
const TOKEN = `@@@langfuseMedia:type=application/pdf|id=${ID}|source=file@@@`;

describe.each(DATABASES)('on %s', (kind) => {
  let place: Place;
  let s3: S3StandIn;
  let server: ApiServer;
  let home = '';
  beforeEach(async () => {
    place = await createPlace(kind);
    s3 = await openS3StandIn();
    home = mkdtempSync(join(tmpdir(), 'coaia-remote-'));
    writeFileSync(join(home, 'paper.pdf'), BYTES);
  });
  afterEach(async () => {
    await server.stop();
    await s3.close();
    await place.remove();
    rmSync(home, { recursive: true, force: true });
  });

  async function start(more: Record<string, string> = {}): Promise<void> {
    const { bucket, endpoint = '', region, accessKeyId, secretAccessKey } = s3.location;
    const bucketEnv = {
      COAIA_S3_BUCKET: bucket,
      COAIA_S3_ENDPOINT: endpoint,
      COAIA_S3_REGION: region,
      COAIA_S3_ACCESS_KEY_ID: accessKeyId,
      COAIA_S3_SECRET_ACCESS_KEY: secretAccessKey,
      COAIA_EXPORT_HOSTS: '127.0.0.1',
    };
    server = await openApiServer({ ...place, env: { ...place.env, ...bucketEnv, ...more } });
  }

  const run = (line: string, more: Record<string, string> = {}) =>
    runCoaia(line, {
      home,
      env: {
        LANGFUSE_HOST: server.url,
        LANGFUSE_PUBLIC_KEY: server.publicKey,
        LANGFUSE_SECRET_KEY: server.secretKey,
        ...more,
      },
    });

  test.each([
    ['through the server', '0'],
    ['straight to the bucket', '1'],
  ])('a file goes %s and back, and the span stays what it was', async (_, isDirect) => {
    await start({ COAIA_S3_DIRECT: isDirect });
    const startTime = '2026-01-01T00:00:00.000Z';
    const span = { id: 'o1', traceId: 't1', name: 'step', startTime, input: 'before' };
    await server.ingest([event('trace-create', { id: 't1' }), event('span-create', span)]);
    expect(await run('fuse media upload paper.pdf t1 -o o1')).toMatchObject({
      code: 0,
      stderr: '',
    });
    const { body } = await server.read('/observations/o1');
    expect(body).toMatchObject({ type: 'SPAN', startTime, input: `before\n${TOKEN}` });
    expect([...s3.objects.values()].map(({ bytes }) => bytes.equals(BYTES))).toEqual([true]);
    const { url } = JSON.parse((await run(`fuse media get ${ID} --json`)).stdout) as {
      url: string;
    };
    expect(url.startsWith(s3.location.endpoint ?? '?')).toBe(isDirect === '1');
    expect(await run(`fuse media download ${ID} -o copy.pdf`)).toMatchObject({ code: 0 });
    expect(readFileSync(join(home, 'copy.pdf')).equals(BYTES)).toBe(true);
    const again = await run('fuse media upload paper.pdf t1 --json');
    expect(JSON.parse(again.stdout)).toMatchObject({ upload_time_ms: 0, media_token: TOKEN });
    const list = JSON.parse((await run('fuse media list --trace-id t1 --json')).stdout) as {
      readonly data: readonly unknown[];
    };
    expect(list.data).toHaveLength(2);
  });

  test('a server whose bucket refuses it attaches nothing', async () => {
    await start({ COAIA_S3_DIRECT: '1', COAIA_S3_SECRET_ACCESS_KEY: 'wrong' });
    const { code, stdout, stderr } = await run('fuse media upload paper.pdf t1');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('(status 403)');
    expect((await server.read('/traces/t1')).status).toBe(404);
    expect(s3.objects.size).toBe(0);
  });

  test('a project is exported into a bucket', async () => {
    await start();
    const timestamp = '2026-01-01T10:00:00.000Z';
    await server.ingest([event('trace-create', { id: 't1', timestamp })]);
    const { bucket, endpoint = '', region, accessKeyId, secretAccessKey } = s3.location;
    const keys = {
      COAIA_EXPORT_ACCESS_KEY_ID: accessKeyId,
      COAIA_EXPORT_SECRET_ACCESS_KEY: secretAccessKey,
    };
    const words = `export set ${bucket} --endpoint ${endpoint} --region ${region} --prefix out/`;
    expect(await run(`${words} --format CSV --plain`, keys)).toMatchObject({ code: 0, stderr: '' });
    const done = await run('export run --json');
    expect(JSON.parse(done.stdout)).toMatchObject([{ windowTo: '2026-01-02T00:00:00.000Z' }]);
    const file = s3.objects.get('out/default/traces/2026-01-02T00-00-00Z.csv');
    expect(file?.bytes.toString().split('\r\n')[1]).toMatch(/^t1,2026-01-01T10:00:00.000Z,/);
    const shown = JSON.parse((await run('export show --json')).stdout) as Record<string, unknown>;
    expect(shown).toMatchObject({ syncStatus: 'up_to_date', fileType: 'CSV', compressed: false });
    expect(JSON.stringify(shown)).not.toContain(secretAccessKey);
    expect(await run('export delete --yes')).toMatchObject({ code: 0 });
    expect((await run('export show')).stdout).toContain('no export');
  });
});
