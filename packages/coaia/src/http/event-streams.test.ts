import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
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

describe('event streams', () => {
  let store: TestStore;
  let server: RunningServer;
  let canceled: number;
  let sent: number;
  const clients: IncomingMessage[] = [];

  /** A stream that sends a megabyte a second, whoever listens. */
  const toStream = (bytes: number) => {
    let timer: NodeJS.Timeout;
    return new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from('event: hello\ndata: {}\n\n'));
        timer = setInterval(() => {
          controller.enqueue(Buffer.from(`data: ${'x'.repeat(bytes)}\n\n`));
          sent += bytes;
        }, 10);
      },
      cancel() {
        canceled++;
        clearInterval(timer);
      },
    });
  };

  beforeEach(async () => {
    canceled = 0;
    sent = 0;
    store = await openTestStore();
    const toRoute = (path: string, bytes: number) =>
      defineRoute({
        ...base,
        method: 'GET',
        path,
        handler: async () => ({
          response: new Response(toStream(bytes), {
            headers: { 'content-type': 'text/event-stream' },
          }),
        }),
      });
    const routes = [toRoute('/api/v1/calm', 10), toRoute('/api/v1/flood', 64_000)];
    server = await startTestServer(store, routes, { limits: { streamBytes: 128_000, streams: 2 } });
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await server.close();
  });

  const listen = (path: string) =>
    new Promise<{ answer: IncomingMessage; state: { text: string; isClosed: boolean } }>(
      (resolve) => {
        get(
          `${server.url}${path}`,
          { headers: { authorization: BASIC }, agent: false },
          (answer) => {
            clients.push(answer);
            const state = { text: '', isClosed: false };
            answer.on('error', () => {});
            answer.on('close', () => (state.isClosed = true));
            resolve({ answer, state });
          },
        );
      },
    );
  const until = async (isTrue: () => boolean) => {
    for (let wait = 0; wait < 500 && !isTrue(); wait++) await sleep(20);
    return isTrue();
  };

  it('reach a reader that reads, with the common headers', async () => {
    const { answer, state } = await listen('/api/v1/calm');
    answer.on('data', (piece: Buffer) => (state.text += piece.toString()));
    expect(await until(() => state.text.includes('data: xxxxxxxxxx'))).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    answer.destroy();
    expect(await until(() => canceled === 1)).toBe(true);
  });

  it('cut off a reader that does not read, and stop what feeds it', async () => {
    const { answer, state } = await listen('/api/v1/flood');
    answer.pause();
    expect(await until(() => canceled === 1)).toBe(true);
    const after = sent;
    await sleep(100);
    expect(sent).toBe(after);
    answer.resume();
    expect(await until(() => state.isClosed)).toBe(true);
  });

  it('are not opened for a HEAD request', async () => {
    const answer = await fetch(`${server.url}/api/v1/calm`, {
      method: 'HEAD',
      headers: { authorization: BASIC },
    });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(await until(() => canceled === 1)).toBe(true);
  });

  it('are refused when too many are open', async () => {
    const first = await listen('/api/v1/calm');
    const second = await listen('/api/v1/calm');
    const third = await listen('/api/v1/calm');
    expect([first, second, third].map(({ answer }) => answer.statusCode)).toEqual([200, 200, 503]);
    expect(await until(() => canceled === 1)).toBe(true);
    first.answer.destroy();
    expect(await until(() => canceled === 2)).toBe(true);
    expect((await listen('/api/v1/calm')).answer.statusCode).toBe(200);
  });

  it('end when the server stops', async () => {
    const { answer, state } = await listen('/api/v1/calm');
    answer.resume();
    await server.close();
    expect(await until(() => state.isClosed)).toBe(true);
    expect(canceled).toBe(1);
  });
});
