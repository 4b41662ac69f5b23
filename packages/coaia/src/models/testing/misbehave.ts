/** What goes wrong with model servers, on demand. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * `malformed`: JSON without an answer. `no-json`: half a JSON text. `html`: a page. `cut`: the connection breaks
 * in the middle. `unfinished`: a stream that ends without its end mark. `stream-error`: an error inside the
 * stream. `echo-key`: 401 with the caller's key in the message. `429`: with Retry-After of `seconds`. `slow`:
 * the answer after `milliseconds`, when streamed also between its parts. `silent`: never.
 */
export type Misbehaviour =
  | 'malformed'
  | 'no-json'
  | 'html'
  | 'cut'
  | 'unfinished'
  | 'stream-error'
  | 'echo-key'
  | 'silent'
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'slow'; readonly milliseconds: number };

const NAMED = [
  'malformed',
  'no-json',
  'html',
  'cut',
  'unfinished',
  'stream-error',
  'echo-key',
  'silent',
] as const;

/** The kind named in a text: `[[cut]]`, `[[status 503]]`, `[[slow 200]]`; undefined when there is none. */
export function toMisbehaviour(text: string): Misbehaviour | undefined {
  const [, word = '', number] = /\[\[([a-z0-9-]+)(?: (\d+))?\]\]/.exec(text) ?? [];
  if (word === 'status') return { kind: 'status', status: Number(number ?? 500) };
  if (word === 'slow') return { kind: 'slow', milliseconds: Number(number ?? 100) };
  return NAMED.find((name) => name === word);
}

/** Answers, or does not; what goes wrong inside an answer is left to `send`. */
export async function sendMisbehaviour(
  response: ServerResponse,
  kind: Misbehaviour | undefined,
  send: () => Promise<void>,
): Promise<void> {
  if (kind === 'silent') return;
  if (typeof kind === 'object' && kind.kind === 'slow') await sleep(kind.milliseconds);
  const bad = kind === undefined ? undefined : findBadAnswer(kind, response);
  if (bad === undefined) await send();
  else {
    response.writeHead(bad.status ?? 200, { 'content-type': 'application/json', ...bad.headers });
    response.end(bad.text);
  }
}

interface BadAnswer {
  readonly status?: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function findBadAnswer(kind: Misbehaviour, { req }: ServerResponse): BadAnswer | undefined {
  if (typeof kind === 'object') {
    if (kind.kind === 'slow') return undefined;
    const headers = kind.retryAfter === undefined ? {} : { 'retry-after': kind.retryAfter };
    return { status: kind.status, text: '{"error":{"message":"status on demand"}}', headers };
  }
  if (kind === 'malformed') return { text: '{"object":"something else"}' };
  if (kind === 'no-json') return { text: '{"choices":[{"mess' };
  if (kind === 'html')
    return { text: '<html>hello</html>', headers: { 'content-type': 'text/html' } };
  if (kind !== 'echo-key') return undefined;
  const given = String(req.headers.authorization ?? req.headers['x-api-key'] ?? '');
  const error = { message: `Incorrect API key provided: ${given}` };
  return { status: 401, text: JSON.stringify({ error }) };
}
