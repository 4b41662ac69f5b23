/** Runs heavy reads in up to two helper processes, so that the event loop stays free and a runaway query can be killed. */
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ScanOptions } from '../database.ts';
import { storeErrors } from '../errors.ts';
import type { ScanAnswer, ScanRequest } from './scan-worker.ts';

const MAX_HELPERS = 2;
const IDLE_MS = 60_000;
const DEFAULT_TIMEOUT_MS = 10_000;
const CACHE_MEGABYTES = 16;

interface Task {
  readonly request: ScanRequest;
  readonly resolve: (rows: readonly unknown[]) => void;
  readonly reject: (error: Error) => void;
}

interface Helper {
  readonly child: ChildProcess;
  task: Task | undefined;
  idle: NodeJS.Timeout | undefined;
}

/** Opened empty; the first scan starts a helper, a minute without work ends it. */
export class ScanPool {
  readonly #path: string;
  readonly #helpers = new Set<Helper>();
  readonly #waiting: Task[] = [];
  #lastId = 0;
  #isClosed = false;

  constructor(path: string) {
    this.#path = path;
  }

  run(
    sql: string,
    parameters: readonly unknown[],
    options: ScanOptions = {},
  ): Promise<readonly unknown[]> {
    if (options.signal?.aborted === true) return Promise.reject(toReason(options.signal));
    const limit = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        options.signal?.removeEventListener('abort', onAbort);
      };
      const task: Task = {
        request: { id: ++this.#lastId, sql, parameters },
        resolve(rows) {
          settle();
          resolve(rows);
        },
        reject(error) {
          settle();
          reject(error);
        },
      };
      const onAbort = (): void => this.#cancel(task, toReason(options.signal));
      const timer = setTimeout(() => this.#cancel(task, toTimeoutError(limit)), limit);
      options.signal?.addEventListener('abort', onAbort);
      this.#waiting.push(task);
      this.#assign();
    });
  }

  /** Kills the helpers; what they were doing is rejected. */
  close(): void {
    this.#isClosed = true;
    for (const task of this.#waiting.splice(0)) task.reject(toLostError('the store was closed'));
    for (const helper of this.#helpers) this.#stop(helper, toLostError('the store was closed'));
  }

  #assign(): void {
    while (this.#waiting.length > 0 && !this.#isClosed) {
      const helper = this.#findFree();
      const task = helper === undefined ? undefined : this.#waiting.shift();
      if (helper === undefined || task === undefined) return;
      clearTimeout(helper.idle);
      helper.task = task;
      helper.child.ref();
      helper.child.channel?.ref();
      helper.child.send(task.request);
    }
  }

  #findFree(): Helper | undefined {
    for (const helper of this.#helpers) if (helper.task === undefined) return helper;
    return this.#helpers.size < MAX_HELPERS ? this.#start() : undefined;
  }

  #start(): Helper {
    // Loaded here: a single command scans nothing and should not pay for processes.
    const child = process
      .getBuiltinModule('node:child_process')
      .fork(toEntry(), [this.#path, String(CACHE_MEGABYTES)], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        execArgv: ['--disable-warning=ExperimentalWarning'],
        // The helper needs nothing of the environment, and keys in it are nobody else's business.
        env: {},
      });
    const helper: Helper = { child, task: undefined, idle: undefined };
    this.#helpers.add(helper);
    child.on('message', (message) => this.#receive(helper, message as ScanAnswer));
    child.on('error', (error) => this.#stop(helper, toLostError(error.message)));
    child.on('exit', () => {
      this.#stop(helper, toLostError('the helper process ended'));
      this.#assign();
    });
    return helper;
  }

  #receive(helper: Helper, answer: ScanAnswer): void {
    const task = helper.task;
    if (task === undefined || task.request.id !== answer.id) return;
    helper.task = undefined;
    helper.child.unref();
    helper.child.channel?.unref();
    helper.idle = setTimeout(() => this.#stop(helper, toLostError('the helper was idle')), IDLE_MS);
    helper.idle.unref();
    if ('rows' in answer) task.resolve(answer.rows);
    else task.reject(Object.assign(new Error(answer.message), { errcode: answer.errcode }));
    this.#assign();
  }

  #cancel(task: Task, error: Error): void {
    const place = this.#waiting.indexOf(task);
    if (place !== -1) this.#waiting.splice(place, 1);
    for (const helper of this.#helpers) if (helper.task === task) this.#stop(helper, error);
    task.reject(error);
    this.#assign();
  }

  #stop(helper: Helper, error: Error): void {
    this.#helpers.delete(helper);
    clearTimeout(helper.idle);
    const task = helper.task;
    helper.task = undefined;
    helper.child.removeAllListeners();
    helper.child.on('error', () => {});
    helper.child.kill('SIGKILL');
    task?.reject(error);
  }
}

/** Sources run as `.ts`, the published bundle as `.js`; the entry lies beside this module in both. */
function toEntry(): string {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`./scan-worker.${ending}`, import.meta.url));
}

function toReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error('the query was aborted');
}

function toTimeoutError(limit: number) {
  return storeErrors.create(
    'COAIA-0107',
    `The query took longer than ${limit} ms and was stopped; narrow the time range or the filter.`,
  );
}

function toLostError(reason: string) {
  return storeErrors.create('COAIA-0108', `The query was not finished: ${reason}.`);
}
