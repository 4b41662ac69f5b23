import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { measure } from './measure.ts';
import { openRawConnection, toBytes } from './raw-connection.ts';

const { signal } = new AbortController();

test('counts, percentiles and errors are those of the requests', async () => {
  let calls = 0;
  const result = await measure({
    clients: 4,
    seconds: 0.3,
    warmUpMs: 20,
    signal,
    async send() {
      await sleep(5);
      if (++calls % 10 === 0) throw new Error('every tenth');
    },
  });
  expect(result.firstError).toBe('every tenth');
  expect(result.errors).toBeGreaterThan(0);
  expect(result.ms.p50).toBeGreaterThanOrEqual(4.5);
  expect(result.ms.p50).toBeLessThanOrEqual(result.ms.p99);
  expect(result.ms.p99).toBeLessThanOrEqual(result.ms.max);
  expect(result.perSecond).toBeCloseTo(result.requests / result.seconds, 6);
  expect(result.requests).toBeLessThan(calls);
});

test('one connection sends many requests and reads each answer whole', async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${text} ${request.socket.remotePort}`);
      const body = Buffer.from('é'.repeat(20_000));
      response
        .writeHead(seen.length === 3 ? 503 : 200, { 'content-length': body.length })
        .end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const caller = openRawConnection(
    url,
    toBytes(url.host, { path: '/p', body: '{"ä":1}', headers: {} }),
  );
  const statuses = [await caller.send(), await caller.send(), await caller.send()];
  expect(statuses).toEqual([200, 200, 503]);
  expect(new Set(seen).size).toBe(1);
  expect(seen[0]).toContain('POST /p {"ä":1}');
  caller.close();
  server.closeAllConnections();
  server.close();
  await expect(openRawConnection(url, Buffer.from('x')).send()).rejects.toThrow();
});
