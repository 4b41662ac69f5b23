/** Redis and Valkey over TCP or TLS. The connection is made by the first command and never remade. */
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis, RedisOptions } from 'ioredis';
import type { RedisPort } from './redis-stash.ts';
import { toRefusal, toUnreached } from './redis-failures.ts';
import type { RedisAddress } from './stash-place.ts';

export interface OpenPort extends RedisPort {
  close(): void;
}

export interface RedisConnectOptions {
  /** Longest wait for the connection, and for an answer. */
  readonly timeoutMs: number;
  /** Called before the connection is made; throws when it may not be. */
  readonly onConnect: (host: string, port: number) => void;
}

/** Opens nothing before the first command. */
export function openIoredisPort(address: RedisAddress, options: RedisConnectOptions): OpenPort {
  const { host, port, isTls } = address;
  const place = `Redis at ${host.includes(':') ? `[${host}]` : host}:${port}${isTls ? ' (TLS)' : ''}`;
  let opening: Promise<Redis> | undefined;
  let client: Redis | undefined;
  const connect = async () => {
    options.onConnect(host, port);
    const { Redis: Client } = await import('ioredis');
    client = new Client(toOptions(address, options.timeoutMs));
    // Failures reach whoever sent a command; without a listener they would end the process.
    client.on('error', (error: unknown) => {
      lastError = error;
    });
    await withLimit(client.connect(), options.timeoutMs);
    return client;
  };
  let lastError: unknown;
  return {
    place,
    takesBytes: true,
    async send([name = '', ...values], as) {
      opening ??= connect();
      try {
        const open = await opening;
        const sent = values.map((value): string | Buffer =>
          typeof value === 'string' ? value : Buffer.from(value),
        );
        const reply = await open.callBuffer(String(name), sent);
        return as === 'bytes' ? reply : toText(reply);
      } catch (error) {
        throw toFailure(place, error, lastError);
      }
    },
    close: () => client?.disconnect(),
  };
}

function toOptions(
  address: RedisAddress,
  timeoutMs: number,
): RedisOptions & { readonly replyMapping?: 'legacy' } {
  const { host, port, username, password, db, isTls } = address;
  return {
    host,
    port,
    db,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    // Certificates are verified, for the name that was asked for.
    ...(isTls ? { tls: isIP(host) === 0 ? { servername: host } : {} } : {}),
    connectTimeout: Math.min(timeoutMs, 5000),
    commandTimeout: timeoutMs,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    disableClientInfo: true,
    protocol: 2,
  };
}

/** A server may take the connection and then say nothing, which the client itself waits for without end. */
async function withLimit(connected: Promise<void>, timeoutMs: number): Promise<void> {
  const stop = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: stop.signal }).then(() => {
    throw Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
  });
  try {
    await Promise.race([connected, late]);
  } finally {
    stop.abort();
    // Whichever lost the race has nobody else to tell.
    await Promise.allSettled([late]);
    connected.catch(() => undefined);
  }
}

function toFailure(place: string, error: unknown, last: unknown) {
  const isReply = (one: unknown): one is Error => one instanceof Error && one.name === 'ReplyError';
  const reply = [error, last].find(isReply);
  if (reply !== undefined) return toRefusal(place, reply.message);
  const { code } = error as { readonly code?: unknown };
  return toUnreached(place, typeof code === 'string' ? error : (last ?? error));
}

function toText(reply: unknown): unknown {
  if (reply instanceof Uint8Array) return Buffer.from(reply).toString('utf8');
  return Array.isArray(reply) ? reply.map((one) => toText(one)) : reply;
}
