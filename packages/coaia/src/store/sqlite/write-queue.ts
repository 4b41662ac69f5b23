/**
 * Group commit: jobs that arrive close together share one transaction and so one fsync. Each job runs in its
 * own savepoint; a failing one is undone alone. Nobody is answered before the commit is on disk.
 */
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Transaction } from '../database.ts';
import { storeErrors } from '../errors.ts';
import type { Connection } from './connection.ts';
import { isBusy, toStoreError } from './engine-errors.ts';
import { openTransaction } from './transaction.ts';

export interface WriteQueueOptions {
  /** What errors call the store. */
  readonly name: string;
  /** Milliseconds to wait for another process that writes, then COAIA-0104. */
  readonly busyLimitMs: number;
  /** Before a commit, one turn of the event loop is given to requests that are already waiting in sockets. */
  readonly gather: boolean;
  readonly afterCommit?: () => void;
}

interface Job {
  readonly work: (transaction: Transaction) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Settled {
  readonly job: Job;
  readonly value: unknown;
}

const MAX_JOBS = 256;
const MAX_OPEN_MS = 100;
/** Work done in one go before the event loop gets a turn. */
const SLICE_MS = 8;

/** Opened with a writer connection, closed with `drain`. */
export class WriteQueue {
  /** Number of commits so far; tests and the bench count on it. */
  commits = 0;
  readonly #connection: Connection;
  readonly #options: WriteQueueOptions;
  readonly #jobs: Job[] = [];
  #flushing: Promise<void> | undefined;
  #inTransaction = false;

  constructor(connection: Connection, options: WriteQueueOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** True while the writer connection holds rows that are not committed. */
  get isInTransaction(): boolean {
    return this.#inTransaction;
  }

  push<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push({ work, resolve: resolve as (value: unknown) => void, reject });
      this.#flushing ??= this.#flushAll();
    });
  }

  /** Resolves when everything pushed so far is committed or rejected. */
  async drain(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing;
  }

  async #flushAll(): Promise<void> {
    try {
      while (this.#jobs.length > 0) {
        await nextTurn();
        await this.#flush();
      }
    } finally {
      this.#flushing = undefined;
    }
  }

  async #flush(): Promise<void> {
    const done: Settled[] = [];
    try {
      await this.#begin();
    } catch (error) {
      const failure = toStoreError(error, this.#options.name);
      for (const job of this.#jobs.splice(0)) job.reject(failure);
      return;
    }
    try {
      await this.#runJobs(done);
      this.#connection.prepare('COMMIT').run();
      this.commits++;
    } catch (error) {
      this.#rollBack();
      const failure = toStoreError(error, this.#options.name);
      for (const { job } of done) job.reject(failure);
      return;
    } finally {
      this.#inTransaction = false;
    }
    for (const { job, value } of done) job.resolve(value);
    this.#options.afterCommit?.();
  }

  async #runJobs(done: Settled[]): Promise<void> {
    const opened = performance.now();
    let sliceStart = opened;
    let taken = 0;
    while (taken < MAX_JOBS) {
      const job = this.#jobs.shift();
      if (job === undefined) {
        if (!this.#options.gather || performance.now() - opened > MAX_OPEN_MS) return;
        await nextTurn();
        sliceStart = performance.now();
        if (this.#jobs.length === 0) return;
        continue;
      }
      taken++;
      const isAlone = taken === 1 && this.#jobs.length === 0 && !this.#options.gather;
      await this.#runJob(job, isAlone, done);
      const now = performance.now();
      if (now - opened > MAX_OPEN_MS) return;
      if (now - sliceStart > SLICE_MS) {
        await nextTurn();
        sliceStart = performance.now();
      }
    }
  }

  /** Throws only when the whole transaction is lost. */
  async #runJob(job: Job, isAlone: boolean, done: Settled[]): Promise<void> {
    const connection = this.#connection;
    const transaction = openTransaction(connection);
    try {
      if (!isAlone) connection.prepare('SAVEPOINT job').run();
      const value = await job.work(transaction);
      if (!isAlone) connection.prepare('RELEASE job').run();
      done.push({ job, value });
    } catch (error) {
      job.reject(toStoreError(error, this.#options.name));
      // A full disk or a failing one may have rolled everything back already.
      if (!connection.db.isTransaction) throw error;
      if (isAlone) throw error;
      connection.prepare('ROLLBACK TO job').run();
      connection.prepare('RELEASE job').run();
    } finally {
      transaction.end();
    }
  }

  /** Waits for other processes without blocking the event loop: short tries with random pauses between. */
  async #begin(): Promise<void> {
    const start = performance.now();
    let pause = 4;
    for (;;) {
      try {
        this.#connection.prepare('BEGIN IMMEDIATE').run();
        this.#inTransaction = true;
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        const waited = performance.now() - start;
        if (waited > this.#options.busyLimitMs) {
          throw storeErrors.create(
            'COAIA-0104',
            `${this.#options.name} has been locked by another process for ${Math.round(waited / 1000)} s; nothing was written.`,
            { cause: error },
          );
        }
      }
      await sleep(pause * (0.5 + Math.random()));
      pause = Math.min(pause * 1.5, 60);
    }
  }

  #rollBack(): void {
    if (!this.#connection.db.isTransaction) return;
    try {
      this.#connection.prepare('ROLLBACK').run();
    } catch {
      // SQLite rolled back by itself between the two lines.
    }
  }
}
