/** The list of outbound calls that this home has made: one JSON line each, never a secret. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

export interface LedgerLine {
  /** ISO 8601 UTC. */
  readonly time: string;
  /** Why the call was made, in one word of the room that made it. */
  readonly reason: string;
  readonly method: string;
  /** Host and port; no path, no query, no credentials. */
  readonly host: string;
  /** HTTP status of the answer; absent when there was none. */
  readonly status?: number;
  /** Error code when there was no answer; COAIA-0601 for refused calls. */
  readonly error?: string;
  readonly milliseconds: number;
}

/** Appends one line. A ledger that cannot be written stops the call: what is not recorded is not sent. */
export function addLedgerLine(path: string, line: LedgerLine): void {
  const text = `${JSON.stringify(line)}\n`;
  try {
    appendFileSync(path, text, { mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    appendFileSync(path, text, { mode: 0o600 });
  }
}
