/** Redis over HTTP for tests: takes what Upstash takes and hands it to a real Redis. */
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';

export interface UpstashServer {
  readonly url: string;
  readonly token: string;
  /** Commands that arrived. */
  readonly commands: (readonly string[])[];
  /** Statuses that the next calls are answered with instead. */
  readonly failures: number[];
  close(): Promise<void>;
}

const TOKEN = 'upstash-test-token';

/** Starts it before the Redis at `redisUrl`. */
export async function openUpstashServer(redisUrl: string): Promise<UpstashServer> {
  const redis = new Redis(redisUrl);
  const commands: (readonly string[])[] = [];
  const failures: number[] = [];
  const answer = async (request: IncomingMessage): Promise<readonly [number, unknown]> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const failure = failures.shift();
    if (failure !== undefined) return [failure, { error: 'not now' }];
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      return [401, { error: 'Unauthorized' }];
    const [name = '', ...values] = JSON.parse(Buffer.concat(chunks).toString('utf8')) as string[];
    commands.push([name, ...values]);
    const encoding = request.headers['upstash-encoding'] === 'base64' ? 'base64' : 'utf8';
    try {
      return [200, { result: toJson(await redis.callBuffer(name, values), encoding) }];
    } catch (error) {
      return [400, { error: (error as Error).message }];
    }
  };
  const server = createServer((request, response) => {
    void answer(request).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    commands,
    failures,
    async close() {
      redis.disconnect();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function toJson(reply: unknown, encoding: 'base64' | 'utf8'): unknown {
  if (reply instanceof Uint8Array) return Buffer.from(reply).toString(encoding);
  return Array.isArray(reply) ? reply.map((one) => toJson(one, encoding)) : reply;
}
