/**
 * The Dispatcher over BullMQ on Redis: ids and nothing else. A job is named after its run and due time, so the same
 * wake-up is there once. What is due is put in again from the database, so an emptied Redis loses nothing.
 */
import { hash } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import type { Job } from 'bullmq';
import { Redis } from 'ioredis';
import type { Clock } from '#base';
import type { Database } from '#store';
import type { Delivery, Dispatcher, DueRun, RunRef } from './dispatcher.ts';
import { listDueRuns } from './due-runs.ts';
import { queueErrors } from './errors.ts';
import { openTaking } from './taking.ts';

export interface RedisDispatcherOptions {
  readonly db: Database;
  readonly clock: Clock;
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** Asked before the first connection; throws when it is not allowed. */
  readonly allow: (host: string, port: number) => void;
  /** Beginning of all its keys, when one Redis serves several installations. */
  readonly prefix?: string;
  /** Time between two looks into the database. */
  readonly sweepMs?: number;
}

const QUEUE = 'runs';
const SWEEP_MS = 1000;
const SWEEP_LIMIT = 500;
const RECONNECT_MS = 1000;
/** BullMQ's numbers begin at 1 and end at 2^21 - 1; ours may be negative. */
const MIDDLE_PRIORITY = 1_000_000;
const MAX_PRIORITY = 2_097_151;

/** Throws COAIA-0950 for an address that is none, and what `allow` throws. A Redis that is away is waited for. */
export function openRedisDispatcher(options: RedisDispatcherOptions): Dispatcher {
  const { host, port } = parseAddress(options.url);
  options.allow(host, port);
  const state = { trouble: undefined as string | undefined, isClosed: false };
  const client = openClient(options.url, state);
  const shared = { prefix: options.prefix ?? 'coaia', skipVersionCheck: true };
  const queue = new Queue<RunRef>(QUEUE, { connection: client, ...shared });
  queue.on('error', () => {});
  const look = (): void => {
    for (const delivery of deliveries) delivery.sweep();
  };
  // Also after it was away, and perhaps emptied.
  client.on('ready', look);
  const deliveries = new Set<{ close(): Promise<void>; sweep(): void }>();
  const put = async (runs: readonly DueRun[]): Promise<void> => {
    if (runs.length === 0 || client.status !== 'ready' || state.isClosed) return;
    await queue.addBulk(runs.map((run) => toJob(run, options.clock())));
  };
  return {
    // What does not get through is found by the next sweep.
    announce: (run) => void put([run]).catch(() => {}),
    look,
    deliver(delivery) {
      const opened = openDelivery(options, delivery, { client, put, shared });
      deliveries.add(opened);
      return opened;
    },
    findTrouble: () => state.trouble,
    async close() {
      for (const delivery of deliveries) await delivery.close();
      state.isClosed = true;
      await queue.close().catch(() => {});
      client.disconnect();
    },
  };
}

function parseAddress(url: string): { readonly host: string; readonly port: number } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^rediss?:$/.test(parsed.protocol) || parsed.hostname === '')
    throw queueErrors.create('COAIA-0950', 'REDIS_URL is not an address of a Redis.', {
      hint: 'REDIS_URL=redis://127.0.0.1:6379',
    });
  return { host: parsed.hostname, port: parsed.port === '' ? 6379 : Number(parsed.port) };
}

function openClient(url: string, state: { trouble: string | undefined }): Redis {
  const client = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: () => RECONNECT_MS,
  });
  client.on('error', (error: Error) => {
    state.trouble = `Redis cannot be reached: ${error.message}`;
  });
  client.on('ready', () => {
    state.trouble = undefined;
  });
  return client;
}

function toJob(run: DueRun, now: number) {
  const { projectId, id } = run;
  return {
    name: 'run',
    data: { projectId, id },
    opts: {
      jobId: hash('sha1', JSON.stringify([projectId, id, run.dueAt]), 'hex'),
      delay: Math.max(0, run.dueAt - now),
      priority: Math.min(MAX_PRIORITY, Math.max(1, MIDDLE_PRIORITY + run.priority)),
      removeOnComplete: true,
      removeOnFail: true,
    },
  };
}

interface Parts {
  readonly client: Redis;
  readonly put: (runs: readonly DueRun[]) => Promise<void>;
  readonly shared: { readonly prefix: string; readonly skipVersionCheck: boolean };
}

function openDelivery(
  { db, clock, sweepMs = SWEEP_MS }: RedisDispatcherOptions,
  delivery: Delivery,
  { client, put, shared }: Parts,
) {
  let isClosed = false;
  const work = async (job: Job<RunRef>): Promise<void> => {
    if (!isClosed) await delivery.take(job.data);
  };
  const worker = new Worker<RunRef>(QUEUE, work, {
    connection: client.duplicate(),
    concurrency: delivery.concurrency,
    // The lease in the database says who works on a run; here a job that hangs is merely delivered again.
    maxStalledCount: 1000,
    drainDelay: 1,
    ...shared,
  });
  worker.on('error', () => {});
  const taking = openTaking(delivery, () => {});
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  const sweep = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      const now = clock();
      const due = await listDueRuns(db, { now, queues: delivery.queues(), limit: SWEEP_LIMIT });
      if (client.status === 'ready') await put(due);
      // Without Redis everybody takes what is there; the claim says who gets it.
      else for (const run of due) taking.offer(run);
    } catch {
      // The store or Redis is away; the next sweep finds what is due.
    }
    running = undefined;
    // Several workers do not look at the same moment.
    if (!isClosed) timer = setTimeout(begin, sweepMs * (0.75 + Math.random() / 2)).unref();
  };
  const begin = (): void => {
    if (!isClosed) running ??= sweep();
  };
  begin();
  return {
    sweep: begin,
    async close() {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(timer);
      await running;
      await worker.close(true).catch(() => {});
    },
  };
}
