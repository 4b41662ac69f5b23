/** One kept connection that sends the same bytes again and again: a meter must cost less than what it measures. */
import { connect } from 'node:net';

export interface RawConnection {
  /** Sends the request; resolves with the status. Rejects when the connection breaks. */
  readonly send: () => Promise<number>;
  readonly close: () => void;
}

export interface RawRequest {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A POST as it goes over the wire. */
export function toBytes(host: string, { path, body, headers }: RawRequest): Buffer {
  const bytes = Buffer.from(body, 'utf8');
  const all = {
    host,
    'content-type': 'application/json',
    'content-length': String(bytes.length),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  const head = [`POST ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
}

/** Connects with the first request, and again after a break. */
export function openRawConnection(url: URL, bytes: Buffer): RawConnection {
  const host = url.hostname.replaceAll(/^\[|\]$/g, '');
  let socket: ReturnType<typeof connect> | undefined;
  let waiting: PromiseWithResolvers<number> | undefined;
  let text = '';
  const fail = (error: Error) => {
    socket?.destroy();
    socket = undefined;
    waiting?.reject(error);
    waiting = undefined;
  };
  const open = () => {
    text = '';
    const opened = connect(Number(url.port), host);
    opened.setNoDelay(true).setEncoding('latin1');
    opened.on('data', (chunk: string) => {
      text += chunk;
      const answer = parseAnswer(text);
      if (answer === undefined) return;
      text = text.slice(answer.length);
      waiting?.resolve(answer.status);
      waiting = undefined;
    });
    opened.on('error', fail);
    opened.on('close', () => fail(new Error('the service closed the connection')));
    socket = opened;
    return opened;
  };
  return {
    send() {
      waiting = Promise.withResolvers<number>();
      const { promise } = waiting;
      (socket ?? open()).write(bytes);
      return promise;
    },
    close() {
      socket?.removeAllListeners('close').destroy();
      socket = undefined;
    },
  };
}

/** A complete answer at the beginning of the text; the gateway tells the length of every one. */
function parseAnswer(
  text: string,
): { readonly status: number; readonly length: number } | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const size = Number(/\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
  const length = end + 4 + size;
  return text.length < length ? undefined : { status: Number(text.slice(9, 12)), length };
}
