/** SQLSTATE codes (https://www.postgresql.org/docs/15/errcodes-appendix.html) in our words. */
import { isCoaiaError } from '#base';
import { storeErrors } from '../errors.ts';

/** What the library says, without a code, about a connection that broke. */
const LOST = /Connection terminated|not queryable/;

/** Serialization failure and deadlock: the same transaction may succeed when it runs again. */
export function isRetryable(error: unknown): boolean {
  const state = findState(error);
  return state === '40001' || state === '40P01';
}

/** The connection broke, as after a restart of the server: another one may work. */
export function isConnectionLost(error: unknown): boolean {
  const state = findState(error);
  if (state !== undefined) return state === '57P01' || state.startsWith('08');
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return code === 'ECONNRESET' || code === 'EPIPE' || LOST.test(error.message);
}

/** The cancelled statement of a scan or of an abort. */
export function isCancelled(error: unknown): boolean {
  return findState(error) === '57014';
}

/** The table is not there. */
export function isMissingTable(error: unknown): boolean {
  return findState(error) === '42P01';
}

/**
 * Translates what the user can do something about; anything else is returned unchanged. `location` is given
 * while opening. Later errors may reach other people over HTTP: they have the particulars only in their cause.
 */
export function toStoreError(error: unknown, location?: string): unknown {
  if (isCoaiaError(error)) return error;
  const state = findState(error);
  const database = location === undefined ? 'The database' : `The database ${location}`;
  const reason = location === undefined ? '' : `: ${toReason(error)}`;
  if (state === '53100') {
    return storeErrors.create(
      'COAIA-0105',
      'The disk of the database is full; nothing was written.',
      {
        cause: error,
        hint: 'free some space and try again; no restart is needed',
      },
    );
  }
  if (state === '25006' || state === '42501') {
    return storeErrors.create('COAIA-0109', `${database} does not allow this${reason}.`, {
      cause: error,
    });
  }
  if (isUnreachable(error, state)) {
    return storeErrors.create('COAIA-0108', `${database} cannot be reached${reason}.`, {
      cause: error,
      hint: 'check DATABASE_URL and whether Postgres runs',
    });
  }
  return error;
}

/** Connection refused or lost, wrong password, no such database, too many clients, shutting down. */
function isUnreachable(error: unknown, state: string | undefined): boolean {
  if (state !== undefined && /^(?:08|28|3D|53300|57P)/.test(state)) return true;
  if (!(error instanceof Error)) return false;
  if (
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('E') &&
    'syscall' in error
  )
    return true;
  return (
    error instanceof AggregateError ||
    LOST.test(error.message) ||
    /after calling end|timeout exceeded when trying to connect/.test(error.message)
  );
}

function findState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return undefined;
  return /^[0-9A-Z]{5}$/.test(error.code) && !error.code.startsWith('E') ? error.code : undefined;
}

function toReason(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return String(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
