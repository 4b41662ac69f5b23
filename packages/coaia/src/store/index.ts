/** Floor 1: one Database port over SQLite and Postgres. */
import type { BackupOptions, BackupResult } from './maintenance/backup-database.ts';
import type { CheckOptions, CheckResult } from './maintenance/check-database.ts';
import type { RestoreResult } from './maintenance/restore-database.ts';
import type { StoreLocation } from './open-options.ts';
import type { MigrateResult } from './schema-version.ts';

export type * from './database.ts';
export type * from './dataset-rows.ts';
export type * from './tables.ts';
export type { BackupOptions, BackupResult } from './maintenance/backup-database.ts';
export type { CheckOptions, CheckResult } from './maintenance/check-database.ts';
export type { Finding } from './maintenance/finding.ts';
export type { RestoreResult } from './maintenance/restore-database.ts';
export type { MigrateResult } from './schema-version.ts';
export type { OpenOptions, StoreLocation } from './open-options.ts';
export type { RunningServer, ServerAddress, ServerLock } from './server-lock.ts';
export { listProjectTables } from './columns.ts';
export { storeErrors } from './errors.ts';
export { toLikePattern } from './like-pattern.ts';
export { listChanges, readLastChange } from './list-changes.ts';
export { LATEST_SCHEMA_VERSION } from './migrations/migrations.ts';
export { openDatabase } from './open-database.ts';
export { findStartTime, openServerLock, readServerLock } from './server-lock.ts';
export { PRIMARY_KEYS } from './tables.ts';

// Maintenance is loaded when it is called: ordinary commands never pay for it.

/** See maintenance/backup-database.ts. */
export async function backupDatabase(
  location: StoreLocation,
  options: BackupOptions,
): Promise<BackupResult> {
  const { backupDatabase: run } = await import('./maintenance/backup-database.ts');
  return run(location, options);
}

/** See maintenance/restore-database.ts. */
export async function restoreDatabase(
  location: StoreLocation,
  options: { readonly file: string; readonly home?: string },
): Promise<RestoreResult> {
  const { restoreDatabase: run } = await import('./maintenance/restore-database.ts');
  return run(location, options);
}

/** See maintenance/check-database.ts. */
export async function checkDatabase(
  location: StoreLocation,
  options?: CheckOptions,
): Promise<CheckResult> {
  const { checkDatabase: run } = await import('./maintenance/check-database.ts');
  return run(location, options);
}

/** See maintenance/migrate-database.ts. */
export async function migrateDatabase(location: StoreLocation): Promise<MigrateResult> {
  const { migrateDatabase: run } = await import('./maintenance/migrate-database.ts');
  return run(location);
}
