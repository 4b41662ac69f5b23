/** Uploads through another server: what goes where, with what, and what happens when the storage says no. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCoaia } from '#cli/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLangfuseStub } from '../../testing/langfuse-stub.ts';
import type { LangfuseStub } from '../../testing/langfuse-stub.ts';
import { checkAddress } from '../upload-address.ts';

const WAV = Buffer.concat([Buffer.from('RIFF0000WAVE'), randomBytes(200_000)]);
const HASH = createHash('sha256').update(WAV).digest('base64');
const ID = createHash('sha256').update(WAV).digest('base64url').slice(0, 22);
const TOKEN = `@@@langfuseMedia:type=audio/wav|id=${ID}|source=file@@@`;
const TRACE = { id: 't1', input: { question: 'hi' }, observations: [], scores: [] };
const SPAN = {
  id: 'o1',
  traceId: 't1',
  type: 'SPAN',
  startTime: '2026-01-01T00:00:00Z',
  input: 'before',
};

interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

let home: string;
let storage: Server;
let port = 0;
let status = 200;
let arrived: Arrived[] = [];
let stub: LangfuseStub;
let uploadUrl: string | null = null;
let patchStatus = 200;
let refusedTypes: readonly string[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'coaia-upload-'));
  await writeFile(join(home, 'talk.wav'), WAV);
  [status, patchStatus, arrived, refusedTypes] = [200, 200, [], []];
  storage = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      arrived.push({ method, url, headers, bytes: Buffer.concat(chunks) });
      response.writeHead(status, status === 302 ? { location: 'http://192.0.2.1/x' } : {});
      response.end(status === 403 ? '<Error><Code>AccessDenied</Code></Error>' : '');
    });
  });
  await new Promise<void>((resolve) => {
    storage.listen(0, '127.0.0.1', resolve);
  });
  ({ port } = storage.address() as AddressInfo);
  uploadUrl = `http://127.0.0.1:${port}/bucket/key?X-Amz-Signature=abc`;
  stub = await openLangfuseStub(({ method, url, body }) => {
    if (method === 'POST' && url === '/api/public/media') {
      const { contentType } = body as { readonly contentType: string };
      if (refusedTypes.includes(contentType)) return { status: 400, json: { message: 'bad type' } };
      return { status: 201, json: { mediaId: ID, uploadUrl } };
    }
    if (method === 'PATCH') return { status: patchStatus, json: { message: 'OK' } };
    if (url === '/api/public/traces/t1') return { json: TRACE };
    if (url === '/api/public/observations/o1') return { json: SPAN };
    if (url.startsWith('/api/public/traces/')) return { status: 404, json: { message: 'no' } };
    return undefined;
  });
});
afterEach(async () => {
  storage.closeAllConnections();
  storage.close();
  await stub.close();
  await rm(home, { recursive: true, force: true });
});

const run = (line: string, env: Record<string, string> = {}) =>
  runCoaia(line, { home, env: { ...stub.env, ...env } });
const sent = (method: string) =>
  stub.calls
    .filter((call) => call.method === method && call.url.includes('media'))
    .map(({ body }) => body);

it('announces, sends without keys, confirms, and adds the reference', async () => {
  const { code, stdout, stderr } = await run('fuse media upload talk.wav t1 --json');
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ success: true, media_id: ID, media_token: TOKEN });
  expect(sent('POST')).toEqual([
    {
      traceId: 't1',
      field: 'input',
      contentType: 'audio/wav',
      contentLength: WAV.length,
      sha256Hash: HASH,
    },
  ]);
  const [put] = arrived;
  expect(put).toMatchObject({
    method: 'PUT',
    url: '/bucket/key?X-Amz-Signature=abc',
    headers: {
      'content-type': 'audio/wav',
      'x-amz-checksum-sha256': HASH,
      'content-length': String(WAV.length),
      'x-ms-blob-type': 'BlockBlob',
    },
  });
  expect(put?.bytes.equals(WAV)).toBe(true);
  expect(put?.headers).not.toHaveProperty('authorization');
  expect(sent('PATCH')).toMatchObject([{ uploadHttpStatus: 200 }]);
  expect(stub.events()).toMatchObject([{ type: 'trace-create' }]);
  expect(stub.events()[0]?.body).toEqual({ id: 't1', input: { question: 'hi', media: TOKEN } });
});

it('updates a span by its own kind of event, with the one field', async () => {
  expect((await run('fuse media upload talk.wav t1 -o o1')).code).toBe(0);
  const [event] = stub.events();
  expect(event?.type).toBe('span-update');
  expect(event?.body).toEqual({ id: 'o1', traceId: 't1', input: `before\n${TOKEN}` });
});

it('sends nothing that is stored already, and still attaches it', async () => {
  uploadUrl = null;
  expect((await run('fuse media upload talk.wav t1')).code).toBe(0);
  expect(arrived).toEqual([]);
  expect(sent('PATCH')).toEqual([]);
  expect(stub.events()).toHaveLength(1);
});

it.each([201, 204])('takes status %i of the storage as good', async (good) => {
  status = good;
  expect((await run('fuse media upload talk.wav t1')).code).toBe(0);
  expect(sent('PATCH')).toMatchObject([{ uploadHttpStatus: good === 201 ? 201 : 200 }]);
});

it.each([403, 302, 500])(
  'attaches nothing after status %i, says so and ends with 1',
  async (bad) => {
    status = bad;
    const { code, stdout, stderr } = await run('fuse media upload talk.wav t1 --json');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(String(bad));
    expect(stub.events()).toEqual([]);
    expect(arrived).toHaveLength(1);
    expect(sent('PATCH')).toMatchObject([{ uploadHttpStatus: bad }]);
  },
);

it('attaches nothing when nobody answers, or the report is refused', async () => {
  uploadUrl = 'http://127.0.0.1:1/x';
  expect((await run('fuse media upload talk.wav t1')).code).toBe(1);
  uploadUrl = `http://127.0.0.1:${port}/x`;
  patchStatus = 500;
  expect((await run('fuse media upload talk.wav t1')).code).not.toBe(0);
  expect(stub.events()).toEqual([]);
});

it('reaches any host the server names: a regional one of S3, through the proxy that is set', async () => {
  const host = 'bucket.s3.eu-west-1.amazonaws.com';
  uploadUrl = `http://${host}/key`;
  const proxy = { HTTP_PROXY: `http://127.0.0.1:${port}` };
  expect((await run('fuse media upload talk.wav t1', proxy)).code).toBe(7);
  expect(arrived).toEqual([]);
  const env = { ...proxy, COAIA_MEDIA_HTTP_HOSTS: `other.example, ${host}` };
  expect(await run('fuse media upload talk.wav t1', env)).toMatchObject({ code: 0, stderr: '' });
  expect(arrived[0]).toMatchObject({ method: 'PUT', url: `http://${host}/key` });
  expect(arrived[0]?.headers).not.toHaveProperty('authorization');
});

it('gives a guessed type up when the server does not take it, but not a given one', async () => {
  refusedTypes = ['audio/wav'];
  expect((await run('fuse media upload talk.wav t1 -c audio/wav')).code).toBe(1);
  const { stdout } = await run('fuse media upload talk.wav t1 --json');
  expect(JSON.parse(stdout)).toMatchObject({
    media_token: expect.stringContaining('type=application/octet-stream|'),
  });
});

it('attaches to a trace that the server does not know yet', async () => {
  expect((await run('fuse media upload talk.wav t2 -f metadata')).code).toBe(0);
  expect(stub.events()[0]?.body).toEqual({ id: 't2', metadata: { media: TOKEN } });
});

describe('a file of the web', () => {
  const env = () => ({ COAIA_MEDIA_HTTP_HOSTS: `127.0.0.1:${webPort}` });
  let web: Server;
  let webPort = 0;
  let asked: string[] = [];
  beforeEach(async () => {
    asked = [];
    web = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization ?? 'no keys'}`);
      if (request.url === '/moved') response.writeHead(302, { location: '/talk?x=1' }).end();
      else if (request.url === '/inside')
        response.writeHead(302, { location: 'http://127.0.0.2:1/x' }).end();
      else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else if (request.url === '/gone') response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'audio/flac; a=b' }).end(WAV);
    });
    await new Promise<void>((resolve) => {
      web.listen(0, '127.0.0.1', resolve);
    });
    webPort = (web.address() as AddressInfo).port;
  });
  afterEach(() => {
    web.closeAllConnections();
    web.close();
  });
  const attach = (path: string, more = '', vars = env()) =>
    run(`fuse media attach-url http://127.0.0.1:${webPort}${path} t1 --json ${more}`, vars);

  it('is loaded without keys, also behind a redirect, and attached', async () => {
    const { code, stdout, stderr } = await attach('/moved');
    expect([code, stderr]).toEqual([0, '']);
    const token = `@@@langfuseMedia:type=audio/flac|id=${ID}|source=file@@@`;
    expect(JSON.parse(stdout)).toMatchObject({ success: true, media_token: token });
    expect(asked).toEqual(['/moved no keys', '/talk?x=1 no keys']);
    expect(arrived[0]?.bytes.equals(WAV)).toBe(true);
    expect(stub.events()[0]?.body).toEqual({ id: 't1', input: { question: 'hi', media: token } });
  });

  it.each([
    ['/gone', '', '404'],
    ['/loop', '', 'too often'],
    ['/inside', '', 'private network'],
    ['/talk', '--max-mb 0.1', 'more than 100000 bytes'],
  ])('attaches nothing of %s %s: %s', async (path, more, reason) => {
    const { code, stdout, stderr } = await attach(path, more);
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining(reason),
    });
    expect([arrived, stub.events()]).toEqual([[], []]);
  });

  it('is not loaded from a private network that nobody allowed', async () => {
    const { code, stderr } = await attach('/talk', '', { COAIA_MEDIA_HTTP_HOSTS: 'other' });
    expect([code, stderr]).toEqual([1, expect.stringContaining('private network')]);
    const named = `fuse media attach-url http://localhost:${webPort}/talk t1`;
    expect((await run(named)).stderr).toContain('private network');
    expect(asked).toEqual([]);
  });
});

describe('an address', () => {
  const known = { baseUrl: 'http://langfuse.internal:3000', httpHosts: ['minio'] };
  it.each([
    'https://bucket.s3.eu-central-1.amazonaws.com/k?X-Amz-Signature=1',
    'https://x.blob.core.windows.net/c/k?sig=1',
    'http://127.0.0.1:9000/b/k',
    'http://localhost:9000/b/k',
    'http://langfuse.internal:9000/b/k',
    'http://minio:9000/b/k',
  ])('%s is good', (address) => {
    expect(() => checkAddress(address, known)).not.toThrow();
  });
  it.each([
    'http://minio.example/b/k',
    'http://169.254.169.254/latest',
    'file:///etc/passwd',
    'https://user:pass@host/k',
    'ftp://host/k',
    'nonsense',
  ])('%s is not', (address) => {
    expect(() => checkAddress(address, known)).toThrow(
      expect.objectContaining({ code: 'COAIA-1113' }) as Error,
    );
  });
});
