/**
 * Predictions over REST, one row a request, beside what people use today: FastAPI with the same scikit-learn model
 * in its own process, and plumber with the same R model. Everything that `ao run up` does is on: validation, keys of
 * requests, logging, the prediction log and traces in the store.
 *
 *   npm run bench -- serving [--bursts 6] [--requests 8000] [--clients 64]
 *
 * Needs Debian's python3-sklearn, python3-fastapi, python3-uvicorn, r-cran-plumber, r-cran-jsonlite, nghttp2-client.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCpuPressure, toMedian } from '../lib/process.ts';
import { runBurst } from './h2load.ts';
import type { Burst } from './h2load.ts';
import { openOwnServers } from './own-servers.ts';
import type { Counters, OwnServers } from './own-servers.ts';
import { startOther } from './servers.ts';
import type { Server } from './servers.ts';

const { values } = parseArgs({
  options: {
    bursts: { type: 'string', default: '6' },
    requests: { type: 'string', default: '8000' },
    clients: { type: 'string', default: '64' },
  },
});
const bursts = Number(values.bursts);
const requests = Number(values.requests);
const clients = Number(values.clients);
const here = import.meta.dirname;

/** Lowest ratios to the baseline at many clients, and highest overheads in milliseconds at one. */
const BUDGETS = {
  pipeToFastApi: 3,
  grpcToFastApi: 1,
  grpcSilentToFastApi: 1.4,
  pipeToPlumber: 10,
  pipeOverheadMs: 0.5,
  grpcOverheadMs: 1.5,
};

/** Bursts before the first that counts: V8 has compiled the last of the gateway after about 50,000 requests. */
const WARM_UP = 6;

const folder = mkdtempSync(join(tmpdir(), 'coaia-serving-'));
const joblib = join(folder, 'risk.joblib');
const rds = join(folder, 'cars.rds');

function fit(): void {
  execFileSync('/usr/bin/python3', [join(here, 'fit-models.py'), joblib], { stdio: 'inherit' });
  execFileSync('Rscript', [join(here, 'fit-models.R'), rds], { stdio: 'inherit' });
}

function openOthers(): Promise<readonly Server[]> {
  const python = JSON.stringify({ x1: 0.3, x2: -0.2, x3: 1.1, x4: 0.4 });
  const r = JSON.stringify({ wt: 2.5, hp: 120 });
  return Promise.all([
    startOther(
      'fastapi',
      (port) => ['/usr/bin/python3', join(here, 'fastapi_app.py'), joblib, String(port)],
      python,
    ),
    startOther('plumber', (port) => ['Rscript', join(here, 'plumber-app.R'), rds, String(port)], r),
  ]);
}

/** plumber is so much slower that the same number of requests would take minutes. */
function toCount(name: string, count: number): number {
  return name === 'plumber' ? Math.ceil(count / 10) : count;
}

/** Bursts of all servers in turn, so that a busy minute of the machine is everybody's. */
async function measure(
  servers: readonly Server[],
  count: number,
  many: number,
): Promise<ReadonlyMap<string, readonly Burst[]>> {
  const results = new Map<string, Burst[]>(servers.map(({ name }) => [name, []]));
  // Programs that compile while they run are slow at first; whoever serves for a day does not notice.
  for (const { name, url, body } of servers)
    await runBurst({ url, body, clients: many, requests: toCount(name, WARM_UP * count), folder });
  for (let turn = 0; turn < bursts; turn += 1)
    for (const { name, url, body } of servers) {
      const own = toCount(name, count);
      results.get(name)?.push(await runBurst({ url, body, clients: many, requests: own, folder }));
    }
  return results;
}

async function readAll(own: OwnServers): Promise<ReadonlyMap<string, Counters>> {
  const pairs = own.servers.map(async ({ name }) => [name, await own.readCounters(name)] as const);
  return new Map(await Promise.all(pairs));
}

