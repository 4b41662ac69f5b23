/** Ids of requests: UUID version 7 (RFC 9562, 5.7), ordered by time, made without asking the system each time. */
import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 4_096;
const ID_BYTES = 10;
const VARIANTS = '89ab';

const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

function takeHex(): string {
  if (used + ID_BYTES > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const hex = pool.toString('hex', used, used + ID_BYTES);
  used += ID_BYTES;
  return hex;
}

/** A request id of `time` (epoch milliseconds). */
export function createRequestId(time: number): string {
  const stamp = Math.trunc(time).toString(16).padStart(12, '0');
  const hex = takeHex();
  const variant = VARIANTS[Number.parseInt(hex[3] ?? '0', 16) & 3] ?? '8';
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`;
}

const REQUEST_ID = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** True for ids as `createRequestId` makes them. */
export const isRequestId = (id: string) => REQUEST_ID.test(id);

/** The id of a request as 32 hex digits, for its trace. */
export function toTraceId(id: string): string {
  return id.slice(0, 8) + id.slice(9, 13) + id.slice(14, 18) + id.slice(19, 23) + id.slice(24);
}

/** 16 hex digits for a span. */
export function createSpanId(): string {
  return takeHex().slice(0, 16);
}

const PRINTABLE = /^[\u0021-\u007E]{1,128}$/;

/** An id of the caller, or undefined when it cannot be one: 1 to 128 printable ASCII characters without spaces. */
export function toCallerId(value: unknown): string | undefined {
  return typeof value === 'string' && PRINTABLE.test(value) ? value : undefined;
}

const TRACEPARENT = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}/;

/** Trace and span of a W3C traceparent header; undefined when it is absent or malformed, as the standard asks. */
export function parseTraceparent(
  value: string | undefined,
): { readonly traceId: string; readonly spanId: string } | undefined {
  if (value === undefined) return undefined;
  const match = TRACEPARENT.exec(value);
  const [, traceId, spanId] = match ?? [];
  if (traceId === undefined || spanId === undefined || value.startsWith('ff')) return undefined;
  return { traceId, spanId };
}
