/** The one error that calls of this package reject with. */

/**
 * What went wrong, as a caller decides on it.
 * `unreachable`: no connection. `timeout`: no answer in time. `unavailable`: the server answered that it cannot
 * work now (429, 502, 503, 504). `unauthorized`: 401 or 403. `not-found`: 404. `rejected`: any other refusal.
 * `unexpected`: an answer that no such server gives. `config`: address or keys are missing. `aborted`: the caller stopped.
 */
export type ClientErrorKind =
  | 'unreachable'
  | 'timeout'
  | 'unavailable'
  | 'unauthorized'
  | 'not-found'
  | 'rejected'
  | 'unexpected'
  | 'config'
  | 'aborted';

export interface ClientErrorFields {
  readonly kind: ClientErrorKind;
  /** HTTP status; 0 when there was no answer. */
  readonly status?: number;
  /** The server's error class or code, or the system's name of a network failure (ECONNREFUSED). */
  readonly code?: string;
  /** The answer, parsed when it was JSON, with secrets removed. */
  readonly body?: unknown;
  /** True when the same call may succeed later. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
}

/** Exit codes that a command line should end with, by kind; every kind not listed is 1. */
const EXIT_CODES: Partial<Record<ClientErrorKind, number>> = {
  unreachable: 4,
  timeout: 4,
  unavailable: 4,
  unauthorized: 3,
  config: 3,
  aborted: 130,
};

/** A failed call. The message is one sentence without secrets. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly kind: ClientErrorKind;
  readonly status: number;
  readonly code: string;
  readonly body: unknown;
  readonly retryable: boolean;
  /** What a command line should exit with: 1, 3, 4 or 130. */
  readonly exitCode: number;

  constructor(message: string, fields: ClientErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.kind = fields.kind;
    this.status = fields.status ?? 0;
    this.code = fields.code ?? fields.kind;
    this.body = fields.body;
    this.retryable = fields.retryable ?? false;
    this.exitCode = EXIT_CODES[fields.kind] ?? 1;
  }
}

/** True for errors of this package, also across two copies of the module. */
export function isClientError(error: unknown): error is ClientError {
  return error instanceof Error && error.name === 'ClientError' && 'kind' in error;
}

/** Replaces every secret in a text by `***`; empty secrets are ignored. */
export function removeSecrets(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret !== '') clean = clean.replaceAll(secret, '***');
  return clean;
}
