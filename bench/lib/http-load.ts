/**
 * A closed-loop HTTP client over raw sockets, so that the generator costs little next to the server: `clients`
 * keep-alive connections, each sending its next request when the last is answered. Loopback only.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface LoadOptions {
  readonly port: number;
  readonly clients: number;
  /** The next request as bytes; undefined when there are no more. */
  readonly next: () => Buffer | undefined;
}

export interface LoadResult {
  readonly requests: number;
  readonly latencies: readonly number[];
  /** Status of every answer outside 200-299, with its count. */
  readonly failures: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** Sends until `next` runs dry, then resolves. */
export async function runLoad({ port, clients, next }: LoadOptions): Promise<LoadResult> {
  const latencies: number[] = [];
  const failures: Record<string, number> = {};
  const begin = performance.now();
  const record = (status: number, ms: number) => {
    latencies.push(ms);
    if (status < 200 || status > 299) failures[status] = (failures[status] ?? 0) + 1;
  };
  await Promise.all(Array.from({ length: clients }, () => runClient(port, next, record)));
  const seconds = (performance.now() - begin) / 1000;
  return { requests: latencies.length, latencies, failures, seconds };
}

async function runClient(
  port: number,
  next: LoadOptions['next'],
  record: (status: number, ms: number) => void,
): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  for (let request = next(); request !== undefined; request = next()) {
    const sent = performance.now();
    record(await sendRequest(socket, request), performance.now() - sent);
  }
  socket.destroy();
}

/** One request on an idle connection; resolves to the status once the whole answer is there. */
async function sendRequest(socket: Socket, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const head = received.indexOf('\r\n\r\n');
      if (head === -1) return;
      const text = received.toString('latin1', 0, head);
      const length = Number(/content-length: *(\d+)/i.exec(text)?.[1] ?? 0);
      if (received.length < head + 4 + length) return;
      socket.off('data', onData);
      socket.off('close', onClose);
      resolve(Number(text.slice(9, 12)));
    };
    const onClose = () => reject(new Error('the server closed the connection'));
    socket.on('data', onData);
    socket.once('close', onClose);
    socket.write(request);
  });
}

/** The bytes of a POST with a JSON body. */
export function toPost(path: string, authorization: string, body: string): Buffer {
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** The bytes of a GET. */
export function toGet(path: string, authorization: string): Buffer {
  return Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${authorization}\r\n\r\n`,
  );
}
