/** Codes of the store: block COAIA-0100. */
import { defineErrors, EXIT } from '#base';

export const storeErrors = defineErrors({
  'COAIA-0101': {
    status: 503,
    exit: EXIT.config,
    name: 'ServiceUnavailableError',
    explain:
      'The store was written by a newer Coaia. An older program would damage it, so it is not opened. Update Coaia, or point COAIA_HOME or DATABASE_URL at another store.',
  },
  'COAIA-0102': {
    status: 503,
    exit: EXIT.config,
    name: 'ServiceUnavailableError',
    explain:
      'The store has an older schema than this program needs. Run `coaia db migrate` (or start `coaia up`), which first keeps a copy of the file.',
  },
  'COAIA-0103': {
    status: 503,
    exit: EXIT.config,
    name: 'ServiceUnavailableError',
    explain:
      'The database engine is too old: SQLite before 3.51.3 can damage a store that several processes write, and Postgres before 15 lacks functions Coaia needs. Update Node or Postgres.',
  },
  'COAIA-0104': {
    status: 503,
    exit: EXIT.failed,
    name: 'ServiceUnavailableError',
    explain:
      'Another process held the write lock of the store for too long. Nothing was written. Look for a long backup or migration, then try again.',
  },
  'COAIA-0105': {
    status: 507,
    exit: EXIT.failed,
    name: 'InsufficientStorageError',
    explain:
      'The disk that holds the store is full. Nothing was written and nothing was lost; reads go on. Free some space and repeat the request, no restart is needed.',
  },
  'COAIA-0106': {
    status: 503,
    exit: EXIT.config,
    name: 'ServiceUnavailableError',
    explain:
      'The file at the place of the store is not a Coaia store, or it is damaged. It was left exactly as it is. Move it away, restore a backup with `coaia db restore FILE`, or choose another home.',
  },
  'COAIA-0107': {
    status: 422,
    exit: EXIT.failed,
    name: 'UnprocessableContent',
    explain:
      'A heavy query took longer than allowed and was stopped. Narrow the time range or add a filter on an indexed field.',
  },
  'COAIA-0108': {
    status: 503,
    exit: EXIT.unreachable,
    name: 'ServiceUnavailableError',
    explain:
      'The database could not be reached: the server is down, the address is wrong, or the disk returned an error. The sentence says which; the cause has the words of the database.',
  },
  'COAIA-0109': {
    status: 403,
    exit: EXIT.failed,
    name: 'ForbiddenError',
    explain:
      'The store was opened for reading only, or the file system does not allow writing. Check owner and permissions of the home folder.',
  },
  'COAIA-0110': {
    status: 404,
    exit: EXIT.config,
    name: 'LangfuseNotFoundError',
    explain:
      'There is no store at this place yet. `coaia up` or any command that writes creates one; for restore and info check the path.',
  },
  'COAIA-0111': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'The file or store is in the way: a backup does not overwrite a file without --force, and a restore does not replace a store that a running server uses.',
  },
  'COAIA-0112': {
    status: 400,
    exit: EXIT.failed,
    name: 'InvalidRequestError',
    explain:
      'The file is not a usable backup: not a SQLite store of Coaia and not a portable dump, damaged, or cut off. The current store was not touched.',
  },
  'COAIA-0113': {
    status: 409,
    exit: EXIT.failed,
    name: 'LangfuseConflictError',
    explain:
      'A Coaia server already runs on this home. Use it (`coaia status` shows its address), stop it with `coaia down`, or choose another COAIA_HOME.',
  },
});
