/** Files through the official SDK 3: it finds them in payloads, uploads them, and leaves references. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as Sdk from 'langfuse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openS3StandIn } from '../../packages/coaia/src/blobs/testing/s3-stand-in.ts';
import type { S3StandIn } from '../../packages/coaia/src/blobs/testing/s3-stand-in.ts';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';

// Its ESM build cannot hash; the CommonJS one can.
const sdk = createRequire(import.meta.url)('langfuse') as typeof Sdk;

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const ID = createHash('sha256').update(PNG).digest('base64url').slice(0, 22);
const REFERENCE = `@@@langfuseMedia:type=image/png|id=${ID}|source=base64_data_uri@@@`;

/** Where the bytes go: through the server into its folder, or straight into a bucket under presigned addresses. */
describe.each(['a folder', 'a bucket'])('with files in %s', (kind) => {
  let server: ApiServer;
  let s3: S3StandIn;
  beforeAll(async () => {
    s3 = await openS3StandIn();
    const { bucket, endpoint = '', region, accessKeyId, secretAccessKey } = s3.location;
    const env = {
      COAIA_S3_BUCKET: bucket,
      COAIA_S3_ENDPOINT: endpoint,
      COAIA_S3_REGION: region,
      COAIA_S3_ACCESS_KEY_ID: accessKeyId,
      COAIA_S3_SECRET_ACCESS_KEY: secretAccessKey,
      COAIA_S3_DIRECT: '1',
    };
    server = await openApiServer(kind === 'a folder' ? {} : { env });
  });
  afterAll(async () => {
    await server.stop();
    expect(s3.objects.size).toBe(kind === 'a folder' ? 0 : 1);
    await s3.close();
  });

  async function trace(input: (base64: string) => unknown): Promise<string> {
    const { url: baseUrl, publicKey, secretKey } = server;
    const langfuse = new sdk.Langfuse({ baseUrl, publicKey, secretKey });
    const { id } = langfuse.trace({ name: 'picture', input: input(PNG.toString('base64')) });
    await langfuse.flushAsync();
    await langfuse.shutdownAsync();
    return id;
  }

  async function findMedia(): Promise<{ readonly url: string }> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const { status, body } = await server.read(`/media/${ID}`);
      if (status === 200) return body as { url: string };
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
    throw new Error('the SDK uploaded nothing');
  }

  test('a data URI in an input is uploaded and replaced by its reference', async () => {
    const id = await trace((base64) => ({
      messages: [{ role: 'user', content: `data:image/png;base64,${base64}` }],
    }));
    const { url } = await findMedia();
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true);
    const { body } = await server.read(`/traces/${id}`);
    expect(body.input).toEqual({ messages: [{ role: 'user', content: REFERENCE }] });
    const list = await server.read(`/api/v1/media?traceId=${id}`);
    expect(list.body.data).toMatchObject([{ mediaId: ID, field: 'input', traceId: id }]);
  });

  test('the same file in a second trace is not uploaded again, and is listed there too', async () => {
    const id = await trace((base64) => `data:image/png;base64,${base64}`);
    const list = await server.read(`/api/v1/media?traceId=${id}`);
    expect(list.body.data).toMatchObject([{ mediaId: ID, traceId: id }]);
  });

  test('the SDK puts the bytes back where the reference stands', async () => {
    const { url: baseUrl, publicKey, secretKey } = server;
    const langfuse = new sdk.Langfuse({ baseUrl, publicKey, secretKey });
    const resolved = await langfuse.resolveMediaReferences({
      resolveWith: 'base64DataUri',
      obj: { picture: REFERENCE },
    });
    expect(resolved).toEqual({ picture: `data:image/png;base64,${PNG.toString('base64')}` });
    await langfuse.shutdownAsync();
  });
});
