/**
 * Open-loop load: a fixed number of keep-alive connections, requests due at a fixed rate whether or not the
 * server keeps up. Latency counts from the moment a request was due, so a stall cannot hide.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface OpenLoop {
  readonly port: number;
  readonly connections: number;
  readonly rate: number;
  readonly seconds: number;
  /** Pause between connecting and the first request, which finds servers that drop idle connections. */
  readonly idleSeconds: number;
  readonly next: () => Buffer;
}

export interface OpenLoopResult {
  readonly opened: number;
  readonly latencies: readonly number[];
  readonly failures: Readonly<Record<string, number>>;
}

interface Connection {
  readonly socket: Socket;
  received: Buffer;
  due: number;
  isBusy: boolean;
}

export async function runOpenLoop(options: OpenLoop): Promise<OpenLoopResult> {
  const idle: Connection[] = [];
  const waiting: { readonly due: number; readonly request: Buffer }[] = [];
  const latencies: number[] = [];
  const failures: Record<string, number> = {};
  const fail = (reason: string) => {
    failures[reason] = (failures[reason] ?? 0) + 1;
  };
  const send = (connection: Connection, due: number, request: Buffer) => {
    connection.isBusy = true;
    connection.due = due;
    connection.socket.write(request);
  };
  const onAnswer = (connection: Connection, status: number) => {
    connection.isBusy = false;
    latencies.push(performance.now() - connection.due);
    if (status < 200 || status > 299) fail(String(status));
    const job = waiting.shift();
    if (job === undefined) idle.push(connection);
    else send(connection, job.due, job.request);
  };
  const all = await openAll(options, onAnswer, fail);
  idle.push(...all);
  await new Promise((resolve) => setTimeout(resolve, options.idleSeconds * 1000));
  const offer = (due: number) => {
    const connection = idle.shift();
    const request = options.next();
    if (connection === undefined) waiting.push({ due, request });
    else send(connection, due, request);
  };
  await offerAtRate(options, offer);
  await waitUntil(() => waiting.length === 0 && all.every(({ isBusy }) => !isBusy), 10_000);
  for (const { isBusy } of all) if (isBusy) fail('stuck');
  for (const { socket } of all) socket.removeAllListeners('close').destroy();
  return { opened: all.length, latencies, failures };
}

async function offerAtRate(
  { rate, seconds }: OpenLoop,
  offer: (due: number) => void,
): Promise<void> {
  const begin = performance.now();
  let sent = 0;
  while (sent < rate * seconds) {
    const wanted = Math.min(rate * seconds, ((performance.now() - begin) * rate) / 1000);
    for (; sent < wanted; sent++) offer(begin + (sent * 1000) / rate);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function openAll(
  { port, connections }: OpenLoop,
  onAnswer: (connection: Connection, status: number) => void,
  fail: (reason: string) => void,
): Promise<readonly Connection[]> {
  const opened: Connection[] = [];
  let left = connections;
  const lane = async () => {
    while (left-- > 0) {
      const socket = connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      await new Promise((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('error', reject);
      });
      const connection = { socket, received: Buffer.alloc(0), due: 0, isBusy: false };
      socket.on('data', (chunk) => read(connection, chunk, onAnswer));
      socket.on('error', () => fail('connection error'));
      socket.on('close', () => fail('closed by the server'));
      opened.push(connection);
    }
  };
  await Promise.all(Array.from({ length: 100 }, lane));
  return opened;
}

function read(
  connection: Connection,
  chunk: Buffer,
  onAnswer: (connection: Connection, status: number) => void,
): void {
  const bytes =
    connection.received.length === 0 ? chunk : Buffer.concat([connection.received, chunk]);
  connection.received = bytes;
  const head = bytes.indexOf('\r\n\r\n');
  if (head === -1) return;
  const text = bytes.toString('latin1', 0, head);
  const length = /content-length: *(\d+)/i.exec(text)?.[1];
  const end = length === undefined ? toChunkedEnd(bytes, head) : head + 4 + Number(length);
  if (end === undefined || bytes.length < end) return;
  connection.received = bytes.subarray(end);
  onAnswer(connection, Number(text.slice(9, 12)));
}

function toChunkedEnd(bytes: Buffer, head: number): number | undefined {
  const at = bytes.indexOf('\r\n0\r\n\r\n', head);
  return at === -1 ? undefined : at + 7;
}

async function waitUntil(done: () => boolean, ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (!done() && performance.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 20));
}
