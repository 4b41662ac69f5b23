/** Identifiers we make ourselves; any caller's string is accepted verbatim elsewhere. */
import { randomBytes, randomUUID } from 'node:crypto';

/** 32 hex digits, the W3C trace id (https://www.w3.org/TR/trace-context/#trace-id). */
export function createTraceId(): string {
  return randomBytes(16).toString('hex');
}

/** 16 hex digits, the W3C span id. */
export function createObservationId(): string {
  return randomBytes(8).toString('hex');
}

/** Random UUID (version 4) for event, score and key ids. */
export function createId(): string {
  return randomUUID();
}