/** Mean milliseconds in the worker of the predictions between two readings. */
function toWorkerMs(before: Counters | undefined, after: Counters | undefined): number {
  if (before === undefined || after === undefined) return Number.NaN;
  return ((after.seconds - before.seconds) / (after.requests - before.requests)) * 1000;
}

function toLine(name: string, all: readonly Burst[]): string {
  const best = all.toSorted((a, b) => b.rate - a.rate)[0];
  const errors = all.reduce((sum, one) => sum + one.errors, 0);
  const median = toMedian(all.map(({ rate }) => rate));
  return `${name.padEnd(22)} median ${median.toFixed(0).padStart(6)}/s  best ${best?.rate.toFixed(0).padStart(6)}/s  p50 ${best?.p50.toFixed(2)} ms  p99 ${best?.p99.toFixed(2)} ms  errors ${errors}`;
}

function rateOf(results: ReadonlyMap<string, readonly Burst[]>, name: string): number {
  return toMedian((results.get(name) ?? []).map(({ rate }) => rate));
}

function judge(what: string, value: number, budget: number, isFloor: boolean): boolean {
  const isGood = isFloor ? value >= budget : value <= budget;
  const sign = isFloor ? 'at least' : 'at most';
  process.stdout.write(
    `${isGood ? 'ok  ' : 'MISS'} ${what}: ${value.toFixed(2)} (${sign} ${budget})\n`,
  );
  return isGood;
}

const closing: (() => Promise<void>)[] = [];
try {
  fit();
  const others = await openOthers();
  closing.push(...others.map((server) => () => server.close()));
  const own = await openOwnServers({ folder, joblib, rds });
  closing.push(() => own.close());
  const servers = [...others, ...own.servers];
  process.stdout.write(
    `load ${loadavg()[0]?.toFixed(1)}, cpu pressure ${readCpuPressure()}, ${clients} clients, ${bursts} bursts of ${requests}\n`,
  );
  const many = await measure(servers, requests, clients);
  for (const [name, all] of many) process.stdout.write(`${toLine(name, all)}\n`);
  const before = await readAll(own);
  const lone = await measure(servers, Math.ceil(requests / 20), 1);
  const after = await readAll(own);
  process.stdout.write('one client\n');
  for (const [name, all] of lone) process.stdout.write(`${toLine(name, all)}\n`);
  const ratio = (name: string, other: string) => rateOf(many, name) / rateOf(many, other);
  const overhead = (name: string) => {
    const p50 = toMedian((lone.get(name) ?? []).map((burst) => burst.p50));
    return p50 - toWorkerMs(before.get(name), after.get(name));
  };
  const errors = [...many.values(), ...lone.values()].flat().reduce((sum, b) => sum + b.errors, 0);
  const verdicts = [
    judge(
      'python over the pipe / FastAPI',
      ratio('python pipe', 'fastapi'),
      BUDGETS.pipeToFastApi,
      true,
    ),
    judge(
      'python over gRPC / FastAPI',
      ratio('python grpc', 'fastapi'),
      BUDGETS.grpcToFastApi,
      true,
    ),
    judge(
      'python over gRPC, unobserved / FastAPI',
      ratio('python grpc silent', 'fastapi'),
      BUDGETS.grpcSilentToFastApi,
      true,
    ),
    judge('R over the pipe / plumber', ratio('r pipe', 'plumber'), BUDGETS.pipeToPlumber, true),
    judge(
      'overhead of the pipe at one client, ms',
      overhead('python pipe'),
      BUDGETS.pipeOverheadMs,
      false,
    ),
    judge(
      'overhead of gRPC at one client, ms',
      overhead('python grpc'),
      BUDGETS.grpcOverheadMs,
      false,
    ),
    judge('errors', errors, 0, false),
  ];
  process.exitCode = verdicts.every(Boolean) ? 0 : 1;
} finally {
  for (const close of closing.toReversed()) await close();
  rmSync(folder, { recursive: true, force: true });
}
