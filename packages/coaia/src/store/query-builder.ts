/** Kysely over `read` or `scan`; the library is loaded when the first query is built. */
import type { Kysely } from 'kysely';
import type { Dialect, SqlRow, SqlValue } from './database.ts';
import type { Tables } from './tables.ts';

export type RunQuery = (sql: string, parameters: readonly SqlValue[]) => Promise<readonly SqlRow[]>;

/** A query builder for reading; writes go through `Database.write`. */
export async function openQueryBuilder(dialect: Dialect, run: RunQuery): Promise<Kysely<Tables>> {
  const { createKysely } = await import('./kysely-dialect.ts');
  return createKysely(dialect, run);
}
