/** A body as it arrives, for files too large to hold. */
import type { IncomingMessage } from 'node:http';
import { endedEarly, stopped, tooLarge } from './request-body.ts';
import type { BodyRules } from './request-body.ts';

/** Fails with COAIA-0005 (too large), COAIA-0403 (ended early) or COAIA-0404 (stopped), at the piece where it happens. */
export async function* readPieces(
  source: IncomingMessage | Request,
  rules: Pick<BodyRules, 'limit' | 'idleMs'>,
): AsyncIterable<Uint8Array> {
  const pieces = openPieces(source, rules.limit);
  if (pieces === undefined) return;
  let size = 0;
  try {
    for (;;) {
      const next = await readNext(pieces, rules.idleMs);
      if (next.done === true) return;
      size += next.value.length;
      if (size > rules.limit) throw tooLarge(rules.limit);
      yield next.value;
    }
  } finally {
    // Not awaited: it waits for a piece that may never come.
    pieces.return?.().catch(() => undefined);
  }
}

/** Whoever stops early leaves the message alive: the answer must still go out, and the server drains the rest. */
function openPieces(
  source: IncomingMessage | Request,
  limit: number,
): AsyncIterator<Uint8Array> | undefined {
  if (!('headersDistinct' in source)) return source.body?.[Symbol.asyncIterator]();
  if (Number(source.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  return source.iterator({ destroyOnReturn: false });
}

async function readNext(pieces: AsyncIterator<Uint8Array>, idleMs: number) {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(stopped(idleMs)), idleMs);
  const next = pieces.next().catch(() => {
    throw endedEarly();
  });
  try {
    return await Promise.race([next, late]);
  } finally {
    clearTimeout(timer);
    next.catch(() => undefined);
  }
}
