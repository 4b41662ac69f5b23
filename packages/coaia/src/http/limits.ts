/** What one server takes on at most. Every refusal names the limit it met. */

export interface Limits {
  /** Bytes of a body after decompression, unless the route says otherwise. */
  readonly bodyBytes: number;
  /** Levels of brackets in a JSON body. */
  readonly jsonDepth: number;
  /** Milliseconds without a byte before a half-sent body is given up. */
  readonly bodyIdleMs: number;
  /** Milliseconds for a whole body; files that stream have the server's limit for requests instead. */
  readonly bodyMs: number;
  /** Requests being worked on; more are answered 503. */
  readonly inFlight: number;
  /** Bytes of all bodies being worked on. */
  readonly inFlightBytes: number;
  /** Mean delay of the event loop in milliseconds above which new work is refused. */
  readonly loopDelayMs: number;
  /** Requests that are always taken on, however slow the loop is. */
  readonly calmInFlight: number;
  /** Bytes that may wait for one slow reader of an event stream. */
  readonly streamBytes: number;
  /** Open event streams. */
  readonly streams: number;
}

export const DEFAULT_LIMITS: Limits = {
  bodyBytes: 4_500_000,
  jsonDepth: 200,
  bodyIdleMs: 30_000,
  bodyMs: 120_000,
  inFlight: 4_000,
  inFlightBytes: 256 * 1024 * 1024,
  loopDelayMs: 1_500,
  calmInFlight: 64,
  streamBytes: 256 * 1024,
  streams: 2_000,
};

/** `4.5 MB`, as the refusals say it. */
export function toMegabytes(bytes: number): string {
  return `${Number((bytes / 1_000_000).toFixed(1))} MB`;
}
