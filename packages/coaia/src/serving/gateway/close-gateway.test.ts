import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { EXAMPLE, IRIS_MODEL, openStubService } from './testing/stub-service.ts';

const BODY = JSON.stringify(EXAMPLE);
const REQUEST = `POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;

/** The gateway, which shares this process, has read what was written. */
async function writeRead(socket: Socket, text: string): Promise<void> {
  await new Promise<void>((resolve) => socket.write(text, () => resolve()));
  for (let turns = 0; turns < 20; turns++) await turn();
}

describe('a service that is being stopped', () => {
  it('answers what it has begun, takes nothing new, and closes connections', async () => {
    let release: (() => void) | undefined;
    const { gateway } = await openStubService({
      answer: () =>
        new Promise((resolve) => {
          release = () => resolve(undefined);
        }),
    });
    const idle = connect(gateway.port, '127.0.0.1');
    const socket = connect(gateway.port, '127.0.0.1');
    let got = '';
    socket.on('data', (bytes) => (got += bytes.toString()));
    socket.write(REQUEST);
    await expect.poll(() => release).toBeDefined();
    const late = connect(gateway.port, '127.0.0.1');
    let refused = '';
    late.on('data', (bytes) => (refused += bytes.toString()));
    await writeRead(late, REQUEST.slice(0, 20));
    const closing = gateway.close();
    late.write(REQUEST.slice(20));
    await expect.poll(() => refused).toContain('AO420');
    expect(refused).toContain('retry-after: 1');
    release?.();
    await closing;
    await expect.poll(() => got).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(got).toContain('Connection: close');
    await expect(fetch(gateway.url)).rejects.toThrow();
    await expect.poll(() => idle.destroyed || idle.readableEnded).toBe(true);
  });

  it('remembers also what was cut off', async () => {
    let isAsked = false;
    const { gateway, records } = await openStubService({
      answer: (_version, _batch, { signal }) => {
        isAsked = true;
        return new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            setTimeout(() => reject(signal.reason as Error), 20);
          });
        });
      },
    });
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write(REQUEST);
    await expect.poll(() => isAsked).toBe(true);
    const closing = gateway.close();
    socket.destroy();
    await closing;
    expect(records).toMatchObject([{ error: { code: 'AO476' } }]);
  });

  it('waits for shadows, and remembers what they say', async () => {
    const { gateway, post, records } = await openStubService({
      models: [{ ...IRIS_MODEL, traffic: { shadow: 2 } }],
      answer: async (version) => {
        if (version === '2') await wait(50);
        return undefined;
      },
    });
    await post('/predict', EXAMPLE);
    await gateway.close();
    expect(records.map(({ route }) => route)).toEqual(['champion', 'shadow']);
  });
});
