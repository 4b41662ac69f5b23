/** Notes which client called which address with what result, between a client and a server. */
import { appendFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it is noted: one line of JSON each. */
export interface RecordedCall {
  readonly client: string;
  readonly method: string;
  /** Address without its query. */
  readonly path: string;
  readonly status: number;
}

export interface RecordingProxy {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Listens on a free port, passes everything on to `target` and appends the calls to `file`. */
export async function openRecordingProxy(target: number, file: string): Promise<RecordingProxy> {
  const proxy = createServer((incoming, outgoing) => pass(incoming, outgoing, target, file));
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  return { port: (proxy.address() as AddressInfo).port, close: () => close(proxy) };
}

function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: number,
  file: string,
): void {
  const { method = 'GET', url = '/', headers } = incoming;
  // The host stays as it came: the server checks it, and its name is the same.
  const onward = request({ host: '127.0.0.1', port: target, method, path: url, headers });
  onward.on('response', (answer) => {
    const client = toClient(headers);
    const path = url.split('?', 1)[0] ?? url;
    const call: RecordedCall = { client, method, path, status: answer.statusCode ?? 0 };
    appendFileSync(file, `${JSON.stringify(call)}\n`);
    outgoing.writeHead(call.status, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}

/** What a client says of itself: the SDK with its version, else the agent; `test` for our own requests. */
export function toClient(headers: IncomingHttpHeaders): string {
  const one = (name: string) => String(headers[name] ?? '');
  const sdk = one('x-langfuse-sdk-name');
  if (sdk !== '') return `${sdk} ${one('x-langfuse-sdk-version')}`.trim();
  const agent = one('user-agent');
  return agent === '' || agent === 'node' ? 'test' : agent;
}

async function close(proxy: Server): Promise<void> {
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
}
