/** A Kysely dialect whose driver is one of our own reading functions. */
import {
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type { Dialect, SqlValue } from './database.ts';
import type { RunQuery } from './query-builder.ts';
import type { Tables } from './tables.ts';

/** Postgres numbers its placeholders itself, so `run` must take SQL that is already in its dialect. */
export function createKysely(dialect: Dialect, run: RunQuery): Kysely<Tables> {
  const isSqlite = dialect.name === 'sqlite';
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => (isSqlite ? new SqliteAdapter() : new PostgresAdapter()),
      createDriver: () => openDriver(run),
      createIntrospector: (db) =>
        isSqlite ? new SqliteIntrospector(db) : new PostgresIntrospector(db),
      createQueryCompiler: () =>
        isSqlite ? new SqliteQueryCompiler() : new PostgresQueryCompiler(),
    },
  });
}

function openConnection(run: RunQuery): DatabaseConnection {
  return {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const rows = await run(query.sql, query.parameters as readonly SqlValue[]);
      return { rows: rows as unknown as Row[] };
    },
    streamQuery() {
      throw new Error('streaming is not offered; page with LIMIT');
    },
  };
}

function refuse(): never {
  throw new Error('use Database.write for transactions');
}

function openDriver(run: RunQuery): Driver {
  const connection = openConnection(run);
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: async () => refuse(),
    commitTransaction: async () => refuse(),
    rollbackTransaction: async () => refuse(),
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}
