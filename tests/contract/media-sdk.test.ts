/** Files through the official SDK 3: it finds them in payloads, uploads them, and leaves references. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as Sdk from 'langfuse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';

// Its ESM build cannot hash; the CommonJS one can.
const sdk = createRequire(import.meta.url)('langfuse') as typeof Sdk;

let server: ApiServer;
beforeAll(async () => {
  server = await openApiServer();
});
afterAll(() => server.stop());

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const ID = createHash('sha256').update(PNG).digest('base64url').slice(0, 22);
const REFERENCE = `@@@langfuseMedia:type=image/png|id=${ID}|source=base64_data_uri@@@`;

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
