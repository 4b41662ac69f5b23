/** The way in: one call for both databases; the one that is not used is not loaded. */
import type { Database } from './database.ts';
import type { OpenOptions, StoreLocation } from './open-options.ts';

/**
 * Opens (and by `options.migrate` creates or upgrades) a store. Rejects with a COAIA-01xx error that names the
 * place; nothing is changed then.
 */
export async function openDatabase(
  location: StoreLocation,
  options: OpenOptions,
): Promise<Database> {
  const db = await openEngine(location, options);
  if (options.mode !== 'server' || options.readOnly === true) return db;
  const { withPruning } = await import('./maintenance/prune-changes.ts');
  return withPruning(db);
}

async function openEngine(location: StoreLocation, options: OpenOptions): Promise<Database> {
  if (location.kind === 'sqlite') {
    const { openSqlite } = await import('./sqlite/open-sqlite.ts');
    return openSqlite(location.path, options);
  }
  const { openPostgres } = await import('./postgres/open-postgres.ts');
  return openPostgres(location.url, options);
}
