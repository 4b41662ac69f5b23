/** Requests as bytes on a socket, for what a proper client would never send. Loopback only. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** Sends a request text and reads until the server ends the connection or is silent for `quietMs`. */
export async function sendRaw(port: number, request: string, quietMs = 1_500): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  const pieces: Buffer[] = [];
  await new Promise<void>((resolve) => {
    const end = () => {
      socket.destroy();
      resolve();
    };
    socket.setTimeout(quietMs, end);
    socket.on('data', (piece) => {
      pieces.push(piece);
      if (isWhole(Buffer.concat(pieces))) end();
    });
    socket.once('close', end).once('error', end);
    socket.write(request);
  });
  return toRawAnswer(Buffer.concat(pieces).toString('latin1'));
}

function isWhole(bytes: Buffer): boolean {
  const at = bytes.indexOf('\r\n\r\n');
  if (at === -1) return false;
  const length = /content-length: *(\d+)/i.exec(bytes.toString('latin1', 0, at))?.[1];
  return length !== undefined && bytes.length >= at + 4 + Number(length);
}

function toRawAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return { status: Number(head.slice(9, 12)), head, body: rest.join('\r\n\r\n') };
}

/** A request head with exactly these headers. */
export function toRawRequest(line: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${[`${line} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`;
}

/** An open connection that has sent this much and waits. */
export async function openSocket(port: number, text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve).once('error', resolve));
  socket.write(text);
  return socket;
}
