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
      createDriver: () => new ReadingDriver(run),
      createIntrospector: (db) =>
        isSqlite ? new SqliteIntrospector(db) : new PostgresIntrospector(db),
      createQueryCompiler: () =>
        isSqlite ? new SqliteQueryCompiler() : new PostgresQueryCompiler(),
    },
  });
}

class ReadingConnection implements DatabaseConnection {
  readonly #run: RunQuery;

  constructor(run: RunQuery) {
    this.#run = run;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const rows = await this.#run(query.sql, query.parameters as readonly SqlValue[]);
    return { rows: rows as unknown as Row[] };
  }

  // oxlint-disable-next-line require-yield -- the interface asks for a generator
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not offered; page with LIMIT');
  }
}

class ReadingDriver implements Driver {
  readonly #connection: ReadingConnection;

  constructor(run: RunQuery) {
    this.#connection = new ReadingConnection(run);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    throw new Error('use Database.write for transactions');
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}
