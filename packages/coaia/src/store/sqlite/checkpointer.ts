/** Decides when the write-ahead log is worth a checkpoint and has it done by a thread. */
import type { Worker } from 'node:worker_threads';
import type { CheckpointKind } from './checkpoint-worker.ts';
import type { Connection } from './connection.ts';

const MEGABYTE = 1024 * 1024;
/** Not yet copied into the store file: start copying. */
const PASSIVE_BYTES = 16 * MEGABYTE;
/** Log that writers keep appending to: make them start over at its beginning. */
const RESTART_BYTES = 64 * MEGABYTE;
/** Log that grew under a long reader: give the space back. */
const TRUNCATE_BYTES = 256 * MEGABYTE;
const LOOK_EVERY_MS = 100;
/** Pause after readers kept a checkpoint from finishing. */
const HINDERED_MS = 2000;

export class Checkpointer {
  readonly #path: string;
  readonly #writer: Connection;
  readonly #pageSize: number;
  #worker: Worker | undefined;
  #isBusy = false;
  #nextLook = 0;

  /** Takes checkpoints away from the writer connection. */
  constructor(path: string, writer: Connection) {
    this.#path = path;
    this.#writer = writer;
    this.#pageSize = writer.number('PRAGMA page_size');
    writer.db.exec(`PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = ${RESTART_BYTES}`);
  }

  /** Called after every commit; looks at most ten times a second and then costs microseconds. */
  afterCommit(): void {
    const now = performance.now();
    if (this.#isBusy || now < this.#nextLook) return;
    this.#nextLook = now + LOOK_EVERY_MS;
    const state = this.#writer.prepare('PRAGMA wal_checkpoint(NOOP)').get();
    const log = Number(state?.['log'] ?? 0) * this.#pageSize;
    const pending = log - Number(state?.['checkpointed'] ?? 0) * this.#pageSize;
    const kind = toKind(log, pending);
    if (kind !== undefined) this.#send(kind);
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    if (worker === undefined) return;
    await new Promise<void>((resolve) => {
      worker.ref();
      worker.once('exit', () => resolve());
      worker.postMessage('close');
    });
  }

  #send(kind: CheckpointKind): void {
    this.#worker ??= this.#start();
    this.#isBusy = true;
    this.#worker.postMessage(kind);
  }

  #start(): Worker {
    const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    // Loaded here: a single command never checkpoints and should not pay for threads.
    const threads = process.getBuiltinModule('node:worker_threads');
    const worker = new threads.Worker(new URL(`./checkpoint-worker.${ending}`, import.meta.url), {
      workerData: { path: this.#path },
      execArgv: [],
    });
    worker.unref();
    worker.on('message', (isHindered: boolean) => {
      this.#isBusy = false;
      if (isHindered) this.#nextLook = performance.now() + HINDERED_MS;
    });
    worker.on('error', () => {
      this.#worker = undefined;
      this.#isBusy = false;
    });
    return worker;
  }
}

/** Which checkpoint a log of `log` bytes, of which `pending` are not yet copied, deserves. */
export function toKind(log: number, pending: number): CheckpointKind | undefined {
  if (log > TRUNCATE_BYTES) return 'TRUNCATE';
  if (log > RESTART_BYTES) return 'RESTART';
  return pending > PASSIVE_BYTES ? 'PASSIVE' : undefined;
}
