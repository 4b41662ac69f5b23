/** Identifiers we make ourselves; any caller's string is accepted verbatim elsewhere. */

/** 32 hex digits, the W3C trace id (https://www.w3.org/TR/trace-context/#trace-id). */
export function createTraceId(): string {
  return toRandomHex(16);
}

/** 16 hex digits, the W3C span id. */
export function createObservationId(): string {
  return toRandomHex(8);
}

/** Random UUID (version 4) for event, score and key ids. */
export function createId(): string {
  return process.getBuiltinModule('node:crypto').randomUUID();
}

// node:crypto costs 5 ms of start-up, so it is loaded by the first id and not by every command's help.
function toRandomHex(bytes: number): string {
  return process.getBuiltinModule('node:crypto').randomBytes(bytes).toString('hex');
}
