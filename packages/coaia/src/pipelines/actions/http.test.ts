/** What the action http calls, and what it refuses to. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabases } from '#store/testing';
import { openTestPipelines } from '../testing.ts';
import type { TestPipelines } from '../testing.ts';

const [kind] = openTestDatabases();
if (kind === undefined) throw new TypeError('there is no test store');
const { open } = kind;

let all: TestPipelines;
const closers: (() => void)[] = [];
beforeEach(async () => {
  all = await openTestPipelines(await open());
});
afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await all.close();
});

const run = async (action: string, input: unknown, more = {}) =>
  all.finish(await all.start([{ id: 'a', name: 'A', action, with: input, ...more }]));
const only = async (traceId: string) => (await all.observations(traceId))[0];

async function listen(handler: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handler ?? (() => undefined));
  closers.push(() => server.close());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('http', () => {
  test('is off until the project allows it', async () => {
    const seen: string[] = [];
    const url = await listen((request, response) => {
      seen.push(request.url ?? '');
      response.end();
    });
    const denied = await run('http', { url });
    expect(denied.error).toMatchObject({ code: 'COAIA-5102', hint: 'coaia pipeline allow http' });
    await all.allow('http');
    expect((await run('http', { url })).error).toMatchObject({
      code: 'COAIA-5103',
      message: expect.stringContaining('private network'),
    });
    expect(seen).toEqual([]);
  });

  test.each([
    'http://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://[::1]:PORT',
    'http://[::ffff:127.0.0.1]:PORT',
    'http://[::ffff:7f00:1]:PORT',
    'http://2130706433:PORT',
    'http://0x7f.1:PORT',
    'http://127.1:PORT',
    'http://0:PORT',
    'http://①②⑦.0.0.1:PORT',
    'http://169.254.169.254/latest/meta-data',
    'http://10.0.0.1',
    'http://[fd00::1]',
    'file:///etc/passwd',
    'ftp://127.0.0.1',
    'http://user:secret@127.0.0.1:PORT',
  ])('%s is refused', async (spelled) => {
    await all.allow('http');
    let asked = 0;
    const url = await listen((_, response) => {
      asked++;
      response.end();
    });
    const { state } = await run('http', {
      url: spelled.replace('PORT', new URL(url).port),
      timeout: '1s',
    });
    expect([state, asked]).toEqual(['failed', 0]);
  });

  test('sends what it is told and answers status and body; keys are not recorded', async () => {
    await all.allow('http', 'private');
    const url = await listen((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(201, { 'content-type': 'application/json' });
        const { authorization, 'idempotency-key': key } = request.headers;
        const said = Buffer.concat(chunks).toString();
        response.end(JSON.stringify({ said, isKnown: authorization === 'Bearer abcdef', key }));
      });
    });
    const { output, traceId, id } = await run('http', {
      url,
      method: 'post',
      headers: { Authorization: 'Bearer abcdef' },
      body: { a: 1 },
    });
    expect(output?.result).toEqual({
      status: 201,
      content_type: 'application/json',
      body: { said: '{"a":1}', isKnown: true, key: `${id}:a` },
    });
    const seen = await only(traceId);
    expect(seen).toMatchObject({ type: 'TOOL', input: { headers: { Authorization: '***' } } });
  });

  test('failing statuses, long answers, redirects and silence are failures', async () => {
    await all.allow('http', 'private');
    let tries = 0;
    const url = await listen((request, response) => {
      tries++;
      if (request.url === '/long') response.end('x'.repeat(2000));
      else if (request.url === '/away') {
        response.writeHead(302, { location: 'http://127.0.0.1/' });
        response.end();
      } else if (request.url !== '/silent') {
        response.writeHead(tries === 1 ? 503 : 200);
        response.end('so');
      }
    });
    const retried = await run('http', { url }, { retry: { attempts: 2, backoff: '10ms' } });
    expect(retried.output?.result).toMatchObject({ status: 200 });
    for (const path of ['/long', '/away'])
      expect((await run('http', { url: url + path, max_bytes: 1000 })).error).toMatchObject({
        code: 'COAIA-5103',
      });
    expect((await run('http', { url: `${url}/silent`, timeout: '50ms' })).error).toMatchObject({
      code: 'COAIA-0603',
    });
    expect((await run('http', { url: `${url}/away`, expect: 302 })).state).toBe('succeeded');
  });
});
