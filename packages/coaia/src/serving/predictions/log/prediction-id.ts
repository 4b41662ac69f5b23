/** Ids of requests: those made here carry their time (UUID version 7, RFC 9562 section 5.7). */
import type { PredictionRecord } from '../observer.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A caller may send a UUID version 7 of another day; then its time leads nowhere and the id is indexed. */
const NEAR_MS = 60_000;

/** Epoch milliseconds of a UUID version 7; undefined for any other text. */
export function toIdTime(id: string): number | undefined {
  return UUID.test(id) ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : undefined;
}

/** True where the id's own time finds the prediction, so that it needs no row in an index. */
export function isFoundByTime(id: string, startedAt: number): boolean {
  const time = toIdTime(id);
  return time !== undefined && isNearTime(time, startedAt);
}

/** True where the time of an id is the time of the prediction. */
export function isNearTime(time: number, startedAt: number): boolean {
  return Math.abs(time - startedAt) <= NEAR_MS;
}

/**
 * One asking: callers may send the same request id twice. A shadow has the occasion of the answer that it shadowed.
 */
export function toOccasion({
  requestId,
  traceId,
  parentSpanId = '',
}: Pick<PredictionRecord, 'requestId' | 'traceId' | 'parentSpanId'>): string {
  return [requestId, traceId, parentSpanId].join('\0');
}

/**
 * A number in [0, 1) that depends on the id alone (FNV-1a, 32 bit, then mixed), so that a champion and its shadow are
 * sampled together.
 */
export function toShare(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++)
    hash = Math.imul(hash ^ (id.codePointAt(index) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return ((hash ^ (hash >>> 15)) >>> 0) / 0x1_0000_0000;
}
