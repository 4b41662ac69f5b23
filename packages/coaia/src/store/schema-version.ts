/** What is said when program and store do not have the same schema, or there is no store. */
import { storeErrors } from './errors.ts';
import { LATEST_SCHEMA_VERSION } from './migrations/migrations.ts';

export function toNewerStoreError(location: string, version: number) {
  return storeErrors.create(
    'COAIA-0101',
    `The store ${location} has schema ${version}, this Coaia knows schema ${LATEST_SCHEMA_VERSION}; a newer Coaia wrote it, so it was not opened.`,
    { hint: 'update Coaia, or set COAIA_HOME to another folder' },
  );
}

export function toOlderStoreError(location: string, version: number) {
  return storeErrors.create(
    'COAIA-0102',
    `The store ${location} has schema ${version}, this Coaia needs schema ${LATEST_SCHEMA_VERSION}; run coaia db migrate.`,
    { hint: 'coaia db migrate' },
  );
}

export function toMissingStoreError(place: string) {
  return storeErrors.create('COAIA-0110', `There is no store at ${place}.`, { hint: 'coaia up' });
}

/** What a migration did. */
export interface MigrateResult {
  readonly from: number;
  readonly to: number;
  /** Copy of the store as it was before; only for SQLite and only when something was migrated. */
  readonly copy: string | undefined;
}
