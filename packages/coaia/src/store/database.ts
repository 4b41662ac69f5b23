/**
 * The Database port. Two implementations: `sqlite/` (one file, many processes) and `postgres/`.
 * SQL is written once with `?` placeholders; what differs between the two is in `Dialect` and nowhere else.
 */
import type { Kysely } from 'kysely';
import type { ChangeRow, CounterRow, Tables } from './tables.ts';

/** Values that both databases take and give back unchanged. Booleans are stored as 0 and 1. */
export type SqlValue = string | number | null | Uint8Array;

export type SqlRow = Readonly<Record<string, SqlValue>>;

/** A statement with its values, as Kysely compiles it or as written by hand. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** How to write what the two databases spell differently. Fragments, not statements. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** `column IN (values of a JSON array given as one parameter)`: one prepared text for any number of values. */
  inList(column: string): string;
  /** Text of a member of a JSON column; `path` is one key or a list of nested keys. NULL when absent. */
  jsonText(column: string, path: readonly string[]): string;
  /** A text expression as a double; NULL when it is not written like a number. */
  number(expression: string): string;
  /** `column` (JSON array of texts) contains the value given as one parameter. */
  jsonArrayHas(column: string): string;
  /** Table expression that yields one row per element of a JSON array column, the element in `value`. */
  jsonArrayRows(column: string, alias: string): string;
  /** Case-insensitive contains; the parameter is made by `toLikePattern`. */
  like(column: string): string;
  /** Whole number: `expression` rounded down to a multiple of `step`. */
  bucket(expression: string, step: number): string;
  /** Epoch milliseconds rounded down to the start of their calendar month, UTC. */
  month(expression: string): string;
  /**
   * The value below which `fraction` of a column's known values lie, between its two neighbours. Undefined where
   * there is no such aggregate and rows must be ranked by window functions instead.
   */
  percentile(column: string, fraction: number): string | undefined;
  /** Text before/after form of `substr(column, 1, n)` that both know. */
  left(column: string, count: number): string;
  /** Ends a SELECT by primary key whose row nobody else may change until the transaction ends. */
  readonly lockRow: string;
  /** The same, but answers nothing when somebody else has the row. */
  readonly lockFreeRow: string;
}

/** Reads of committed state and durable writes. */
export interface Transaction {
  read<Row = SqlRow>(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Runs one statement; returns the number of changed rows. */
  run(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
  /** Inserts whole rows, replacing those with the same primary key. `rows` must not repeat a key. */
  upsert<T extends keyof Tables>(table: T, rows: readonly Tables[T][]): Promise<void>;
  /** Appends to the event sequence that live updates follow; the time is now. */
  addChanges(
    projectId: string,
    entries: readonly { readonly kind: ChangeRow['kind']; readonly id: string }[],
  ): Promise<void>;
  /** Adds `delta` (may be negative) to a project's total without waiting for other writers of it. */
  addToCounter(projectId: string, name: CounterRow['name'], delta: number): Promise<void>;
  /** Serialises writers of the same keys until the transaction ends; where there is one writer nothing is read. */
  lock(keys: Iterable<string>): Promise<void>;
}

export interface ScanOptions {
  /** Milliseconds before the scan is cut off with COAIA-0107; default 10,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface StoreInfo {
  readonly dialect: 'sqlite' | 'postgres';
  /** File path, or the address without credentials. */
  readonly location: string;
  readonly engineVersion: string;
  readonly schemaVersion: number;
  readonly latestSchemaVersion: number;
  readonly bytes: number;
  readonly walBytes: number;
  readonly durability: 'full' | 'relaxed';
  /** Commits made through this handle since it was opened. */
  readonly commits: number;
}

export interface Database {
  readonly dialect: Dialect;
  /** Quick reads of committed state on the calling thread: point reads and pages over an index. */
  read<Row = SqlRow>(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Heavy reads (full text, aggregates, exports) away from the event loop, cut off by time. */
  scan<Row = SqlRow>(
    sql: string,
    parameters?: readonly SqlValue[],
    options?: ScanOptions,
  ): Promise<readonly Row[]>;
  /**
   * Runs `work` in a transaction and resolves once it is durable. Concurrent calls share a commit; a failing
   * one is rolled back alone. `work` may run again after a conflict, so it must have no effects of its own; it
   * must not call `write` (that waits for itself), and after a statement failed it must fail too.
   * Rejects with COAIA-0105 (disk full), COAIA-0104 (busy for too long) or the error that `work` threw.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Typed query builder whose queries run through `read`; loaded on first use. */
  query(): Promise<Kysely<Tables>>;
  /** The same builder, run through `scan`. */
  heavyQuery(options?: ScanOptions): Promise<Kysely<Tables>>;
  /** Changes whenever anybody, also another process, has committed. Cheap: asked five times a second. */
  changeToken(): Promise<string>;
  info(): Promise<StoreInfo>;
  close(): Promise<void>;
}
