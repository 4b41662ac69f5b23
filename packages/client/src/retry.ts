/** When and how long to wait before a call is made again. */

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8_000;
/** A server that asks for a longer pause is not waited for. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/** Answers that will not change by asking again although they are 5xx: not built, HTTP version, disk full. */
const FINAL_STATUSES = new Set([501, 505, 507]);

/** Network failures that a second attempt may pass: the connection broke or the resolver was busy. */
const PASSING_CODES = new Set([
  'ECONNRESET',
  'EPIPE',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'ECONNABORTED',
]);

/** True for 408, 429 and those 5xx that may pass. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && !FINAL_STATUSES.has(status));
}

/** True when the connection was lost, false when there never was one (refused, unknown host). */
export function isRetryableNetworkCode(code: string): boolean {
  return PASSING_CODES.has(code);
}

/**
 * Milliseconds asked for by a Retry-After header (RFC 9110, 10.2.3: seconds or an HTTP date).
 * Undefined when it is absent or unreadable; 0 for a date in the past.
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Math.round(Number(header) * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * Milliseconds to wait before attempt `attempt + 1` (the first attempt is 0): doubling with jitter between half
 * and all of it, or what the server asked for. Undefined: the pause asked for is too long, give up.
 */
export function findDelay(
  attempt: number,
  retryAfterMs: number | undefined,
  random: () => number,
): number | undefined {
  if (retryAfterMs !== undefined) {
    return retryAfterMs > LONGEST_RETRY_AFTER_MS ? undefined : retryAfterMs;
  }
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
  return Math.round(full * (0.5 + random() / 2));
}
