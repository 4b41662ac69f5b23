import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { z } from 'zod';
import { defineRoute } from '#surface';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASIC, createTestApp, nothing, openTestStore } from './testing.ts';
import type { TestStore } from './testing.ts';

const base = {
  operation: 'test.test',
  summary: 'Test',
  access: 'project',
  needs: nothing,
} as const;

const routes = [
  defineRoute({
    ...base,
    method: 'POST',
    path: '/api/public/json',
    body: z.unknown(),
    handler: async ({ body }) => ({ json: { body } }),
  }),
  defineRoute({
    ...base,
    method: 'POST',
    path: '/api/public/bytes',
    rawBody: true,
    bodyLimit: 1_000_000,
    handler: async ({ body }) => ({ json: { size: (body as Uint8Array).length } }),
  }),
];

describe('bodies', () => {
  let store: TestStore;
  let app: Hono;

  beforeAll(async () => {
    store = await openTestStore();
    app = createTestApp(store, routes);
  });

  afterAll(() => store.close());

  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>, encoding?: string) => {
    const headers = new Headers({ authorization: BASIC });
    if (encoding !== undefined) headers.set('content-encoding', encoding);
    const answer = await app.request(path, { method: 'POST', body, headers });
    return { status: answer.status, value: (await answer.json()) as Record<string, unknown> };
  };

  it('refuses what is not JSON and says why in one sentence', async () => {
    const bad: readonly (string | Uint8Array<ArrayBuffer>)[] = [
      '{',
      '{"a":1,}',
      "{'a':1}",
      '[1 2]',
      'NaN',
      '"\n"',
      '{"a":"\\x"}',
      new Uint8Array([0x22, 0xff, 0x22]),
      new Uint8Array([0x22, 0xc0, 0xaf, 0x22]),
      new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]),
      new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
      new Uint8Array([0, 1, 2]),
    ];
    for (const body of bad) {
      const { status, value } = await post('/api/public/json', body);
      expect([body, status]).toEqual([body, 400]);
      expect(value['error']).toBe('InvalidRequestError');
      expect(value['message']).toMatch(/^The body is not valid (?:JSON|UTF-8)\.$/);
    }
  });

  it('takes a byte order mark, an empty body and lone surrogates', async () => {
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]);
    expect(await post('/api/public/json', marked)).toMatchObject({
      status: 200,
      value: { body: {} },
    });
    expect(await post('/api/public/json', '')).toMatchObject({ status: 200, value: {} });
    expect(await post('/api/public/json', ' \n')).toMatchObject({ status: 200, value: {} });
    expect((await post('/api/public/json', String.raw`"\ud800"`)).status).toBe(200);
  });

  it('bounds the depth and survives a million brackets', async () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect((await post('/api/public/json', nested(200))).status).toBe(200);
    const deep = await post('/api/public/json', nested(201));
    expect([deep.status, deep.value['message']]).toEqual([
      400,
      'The JSON of the body is nested deeper than 200 levels.',
    ]);
    expect((await post('/api/public/json', '{"a":'.repeat(800_000))).status).toBe(400);
  });

  it('drops members that would change the prototype of what they are merged into', async () => {
    const attacks = [
      '{"__proto__":{"polluted":1},"a":{"__proto__":{"polluted":1},"b":2}}',
      String.raw`{"\u005f_proto__":{"polluted":1},"a":{"__pr\u006fto__":{"polluted":1},"b":2}}`,
      String.raw`{"__\u0070roto__":{"polluted":1},"a":{"__prot\u006F__":{"polluted":1},"b":2}}`,
    ];
    for (const text of attacks) {
      const { value } = await post('/api/public/json', text);
      expect(JSON.stringify(value)).toBe('{"body":{"a":{"b":2}}}');
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('reads every encoding that clients use', async () => {
    const text = JSON.stringify({ a: 'ä'.repeat(100) });
    const forms: readonly (readonly [string, Uint8Array<ArrayBuffer>])[] = [
      ['gzip', gzipSync(text)],
      ['x-gzip', gzipSync(text)],
      ['GZIP', gzipSync(text)],
      ['deflate', deflateSync(text)],
      ['deflate', deflateRawSync(text)],
      ['br', brotliCompressSync(text)],
      ['zstd', zstdCompressSync(text)],
      ['identity', Buffer.from(text)],
      ['gzip, identity', gzipSync(text)],
      ['gzip, br', brotliCompressSync(gzipSync(text))],
    ];
    for (const [encoding, body] of forms)
      expect([encoding, (await post('/api/public/json', body, encoding)).status]).toEqual([
        encoding,
        200,
      ]);
  });

  it('refuses damaged and unknown encodings', async () => {
    const whole = gzipSync('{"a":1}');
    for (const body of [whole.subarray(0, -4), Buffer.from('{}'), Buffer.alloc(0)]) {
      const { status, value } = await post('/api/public/json', body, 'gzip');
      expect([status, value['message']]).toEqual([400, 'The body is not valid gzip data.']);
    }
    for (const encoding of ['lzma', 'gzip,gzip,gzip', 'constructor'])
      expect((await post('/api/public/json', whole, encoding)).status).toBe(415);
  });

  it('names the limit it refuses a body for', async () => {
    const large = await post('/api/public/json', `"${'a'.repeat(4_500_000)}"`);
    expect(large).toEqual({
      status: 413,
      value: {
        message: 'The body is larger than the limit of 4.5 MB (4500000 bytes after decompression).',
        error: 'PayloadTooLargeError',
      },
    });
    const own = await post('/api/public/bytes', new Uint8Array(1_000_001));
    expect(own.value['message']).toContain('limit of 1 MB');
    expect((await post('/api/public/bytes', new Uint8Array(1_000_000))).value).toEqual({
      size: 1_000_000,
    });
  });

  it('cuts a bomb off where the limit is, also inside another one', async () => {
    const zeros = Buffer.alloc(32 * 1024 * 1024);
    const bombs: readonly (readonly [string, Uint8Array<ArrayBuffer>])[] = [
      ['gzip', gzipSync(zeros)],
      ['br', brotliCompressSync(zeros)],
      ['zstd', zstdCompressSync(zeros)],
      ['gzip, gzip', gzipSync(gzipSync(zeros))],
    ];
    for (const [encoding, body] of bombs) {
      const before = process.memoryUsage().rss;
      const { status } = await post('/api/public/bytes', body, encoding);
      expect([encoding, status]).toEqual([encoding, 413]);
      expect(process.memoryUsage().rss - before).toBeLessThan(24 * 1024 * 1024);
    }
  });
});
