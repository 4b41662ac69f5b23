/** Clients that never finish: they cost little, others do not notice, and they are cut off with a reason. */
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toBatch, toTraceEvent } from './batch-corpus.ts';
import { openHostileServer } from './hostile-server.ts';
import type { HostileServer } from './hostile-server.ts';
import { createCookie } from './program.ts';
import { openSocket, toRawRequest } from './raw-request.ts';
import { expectStillWorking } from './refusals.ts';

const SOCKETS = 500;

/** What each socket received until it was closed; fails when one stays open for longer. */
async function readUntilClosed(
  sockets: readonly Socket[],
  limitMs: number,
): Promise<readonly string[]> {
  return Promise.all(
    sockets.map(
      (socket) =>
        new Promise<string>((resolve, reject) => {
          let text = '';
          const timer = setTimeout(() => reject(new Error(`still open: ${text}`)), limitMs);
          socket.on('data', (piece) => (text += String(piece)));
          socket.once('close', () => {
            clearTimeout(timer);
            resolve(text);
          });
          if (socket.destroyed) resolve(text);
        }),
    ),
  );
}

describe('stuck clients', () => {
  let server: HostileServer;
  beforeAll(async () => {
    server = await openHostileServer();
  });
  afterAll(() => server.stop());

  /** 24,000 changes with long ids: 17 MB for each stream, far more than the buffers of the kernel take. */
  const writeLongIds = async (name: string, sockets: readonly Socket[]) => {
    for (let round = 0; round < 60; round++) {
      const prefix = `${'x'.repeat(700)}-${name}-${round}`;
      const events = Array.from({ length: 400 }, (_, n) => toTraceEvent(`${prefix}-${n}`));
      expect((await server.post('/api/public/ingestion', toBatch(...events))).status).toBe(207);
      if (sockets.length > 0 && sockets.every((socket) => socket.destroyed)) break;
    }
  };

  // These two mostly wait, so they wait together.
  it.concurrent(
    'with 500 half-sent bodies block nobody and are cut off',
    { timeout: 120_000 },
    async () => {
      const head = toRawRequest('POST /api/public/ingestion', {
        Host: `127.0.0.1:${server.port}`,
        Authorization: server.authorization,
        'Content-Type': 'application/json',
        'Content-Length': '1000',
      });
      const sockets = await Promise.all(
        Array.from({ length: SOCKETS }, () => openSocket(server.port, `${head}{"batch":[`)),
      );
      const watch = server.watch();
      for (let round = 0; round < 20; round++) await expectStillWorking(server);
      const answers = await readUntilClosed(sockets, 60_000);
      const health = await watch.stop();
      expect(health.failures).toEqual([]);
      expect(health.slowestMs).toBeLessThan(2_000);
      expect(answers.filter((text) => text.startsWith('HTTP/1.1 408'))).toHaveLength(SOCKETS);
      expect(answers[0]).toContain('No part of the body arrived for 30 seconds');
      expect(server.readGrowthMb()).toBeLessThan(200);
    },
  );

  it.concurrent('with half-sent headers are cut off', { timeout: 120_000 }, async () => {
    const sockets = await Promise.all(
      Array.from({ length: 50 }, () =>
        openSocket(server.port, 'GET /api/public/traces HTTP/1.1\r\nHost: x'),
      ),
    );
    await expectStillWorking(server);
    const answers = await readUntilClosed(sockets, 60_000);
    expect(answers.every((text) => text === '' || text.startsWith('HTTP/1.1 408'))).toBe(true);
  });

  it(
    'that never read an event stream cost little and are cut off',
    { timeout: 180_000 },
    async () => {
      // The same work without streams first: what it leaves behind is not theirs.
      await writeLongIds('before', []);
      const cookie = await createCookie(server.home);
      const head = toRawRequest('GET /api/v1/projects/default/events', {
        Host: `127.0.0.1:${server.port}`,
        Cookie: cookie,
      });
      const count = 20;
      const sockets = await Promise.all(
        Array.from({ length: count }, async () => {
          const socket = await openSocket(server.port, head);
          socket.pause();
          return socket;
        }),
      );
      const before = server.readGrowthMb();
      await writeLongIds('read-by-nobody', sockets);
      const growth = server.readGrowthMb() - before;
      console.log(`${count} streams that nobody reads: ${growth} MB`);
      // A stream that was kept open would go on with pings and changes when it is read again.
      const closed = readUntilClosed(sockets, 20_000);
      for (const socket of sockets) socket.resume();
      await closed;
      await expectStillWorking(server);
      // 1 MB for each reader, and room for what the batches themselves left behind.
      expect(growth).toBeLessThan(count + 150);
      for (const socket of sockets) socket.destroy();
    },
  );

  it('beyond what one server takes on are told to come back', { timeout: 120_000 }, async () => {
    const head = toRawRequest('POST /api/public/ingestion', {
      Host: `127.0.0.1:${server.port}`,
      Authorization: server.authorization,
      'Content-Type': 'application/json',
      'Content-Length': '1000',
    });
    const sockets: Socket[] = [];
    for (let batch = 0; batch < 11; batch++) {
      sockets.push(
        ...(await Promise.all(Array.from({ length: 400 }, () => openSocket(server.port, head)))),
      );
    }
    let refused = await server.send('/api/public/traces');
    for (let attempt = 0; attempt < 50 && refused.status !== 503; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      refused = await server.send('/api/public/traces');
    }
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(JSON.parse(refused.text)).toMatchObject({
      error: 'ServiceUnavailableError',
      message: expect.stringContaining('4000 requests are in flight') as string,
    });
    expect((await server.send('/api/public/health')).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    for (let attempt = 0; attempt < 100; attempt++) {
      if ((await server.send('/api/public/traces')).status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await expectStillWorking(server);
  });
});
