/** One open SQLite connection with its prepared statements. */
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';

export interface ConnectionOptions {
  readonly readOnly: boolean;
  /** Milliseconds SQLite itself waits for a lock; this blocks the calling thread. */
  readonly busyTimeoutMs: number;
  readonly durability: 'full' | 'relaxed';
  readonly cacheMegabytes: number;
}

const MAX_STATEMENTS = 500;

/** Least recently used statements are dropped; dropping finalises them when they are collected. */
export class Connection {
  readonly db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, options: ConnectionOptions) {
    this.db = new DatabaseSync(path, {
      readOnly: options.readOnly,
      timeout: options.busyTimeoutMs,
      enableForeignKeyConstraints: true,
      enableDoubleQuotedStringLiterals: false,
    });
    this.db.exec(
      `PRAGMA synchronous = ${options.durability === 'full' ? 'FULL' : 'NORMAL'};
       PRAGMA cache_size = -${options.cacheMegabytes * 1024};
       PRAGMA temp_store = MEMORY`,
    );
  }

  prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const statement = this.db.prepare(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > MAX_STATEMENTS) {
      for (const oldest of this.#statements.keys()) {
        this.#statements.delete(oldest);
        break;
      }
    }
    return statement;
  }

  all(sql: string, parameters: readonly unknown[] = []): readonly unknown[] {
    return this.prepare(sql).all(...toInputs(parameters));
  }

  run(sql: string, parameters: readonly unknown[] = []): number {
    return Number(this.prepare(sql).run(...toInputs(parameters)).changes);
  }

  /** First column of the first row as a number; for PRAGMAs and counts. */
  number(sql: string): number {
    const row = this.prepare(sql).get();
    return row === undefined ? 0 : Number(Object.values(row)[0]);
  }

  close(): void {
    this.#statements.clear();
    if (this.db.isOpen) this.db.close();
  }
}

/** SQLite knows no booleans and no undefined; query builders may still pass them. */
function toInputs(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (value === undefined) return null;
    if (typeof value === 'boolean') return value ? 1 : 0;
    return value as SQLInputValue;
  });
}
