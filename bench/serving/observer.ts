/**
 * What remembering predictions costs: `record` on the hot path, and writing 10,000 a second into the embedded store.
 * Run: `node bench/serving/observer.ts`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { openObserver } from '../../packages/coaia/src/serving/predictions/open-observer.ts';
import {
  makePrediction,
  registerModel,
  SCOPE,
  SIGNATURE,
  toPorts,
} from '../../packages/coaia/src/serving/predictions/testing/make-predictions.ts';
import { openDatabase } from '../../packages/coaia/src/store/index.ts';

const PER_SECOND = 10_000;
const SECONDS = 10;

const folder = mkdtempSync(join(tmpdir(), 'coaia-bench-'));
const location = { kind: 'sqlite', path: join(folder, 'coaia.db') } as const;
const db = await openDatabase(location, { mode: 'server', migrate: 'create' });
await registerModel(db);
const observer = openObserver(toPorts(db), {
  scope: SCOPE,
  log: { payload: 'sample', sample: 1, redact: [] },
  findSignature: () => SIGNATURE,
  onProblem: (text) => process.stderr.write(`${text}\n`),
});

// The predictions are made beforehand: only what the observer does is measured.
const made = Array.from({ length: PER_SECOND }, () => makePrediction());
for (const one of made) observer.record(one);
await observer.flush();

const start = performance.now();
for (const one of made) observer.record(one);
const recordMicros = ((performance.now() - start) * 1000) / made.length;
const flushStart = performance.now();
await observer.flush();
const flushMs = performance.now() - flushStart;

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const cpu = process.cpuUsage();
const begin = performance.now();
let sent = 0;
while (sent < PER_SECOND * SECONDS) {
  const due = Math.min(PER_SECOND * SECONDS, ((performance.now() - begin) / 1000) * PER_SECOND);
  for (; sent < due; sent++) {
    const one = made[sent % made.length];
    if (one !== undefined) observer.record({ ...one, startedAt: Date.now() });
  }
  await sleep(1);
}
await observer.flush();
const { user, system } = process.cpuUsage(cpu);
delay.disable();
const [sizes] = await db.read<{ bytes: number; count: number }>(
  'SELECT sum(length(data)) AS bytes, sum(prediction_count) AS count FROM prediction_segments',
);
const [sums] = await db.read<{ predictions: number; dropped: number }>(
  "SELECT sum(predictions) AS predictions, sum(dropped) AS dropped FROM prediction_stats WHERE route = 'live'",
);
await observer.close();
await db.close();
rmSync(folder, { recursive: true, force: true });

const result = {
  load: loadavg()[0],
  record_us: recordMicros,
  flush_10000_ms: flushMs,
  per_second: PER_SECOND,
  cpu_share: (user + system) / 1e6 / SECONDS,
  loop_p50_ms: delay.percentile(50) / 1e6,
  loop_p99_ms: delay.percentile(99) / 1e6,
  bytes_each: (sizes?.bytes ?? 0) / (sizes?.count ?? 1),
  ...sums,
};
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
