import { request } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { defineRoute } from '#surface';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunningServer } from './serve.ts';
import { BASIC, nothing, openTestStore, startTestServer } from './testing.ts';
import type { TestStore } from './testing.ts';

const base = {
  operation: 'test.test',
  summary: 'Test',
  access: 'project',
  needs: nothing,
} as const;

describe('the server on a socket', { timeout: 60_000 }, () => {
  let store: TestStore;
  let server: RunningServer;
  let release: () => void;
  let arrived: Promise<void>;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    store = await openTestStore();
    let arrive = () => {};
    arrived = new Promise((resolve) => (arrive = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    const routes = [
      defineRoute({
        ...base,
        method: 'POST',
        path: '/api/public/echo',
        body: z.unknown(),
        handler: async ({ body }) => ({ json: body }),
      }),
      defineRoute({
        ...base,
        method: 'GET',
        path: '/api/public/slow',
        handler: async () => {
          arrive();
          await released;
          return { json: 'done' };
        },
      }),
    ];
    server = await startTestServer(store, routes, {
      limits: { bodyIdleMs: 400 },
      timeouts: { headersMs: 1_000, requestMs: 20_000 },
    });
  });

  afterEach(async () => {
    release();
    for (const socket of sockets.splice(0)) socket.destroy();
    await server.close();
  });

  /** A raw connection that collects what comes back. */
  const dial = async () => {
    const socket = connect(server.port, '127.0.0.1');
    sockets.push(socket);
    const state = { text: '', isClosed: false };
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => (state.text += piece));
    socket.on('close', () => (state.isClosed = true));
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    const until = async (pattern: RegExp) => {
      for (let wait = 0; wait < 400 && !pattern.test(state.text) && !state.isClosed; wait++)
        await sleep(20);
      return state.text;
    };
    return { socket, state, until };
  };
  const head = (length: number | string, extra = '') =>
    `POST /api/public/echo HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${BASIC}\r\nContent-Type: application/json\r\n${extra}${typeof length === 'number' ? `Content-Length: ${length}\r\n` : length}\r\n`;

  it('reads bodies that arrive in pieces, chunked, and after 100-continue', async () => {
    const pieces = await dial();
    pieces.socket.write(head(7));
    for (const piece of ['{"a"', ':1', '}']) {
      pieces.socket.write(piece);
      await sleep(20);
    }
    expect(await pieces.until(/\{"a":1\}/)).toMatch(/^HTTP\/1\.1 200/);
    const chunked = await dial();
    chunked.socket.write(head('Transfer-Encoding: chunked\r\n'));
    chunked.socket.write('3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n');
    expect(await chunked.until(/\{"a":1\}/)).toMatch(/^HTTP\/1\.1 200/);
    const waiting = await dial();
    waiting.socket.write(head(2, 'Expect: 100-continue\r\n'));
    await waiting.until(/100 Continue/);
    waiting.socket.write('{}');
    expect(await waiting.until(/\{\}/)).toMatch(/200 OK/);
  });

  it('refuses a large body before it has all of it', async () => {
    const announced = await dial();
    announced.socket.write(head(100_000_000));
    expect(await announced.until(/PayloadTooLargeError/)).toMatch(/^HTTP\/1\.1 413/);
    const endless = await dial();
    endless.socket.write(head('Transfer-Encoding: chunked\r\n'));
    const chunk = `10000\r\n${'a'.repeat(65_536)}\r\n`;
    for (let sent = 0; sent < 80 && !endless.state.isClosed; sent++) {
      endless.socket.write(chunk);
      await sleep(1);
    }
    expect(await endless.until(/PayloadTooLargeError/)).toMatch(/^HTTP\/1\.1 413/);
  });

  it('gives up on bodies and headers that stop half way, and on nobody else', async () => {
    const stuck = await Promise.all(Array.from({ length: 50 }, dial));
    for (const { socket } of stuck) socket.write(`${head(1_000)}{"a":`);
    const headers = await dial();
    headers.socket.write('GET /api/public/health HTTP/1.1\r\nHost: local');
    const answer = await fetch(`${server.url}/api/public/health`);
    expect(answer.status).toBe(200);
    for (const { until } of stuck)
      expect(await until(/RequestTimeoutError/)).toMatch(/^HTTP\/1\.1 408/);
    expect(await headers.until(/RequestTimeoutError/)).toMatch(/^HTTP\/1\.1 408/);
  });

  it('survives clients that leave in the middle', async () => {
    for (let round = 0; round < 20; round++) {
      const { socket } = await dial();
      socket.write(`${head(1_000)}{"a":`);
      await sleep(2);
      socket.resetAndDestroy();
    }
    expect((await fetch(`${server.url}/api/public/health`)).status).toBe(200);
  });

  it('answers garbage with 400 and goes on', async () => {
    const lines = [
      'garbage\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'GET /api/public/health HTTP/1.1\r\n\r\n',
      'GET \\..\\secret HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'GET /a HTTP/1.1\r\nHost: local host\r\n\r\n',
      `POST /api/public/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ];
    for (const line of lines) {
      const { socket, until } = await dial();
      socket.write(line);
      const text = await until(/\r\n\r\n/);
      expect(`${line}=> ${text}`).toMatch(/=> HTTP\/1\.1 400/);
      expect(text).not.toMatch(/\.ts:|node:/);
    }
    expect((await fetch(`${server.url}/api/public/health`)).status).toBe(200);
  });

  it('refuses other hosts on a real connection', async () => {
    const { socket, until } = await dial();
    socket.write('GET /api/public/health HTTP/1.1\r\nHost: evil.example\r\n\r\n');
    expect(await until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 421/);
    const absolute = await dial();
    absolute.socket.write('GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n');
    expect(await absolute.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 4/);
  });

  it('keeps idle connections longer than clients do', async () => {
    const { socket, state, until } = await dial();
    const ask = 'GET /api/public/health HTTP/1.1\r\nHost: localhost\r\n\r\n';
    socket.write(ask);
    expect(await until(/\r\n\r\n\{/)).toMatch(/Keep-Alive: timeout=(?:[6-9]\d|\d{3})/i);
    await sleep(6_000);
    state.text = '';
    socket.write(ask);
    expect(await until(/\r\n\r\n\{/)).toMatch(/^HTTP\/1\.1 200/);
  });

  it('reads compressed bodies from the wire', async () => {
    const answer = await fetch(`${server.url}/api/public/echo`, {
      method: 'POST',
      headers: { authorization: BASIC, 'content-encoding': 'gzip' },
      body: gzipSync('{"a":1}'),
    });
    expect(await answer.json()).toEqual({ a: 1 });
  });

  it('answers what runs when it is told to stop, and takes nothing new', async () => {
    const running = new Promise<{ status: number | undefined; connection: string | undefined }>(
      (resolve, reject) => {
        const { port } = server;
        const headers = { authorization: BASIC, connection: 'keep-alive' };
        request({ host: '127.0.0.1', port, path: '/api/public/slow', headers }, (answer) => {
          answer.resume();
          const { connection } = answer.headers;
          answer.on('end', () => resolve({ status: answer.statusCode, connection }));
        })
          .on('error', reject)
          .end();
      },
    );
    await arrived;
    const idle = await dial();
    const closed = server.close();
    await expect(fetch(`${server.url}/api/public/health`)).rejects.toThrow();
    release();
    expect(await running).toEqual({ status: 200, connection: 'close' });
    await closed;
    for (let wait = 0; wait < 100 && !idle.state.isClosed; wait++) await sleep(20);
    expect(idle.state.isClosed).toBe(true);
    await expect(store.db.read('SELECT 1')).rejects.toThrow();
  });
});
