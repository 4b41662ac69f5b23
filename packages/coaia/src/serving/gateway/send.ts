/** Writes an answer, with the headers that all answers have. */
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** Writes the answer. Nothing happens when the caller is gone. */
export function send(exchange: Exchange, answer: Answer, extra: readonly string[]): void {
  const { outgoing, requestId, traceId, version } = exchange;
  if (outgoing.destroyed || outgoing.headersSent) return;
  const { body, headers, status, type = 'application/json' } = answer;
  const size = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  const fields = [
    'Content-Type',
    type,
    'Content-Length',
    String(size),
    'X-Request-Id',
    requestId,
    'X-Trace-Id',
    traceId,
    'X-Content-Type-Options',
    'nosniff',
    ...extra,
  ];
  if (version > 0) fields.push('X-Model-Version', String(version));
  if (headers !== undefined)
    for (const [name, value] of Object.entries(headers)) fields.push(name, value);
  outgoing.writeHead(status, fields);
  if (exchange.method === 'HEAD') outgoing.end();
  // Nothing but ASCII needs no translation on its way out.
  else if (typeof body === 'string') outgoing.end(body, size === body.length ? 'latin1' : 'utf8');
  else outgoing.end(body);
}
