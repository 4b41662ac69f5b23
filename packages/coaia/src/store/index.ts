/** Floor 1: one Database port over SQLite and Postgres. */
export type * from './database.ts';
export type * from './tables.ts';
export type { OpenOptions, StoreLocation } from './open-options.ts';
export { storeErrors } from './errors.ts';
export { toLikePattern } from './like-pattern.ts';
export { listChanges, readLastChange } from './list-changes.ts';
export { LATEST_SCHEMA_VERSION } from './migrations/migrations.ts';
export { openDatabase } from './open-database.ts';
export { PRIMARY_KEYS } from './tables.ts';
