/** A real worker process for `runs-chaos.ts`: ten steps per run, each with an effect that is noted outside the store. */
import { hash } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRecorder } from '../../packages/coaia/src/observability/index.ts';
import {
  openEmbeddedDispatcher,
  openRedisDispatcher,
} from '../../packages/coaia/src/queue/index.ts';
import { openEngine } from '../../packages/coaia/src/runs/index.ts';
import type { RunContext } from '../../packages/coaia/src/runs/index.ts';
import { openDatabase } from '../../packages/coaia/src/store/index.ts';
import type { StoreLocation } from '../../packages/coaia/src/store/index.ts';

export interface ChaosSetting {
  readonly location: StoreLocation;
  /** Absent: the embedded dispatcher. */
  readonly redis?: string;
  readonly prefix: string;
  /** Gets a line for each execution of a step, and in `effects/` a file for each idempotency key. */
  readonly folder: string;
  readonly stepMs: readonly [min: number, max: number];
  readonly concurrency: number;
}

export const STEPS = 10;
export const WORKFLOW = 'chaos';

const clock = Date.now;

async function work(setting: ChaosSetting): Promise<void> {
  const db = await openDatabase(setting.location, { mode: 'server', migrate: 'never' });
  const { redis: url, prefix } = setting;
  const dispatcher =
    url === undefined
      ? openEmbeddedDispatcher({ db, clock })
      : await openRedisDispatcher({ db, clock, url, prefix, allow: () => {} });
  await openEngine({
    db,
    clock,
    dispatcher,
    recorder: createRecorder({ db, clock }),
    concurrency: setting.concurrency,
    // Here it is never the run's fault.
    maxCrashes: 50,
    workflows: [{ name: WORKFLOW, run: (context) => carryOut(context, setting) }],
  });
  process.stdout.write('ready\n');
}

async function carryOut(context: RunContext, setting: ChaosSetting) {
  const take = (number: number) => takeOne(context, setting, number);
  // Two side by side at first, then one after another.
  const first = await Promise.all([take(1), take(2)]);
  let sum = first[0] + first[1];
  for (let number = 3; number <= STEPS; number++) sum += await take(number);
  const { id, traceId } = context.run;
  return {
    output: sum,
    events: [toEvent(`${id}:end`, 'event-create', { traceId, name: 'end' })],
  };
}

function takeOne({ run, step }: RunContext, setting: ChaosSetting, number: number) {
  return step(`step-${number}`, {}, async ({ idempotencyKey }) => {
    const [min, max] = setting.stepMs;
    await new Promise((resolve) => setTimeout(resolve, min + Math.random() * (max - min)));
    appendFileSync(join(setting.folder, 'ledger'), `${idempotencyKey}\n`);
    writeFileSync(join(setting.folder, 'effects', hash('sha1', idempotencyKey, 'hex')), '');
    const body = { traceId: run.traceId, name: `step-${number}` };
    return {
      output: number,
      events: [toEvent(`${run.id}:${number}`, 'span-create', body)],
    };
  });
}

function toEvent(id: string, type: string, body: object) {
  return { id, type, timestamp: new Date().toISOString(), body: { id, ...body } };
}

if (process.argv[2] !== undefined) await work(JSON.parse(process.argv[2]) as ChaosSetting);
