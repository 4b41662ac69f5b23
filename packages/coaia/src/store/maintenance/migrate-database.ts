/** Brings an existing store to the newest schema, and says what was done. */
import type { StoreLocation } from '../open-options.ts';
import type { MigrateResult } from '../schema-version.ts';

/** Rejects with COAIA-0110 when there is no store and COAIA-0101 when it is newer than this program. */
export async function migrateDatabase(location: StoreLocation): Promise<MigrateResult> {
  if (location.kind === 'sqlite') {
    const { upgradeSqlite } = await import('../sqlite/open-sqlite.ts');
    return upgradeSqlite(location.path);
  }
  const { upgradePostgres } = await import('../postgres/open-postgres.ts');
  return upgradePostgres(location.url);
}
