import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { isCoaiaError, version } from '#base';
import { createEgress, toUnreachable } from './egress.ts';
import type { Egress, EgressOptions } from './egress.ts';

const toCaught = (error: unknown) => error;

const open: (Server | Egress)[] = [];
const folders: string[] = [];

afterEach(() => {
  for (const one of open.splice(0)) one.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  open.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });
}

function door(options: Partial<EgressOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-egress-'));
  folders.push(folder);
  const ledgerPath = join(folder, 'logs', 'egress.jsonl');
  const egress = createEgress({ offline: false, ledgerPath, env: {}, ...options });
  open.push(egress);
  const lines = () =>
    readFileSync(ledgerPath, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { egress, lines, ledgerPath };
}

describe('calls', () => {
  test('what cannot be recorded fails; on this machine it is made when somebody is told', async () => {
    const base = await listen((_, response) => response.end('ok'));
    const ledgerPath = '/dev/null/egress.jsonl';
    await expect(door({ ledgerPath }).egress.fetch('test', base)).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
    const told: unknown[] = [];
    const onUnrecorded = (error: unknown) => told.push(error);
    const { egress } = door({ ledgerPath, onUnrecorded });
    expect(await (await egress.fetch('test', base)).text()).toBe('ok');
    expect(told).toMatchObject([{ code: 'ENOTDIR' }]);
    const away = door({ ledgerPath, onUnrecorded, offline: true });
    await expect(away.egress.fetch('test', 'http://192.0.2.1')).rejects.toMatchObject({
      code: 'ENOTDIR',
    });
  });

  test('sends method, body and headers and records host and status only', async () => {
    const base = await listen((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(207, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({
            method: request.method,
            agent: request.headers['user-agent'],
            body: Buffer.concat(chunks).toString(),
          }),
        );
      });
    });
    const { egress, lines, ledgerPath } = door();
    const answer = await egress.fetch('test', `${base}/secret-path?token=t0ken`, {
      method: 'POST',
      body: 'héllo',
      headers: { authorization: 'Basic c2VjcmV0' },
    });
    expect(answer.status).toBe(207);
    expect(await answer.json()).toEqual({
      method: 'POST',
      agent: `coaia/${version}`,
      body: 'héllo',
    });
    const [line] = lines();
    expect(line).toMatchObject({
      reason: 'test',
      method: 'POST',
      host: base.slice('http://'.length),
      status: 207,
    });
    const text = readFileSync(ledgerPath, 'utf8');
    expect(text).not.toMatch(/secret|t0ken|c2VjcmV0|Basic/);
    expect(statSync(ledgerPath).mode & 0o777).toBe(0o600);
  });

  test('sends streams as they are read, and cuts off what its source cuts off', async () => {
    const seen: string[] = [];
    const base = await listen((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        seen.push(`${request.headers['content-length'] ?? 'chunked'} ${text}`);
        response.end();
      });
      request.on('error', () => seen.push(`cut off after ${text}`));
    });
    const { egress } = door();
    async function* pieces(fails: boolean): AsyncGenerator<Uint8Array> {
      yield Buffer.from('one ');
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
      if (fails) throw new Error('no more');
      yield Buffer.from('two');
    }
    const send = (body: ReadableStream | Blob, headers = {}) =>
      egress.fetch('test', base, { method: 'PUT', body, headers });
    await send(ReadableStream.from(pieces(false)), { 'content-length': '7' });
    await send(ReadableStream.from(pieces(false)));
    await send(new Blob(['three']));
    await expect(
      send(ReadableStream.from(pieces(true)), { 'content-length': '7' }),
    ).rejects.toThrow('no more');
    await expect.poll(() => seen).toHaveLength(4);
    expect(seen).toEqual(['7 one two', 'chunked one two', '5 three', 'cut off after one ']);
  });

  test('decodes gzip and does not follow redirects', async () => {
    const base = await listen((request, response) => {
      if (request.url === '/away') {
        response.writeHead(302, { location: 'http://192.0.2.1/' });
        response.end();
      } else {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync('packed'));
      }
    });
    const { egress } = door();
    expect(await (await egress.fetch('test', `${base}/`)).text()).toBe('packed');
    expect((await egress.fetch('test', `${base}/away`)).status).toBe(302);
  });

  test('asks the caller which address a name has', async () => {
    const base = await listen((_, response) => response.end('ok'));
    const named = base.replace('127.0.0.1', 'somewhere.localhost');
    const { egress } = door();
    const refuse: LookupFunction = (name, _, callback) =>
      callback(Object.assign(new Error(name), { code: 'EPRIVATE' }), '');
    await expect(egress.fetch('test', named, { lookup: refuse })).rejects.toMatchObject({
      code: 'EPRIVATE',
      message: 'somewhere.localhost',
    });
    const lookup: LookupFunction = (_, { all }, callback) => {
      if (all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
      else callback(null, '127.0.0.1', 4);
    };
    expect(await (await egress.fetch('test', named, { lookup })).text()).toBe('ok');
  });

  test('never sends a loopback call to a proxy', async () => {
    const base = await listen((_, response) => response.end('direct'));
    const proxy = await listen((_, response) => response.end('proxied'));
    const { egress } = door({ env: { HTTP_PROXY: proxy, http_proxy: proxy, ALL_PROXY: proxy } });
    expect(await (await egress.fetch('test', base)).text()).toBe('direct');
  });

  test('honours HTTP_PROXY and NO_PROXY for other hosts', async () => {
    const proxy = await listen((request, response) => response.end(`via proxy: ${request.url}`));
    const through = door({ env: { HTTP_PROXY: proxy } });
    const answer = await through.egress.fetch('test', 'http://coaia.invalid/x');
    expect(await answer.text()).toBe('via proxy: http://coaia.invalid/x');
    const around = door({ env: { HTTP_PROXY: proxy, NO_PROXY: 'coaia.invalid' } });
    await expect(around.egress.fetch('test', 'http://coaia.invalid/x')).rejects.toMatchObject({
      code: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
    });
  });
});

