/** A real Redis for tests, on a free port of this machine, without a file. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export interface TestRedis {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it; `args` are options of redis-server, such as `['--requirepass', 'x']`. */
export async function openTestRedis(args: readonly string[] = []): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-redis-'));
  const port = await findPort();
  const usual = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--dir', folder];
  const server = spawn('redis-server', [...usual, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise<void>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    server.stdout.on('data', (text: Buffer) => {
      if (text.toString().includes('Ready to accept connections')) resolve();
    });
  });
  return {
    host: '127.0.0.1',
    port,
    url: `redis://127.0.0.1:${port}`,
    async close() {
      await new Promise<void>((resolve) => {
        server.removeAllListeners('exit');
        server.once('exit', () => resolve());
        server.kill('SIGKILL');
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** What stands in it under a key, as other programs see it; `life` in seconds, -1 for ever. */
export async function readTestRedis(
  url: string,
  key: string,
): Promise<{ readonly value: string | null; readonly life: number }> {
  const client = new Redis(url);
  const [value, life] = await Promise.all([client.get(key), client.ttl(key)]);
  client.disconnect();
  return { value, life };
}
