/** Quick reads of committed state. */
import { basename } from 'node:path';
import type { SqlValue } from '../database.ts';
import { Connection } from './connection.ts';
import { toStoreError } from './engine-errors.ts';

export interface ReadsOptions {
  readonly path: string;
  readonly writer: Connection;
  /** Whether the writer holds rows that are not committed. */
  readonly isWriting: () => boolean;
  readonly cacheMegabytes: number;
}

/** Opens its own read-only connection only when it is needed. */
export class Reads {
  readonly #options: ReadsOptions;
  #connection: Connection | undefined;

  constructor(options: ReadsOptions) {
    this.#options = options;
  }

  run(sql: string, parameters: readonly SqlValue[]): readonly unknown[] {
    const { isWriting, writer, path } = this.#options;
    // Between transactions the writer's page cache is the warmest; inside one it would show uncommitted rows.
    const connection = isWriting() ? this.#open() : writer;
    try {
      return connection.all(sql, parameters);
    } catch (error) {
      throw toStoreError(error, basename(path));
    }
  }

  /** A number that changes with every commit of another connection, ours for writing included. */
  dataVersion(): number {
    return this.#open().number('PRAGMA data_version');
  }

  close(): void {
    this.#connection?.close();
  }

  #open(): Connection {
    this.#connection ??= new Connection(this.#options.path, {
      readOnly: true,
      busyTimeoutMs: 1000,
      durability: 'full',
      cacheMegabytes: this.#options.cacheMegabytes,
    });
    return this.#connection;
  }
}
