/**
 * Durable runs: what a step that does nothing costs over one bare durable transaction, in alternating windows of
 * one run, on a fresh store and on one with a long history.
 *
 *   npm run bench -- pipeline [--steps 300] [--windows 5] [--history 100000]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRecorder } from '../packages/coaia/src/observability/index.ts';
import { openEmbeddedDispatcher } from '../packages/coaia/src/queue/index.ts';
import { openEngine } from '../packages/coaia/src/runs/index.ts';
import type { Engine } from '../packages/coaia/src/runs/index.ts';
import { openDatabase } from '../packages/coaia/src/store/index.ts';
import type { Database, StoreLocation } from '../packages/coaia/src/store/index.ts';
import { openPostgres } from '../scripts/lib/postgres.mjs';
import { addHistory } from './lib/run-history.ts';
import { readCpuPressure, readSyncRate, toMedian } from './lib/process.ts';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '300' },
    windows: { type: 'string', default: '5' },
    history: { type: 'string', default: '100000' },
  },
});
const steps = Number(values.steps);
const windows = Number(values.windows);
const history = Number(values.history);

const SCOPE = { projectId: 'default', level: 'project', via: 'local' } as const;
/** Milliseconds a step may cost on each store. */
const BUDGETS = { sqlite: 3, postgres: 6 } as const;

async function openBench(db: Database): Promise<Engine> {
  const clock = Date.now;
  return openEngine({
    db,
    clock,
    recorder: createRecorder({ db, clock }),
    dispatcher: openEmbeddedDispatcher({ db, clock }),
    workflows: [
      {
        name: 'noop',
        async run(context) {
          const { run } = context;
          const { isTraced } = run.input as { readonly isTraced: boolean };
          const begin = performance.now();
          for (let index = 0; index < steps; index++) {
            const name = `step-${index}`;
            const events = isTraced ? [toSpan(run.id, name, run.traceId)] : [];
            await context.step(name, {}, async () => ({ output: index, events }));
          }
          return { output: (performance.now() - begin) / steps };
        },
      },
    ],
  });
}

function toSpan(runId: string, name: string, traceId: string) {
  const id = `${runId}:${name}`;
  const timestamp = new Date().toISOString();
  return { id, type: 'span-create', timestamp, body: { id, traceId, name, startTime: timestamp } };
}

/** Milliseconds per bare transaction that upserts one small row. */
async function runBaseline(db: Database): Promise<number> {
  const begin = performance.now();
  for (let index = 0; index < steps; index++)
    await db.write((tx) =>
      tx.upsert('store_settings', [{ name: `bench-${index}`, value: String(begin) }]),
    );
  return (performance.now() - begin) / steps;
}

/** Milliseconds per step of one run. */
async function runSteps(engine: Engine, isTraced: boolean): Promise<number> {
  const id = crypto.randomUUID();
  const request = { id, workflow: 'noop', name: 'noop', input: { isTraced }, traceId: id };
  await engine.start(SCOPE, request);
  return (await engine.waitForEnd(SCOPE, id)).output as number;
}

async function measure(db: Database, kind: keyof typeof BUDGETS, label: string): Promise<void> {
  const engine = await openBench(db);
  await runBaseline(db);
  await runSteps(engine, true);
  const bare: number[] = [];
  const plain: number[] = [];
  const traced: number[] = [];
  for (let window = 0; window < windows; window++) {
    bare.push(await runBaseline(db));
    plain.push(await runSteps(engine, false));
    traced.push(await runSteps(engine, true));
  }
  await engine.close();
  const [floor, step, observed] = [toMedian(bare), toMedian(plain), toMedian(traced)];
  // Window by window, because the disk's speed changes from one second to the next.
  const toRatio = (times: readonly number[]): string =>
    toMedian(times.map((time, window) => time / (bare[window] ?? Number.NaN))).toFixed(2);
  console.log(
    `| ${kind}, ${label} | ${floor.toFixed(2)} | ${step.toFixed(2)} | ${toRatio(plain)} | ${observed.toFixed(2)} | ${toRatio(traced)} | ${BUDGETS[kind]} |`,
  );
}

async function runStore(kind: keyof typeof BUDGETS, location: StoreLocation): Promise<void> {
  const db = await openDatabase(location, { mode: 'server', migrate: 'create' });
  await measure(db, kind, 'fresh');
  await addHistory(db, history);
  await measure(db, kind, `after ${history} steps`);
  await db.close();
}

const folder = mkdtempSync(join(tmpdir(), 'coaia-bench-pipeline-'));
console.log(
  `disk ${readSyncRate(folder)} fdatasync/s, cpu pressure ${readCpuPressure()} %, ${windows} windows of ${steps} steps`,
);
console.log(
  '| store | bare ms | step ms | ratio | step with observation ms | ratio | budget ms |\n|---|---|---|---|---|---|---|',
);
await runStore('sqlite', { kind: 'sqlite', path: join(folder, 'coaia.db') });
const postgres = await openPostgres({ durable: true });
if (postgres.url === undefined) console.log(`not run: Postgres: ${postgres.reason}`);
else {
  await runStore('postgres', { kind: 'postgres', url: postgres.url });
  await postgres.close?.();
}
console.log(`disk ${readSyncRate(folder)} fdatasync/s afterwards`);
rmSync(folder, { recursive: true, force: true });
