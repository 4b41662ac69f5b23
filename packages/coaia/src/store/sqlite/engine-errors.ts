/** SQLite's result codes in our words. */
import { isCoaiaError } from '#base';
import { storeErrors } from '../errors.ts';

const RESULT = {
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/** The primary result code of an error from node:sqlite, undefined for any other error. */
export function findResultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

export function isBusy(error: unknown): boolean {
  return findResultCode(error) === RESULT.busy;
}

/** Translates what the user can do something about; anything else is returned unchanged. */
export function toStoreError(error: unknown, path: string): unknown {
  if (isCoaiaError(error)) return error;
  switch (findResultCode(error)) {
    case RESULT.full:
      return storeErrors.create(
        'COAIA-0105',
        `The disk that holds ${path} is full; nothing was written.`,
        {
          cause: error,
          hint: 'free some space and try again; no restart is needed',
        },
      );
    case RESULT.corrupt:
    case RESULT.notADatabase:
      return storeErrors.create(
        'COAIA-0106',
        `${path} is damaged or is not a Coaia store (${toReason(error)}).`,
        {
          cause: error,
          hint: 'coaia db restore FILE',
        },
      );
    case RESULT.busy:
      return storeErrors.create('COAIA-0104', `${path} is locked by another process.`, {
        cause: error,
      });
    case RESULT.readOnly:
      return storeErrors.create('COAIA-0109', `${path} cannot be written (${toReason(error)}).`, {
        cause: error,
      });
    case RESULT.ioError:
    case RESULT.cannotOpen:
      return storeErrors.create(
        'COAIA-0108',
        `${path} cannot be read or written (${toReason(error)}).`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}

function toReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
