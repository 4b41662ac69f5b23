/** Reads the bytes of a body with a running limit, so that a large one is refused while it arrives. */
import type { IncomingMessage } from 'node:http';
import { commonErrors } from '#base';
import type { CoaiaError } from '#base';
import { httpErrors } from './errors.ts';
import { toMegabytes } from './limits.ts';

export interface BodyRules {
  /** Most bytes, on the wire and after decompression. */
  readonly limit: number;
  /** Milliseconds without a byte before COAIA-0404. */
  readonly idleMs: number;
  /** Milliseconds for the whole body before COAIA-0404. */
  readonly wholeMs: number;
  /** Called with the size of each piece; throws when the server holds too much already. */
  readonly reserve: (bytes: number) => void;
}

/** 413 that names the limit. */
export function tooLarge(limit: number): CoaiaError {
  return commonErrors.create(
    'COAIA-0005',
    `The body is larger than the limit of ${toMegabytes(limit)} (${limit} bytes after decompression).`,
    { hint: 'send smaller batches' },
  );
}

/** All bytes of a message. Rejects with COAIA-0005, COAIA-0403 (ended early) or COAIA-0404 (stopped). */
export function readIncoming(incoming: IncomingMessage, rules: BodyRules): Promise<Uint8Array> {
  const announced = Number(incoming.headers['content-length'] ?? 0);
  if (announced > rules.limit) return Promise.reject(tooLarge(rules.limit));
  if (incoming.readableEnded) return Promise.resolve(new Uint8Array());
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const idle = setTimeout(() => fail(stopped(rules.idleMs)), rules.idleMs);
    const whole = setTimeout(() => fail(stopped(rules.wholeMs)), rules.wholeMs);
    const onData = (piece: Buffer) => {
      size += piece.length;
      try {
        if (size > rules.limit) throw tooLarge(rules.limit);
        rules.reserve(piece.length);
        pieces.push(piece);
        idle.refresh();
      } catch (error) {
        fail(error as Error);
      }
    };
    const onEnd = () => {
      stop();
      const [only] = pieces;
      resolve(pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces, size));
    };
    const onCut = () => fail(endedEarly());
    const stop = () => {
      clearTimeout(idle);
      clearTimeout(whole);
      incoming.off('data', onData).off('end', onEnd).off('error', onCut).off('close', onCut);
    };
    const fail = (error: Error) => {
      stop();
      // An `error` after this moment has nobody left to tell.
      incoming.on('error', () => {}).pause();
      reject(error);
    };
    incoming.on('data', onData).on('end', onEnd).on('error', onCut).on('close', onCut);
    if (incoming.destroyed) onCut();
  });
}

/** The same for a Request without a socket behind it. */
export async function readRequest(request: Request, rules: BodyRules): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = request.body;
  if (body === null) return new Uint8Array();
  for await (const piece of body) {
    size += piece.length;
    if (size > rules.limit) throw tooLarge(rules.limit);
    rules.reserve(piece.length);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}

/** 400: the sender went away in the middle. */
export function endedEarly(): CoaiaError {
  return httpErrors.create('COAIA-0403', 'The connection ended before the body was complete.');
}

/** 408: nothing arrives any more. */
export function stopped(idleMs: number): CoaiaError {
  return httpErrors.create(
    'COAIA-0404',
    `No part of the body arrived for ${Math.round(idleMs / 1000)} seconds.`,
    { headers: { connection: 'close' } },
  );
}