describe('refusals', () => {
  test('offline refuses what leaves the machine, records it, and lets loopback pass', async () => {
    const base = await listen((_, response) => response.end('ok'));
    const { egress, lines } = door({ offline: true });
    const refused = await egress.fetch('test', 'https://example.com/x').catch(toCaught);
    expect(refused).toMatchObject({ code: 'COAIA-0601', definition: { exit: 7 } });
    expect(await (await egress.fetch('test', base)).text()).toBe('ok');
    expect(lines()).toMatchObject([{ host: 'example.com', error: 'COAIA-0601' }, { status: 200 }]);
  });

  test.each(['ftp://host/', 'no address', 'file:///etc/passwd', 'http://user:pass@host/'])(
    'refuses the address %s without repeating secrets',
    async (address) => {
      const error = (await door().egress.fetch('test', address).catch(toCaught)) as Error;
      expect(isCoaiaError(error) && error.code).toBe('COAIA-0604');
      expect(error.message).not.toContain('pass@');
    },
  );

  test('a refused connection rejects with the code of the system, and is a sentence by toUnreachable', async () => {
    const base = await listen((_, response) => response.end());
    const { egress, lines } = door();
    open.splice(0, 1)[0]?.close();
    const error = (await egress.fetch('test', base).catch(toCaught)) as Error;
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    expect(lines()).toMatchObject([{ error: 'ECONNREFUSED' }]);
    expect(toUnreachable(error, base)).toMatchObject({
      code: 'COAIA-0602',
      definition: { exit: 4 },
    });
  });

  test('a silent server ends in ETIMEDOUT, an abort in its reason', async () => {
    const base = await listen(() => {});
    const { egress } = door({ readTimeoutMs: 50 });
    const late = (await egress.fetch('test', base).catch(toCaught)) as Error;
    expect(late).toMatchObject({ code: 'ETIMEDOUT' });
    expect(toUnreachable(late, base).code).toBe('COAIA-0603');
    const stop = new AbortController();
    const call = egress.fetch('test', base, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
  });
});
