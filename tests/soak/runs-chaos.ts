/**
 * Kills workers with -9 at random while runs are under way, empties Redis in the middle, and compares what the
 * journal, the traces and the world outside say in the end.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRecorder } from '../../packages/coaia/src/observability/index.ts';
import { openRuns } from '../../packages/coaia/src/runs/index.ts';
import { openDatabase } from '../../packages/coaia/src/store/index.ts';
import type { Database, StoreLocation } from '../../packages/coaia/src/store/index.ts';
import { STEPS, WORKFLOW } from './runs-worker.ts';
import type { ChaosSetting } from './runs-worker.ts';

export interface ChaosOptions {
  readonly runs: number;
  readonly workers: number;
  readonly kills: number;
  readonly stepMs: ChaosSetting['stepMs'];
  /** Absent: a SQLite file of its own. */
  readonly postgres?: string;
  readonly redis?: { readonly url: string; readonly restart: () => Promise<void> };
}

export interface ChaosResult {
  readonly runs: number;
  readonly kills: number;
  readonly redisRestarts: number;
  readonly seconds: number;
  readonly succeeded: number;
  readonly finishedSteps: number;
  /** Steps that were at work when their process died, and so done again with the same key. */
  readonly repeatedExecutions: number;
  readonly distinctEffects: number;
  readonly observations: number;
  readonly ends: number;
  /** Why runs failed, with how many. */
  readonly failures: Readonly<Record<string, number>>;
  readonly traces: number;
}

const SCOPE = { projectId: 'default', level: 'project', via: 'local' } as const;
const LIMIT_MS = 300_000;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-chaos-'));
  mkdirSync(join(folder, 'effects'));
  const location: StoreLocation =
    options.postgres === undefined
      ? { kind: 'sqlite', path: join(folder, 'coaia.db') }
      : { kind: 'postgres', url: options.postgres };
  const db = await openDatabase(location, { mode: 'process', migrate: 'create' });
  const setting: ChaosSetting = {
    location,
    folder,
    prefix: `chaos-${crypto.randomUUID()}`,
    stepMs: options.stepMs,
    concurrency: 20,
    ...(options.redis === undefined ? {} : { redis: options.redis.url }),
  };
  const begin = performance.now();
  try {
    await startAll(db, options.runs);
    const counts = await torment(db, setting, options);
    const seconds = Math.round((performance.now() - begin) / 100) / 10;
    return { runs: options.runs, ...counts, seconds, ...(await readResult(db, folder)) };
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startAll(db: Database, count: number): Promise<void> {
  const clock = Date.now;
  const runs = openRuns({ db, clock, recorder: createRecorder({ db, clock }) });
  const ids = Array.from({ length: count }, (_, index) => `run-${index}`);
  await Promise.all(
    ids.map((id) =>
      runs.start(SCOPE, {
        id,
        workflow: WORKFLOW,
        name: 'chaos',
        input: {},
        traceId: `trace-${id}`,
      }),
    ),
  );
}

/** Kills and restarts until all runs have ended. */
async function torment(db: Database, setting: ChaosSetting, options: ChaosOptions) {
  const state = { kills: 0, redisRestarts: 0, isOver: false };
  const live = async (): Promise<void> => {
    while (!state.isOver) {
      const child = await startWorker(setting);
      const isLast = state.kills >= options.kills;
      for (
        let left = isLast ? Infinity : 100 + Math.random() * 800;
        left > 0 && !state.isOver;
        left -= 50
      )
        await sleep(50);
      if (!state.isOver) state.kills++;
      await kill(child);
    }
  };
  const workers = Array.from({ length: options.workers }, live);
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const open = await countRows(db, 'runs WHERE ended_at IS NULL');
    if (open === 0 || Date.now() > deadline) break;
    if (options.redis !== undefined && state.redisRestarts === 0 && open < options.runs * 0.6) {
      await options.redis.restart();
      state.redisRestarts++;
    }
    await sleep(100);
  }
  state.isOver = true;
  await Promise.all(workers);
  return { kills: state.kills, redisRestarts: state.redisRestarts };
}

async function startWorker(setting: ChaosSetting): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'runs-worker.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(setting)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`the worker ended by itself with ${code}`)));
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  await ended;
}

async function readResult(db: Database, folder: string) {
  const ledger = readFileSync(join(folder, 'ledger'), 'utf8').trim().split('\n');
  return {
    succeeded: await countRows(db, `runs WHERE state = 'succeeded' AND output = '${SUM}'`),
    finishedSteps: await countRows(db, "run_steps WHERE state = 'succeeded'"),
    repeatedExecutions: ledger.length - new Set(ledger).size,
    distinctEffects: readdirSync(join(folder, 'effects')).length,
    observations: await countRows(db, "observations WHERE type = 'SPAN'"),
    ends: await countRows(db, "observations WHERE type = 'EVENT'"),
    traces: await countRows(db, 'traces'),
    failures: await countFailures(db),
  };
}

async function countFailures(db: Database): Promise<Readonly<Record<string, number>>> {
  const rows = await db.read<{ error: string; count: number }>(
    'SELECT error, count(*) AS count FROM runs WHERE error IS NOT NULL GROUP BY error',
  );
  return Object.fromEntries(rows.map(({ error, count }) => [error, count]));
}

const SUM = (STEPS * (STEPS + 1)) / 2;

async function countRows(db: Database, from: string): Promise<number> {
  const [row] = await db.read<{ count: number }>(`SELECT count(*) AS count FROM ${from}`);
  return row?.count ?? 0;
}
