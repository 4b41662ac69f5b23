/**
 * Reads: one list page and one trace of 1,000 spans at stores of 10^4, 10^5 and 10^6 observations, in process,
 * with the answer turned into JSON as the server would. Prints p50 and p95 in milliseconds, CPU of this
 * process per call (which a busy machine blurs less), and how much that CPU grows from the smallest to the
 * largest store. Helper processes are not counted in the CPU.
 *
 *   npm run bench -- reads [--sizes 10000,100000,1000000] [--runs 60] [--postgres URL]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callRoute } from '../packages/coaia/src/observability/testing/call-route.ts';
import { SEED_UNTIL, seedTraces } from '../packages/coaia/src/observability/testing/seed.ts';
import { openDatabase, type Database } from '../packages/coaia/src/store/index.ts';
import { readCpuPressure, toPercentile } from './lib/process.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    runs: { type: 'string', default: '60' },
    postgres: { type: 'string' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const runs = Number(values.runs);

const SPANS = 1000;
const PER_TRACE = 100;
const PAGE = '/api/v1/projects/p1';

/** What is asked, with the limit of its p95 in milliseconds where one is promised. */
const OPERATIONS: Readonly<Record<string, { readonly request: string; readonly limit?: number }>> =
  {
    'trace of 1,000 spans': { request: 'GET /api/public/traces/big-trace-0', limit: 25 },
    'tree of 1,000 spans': { request: `GET ${PAGE}/traces/big-trace-0/tree`, limit: 25 },
    'page list, 100 lines': { request: `GET ${PAGE}/traces`, limit: 50 },
    'page list of one user': { request: `GET ${PAGE}/traces?q=user:user-7`, limit: 50 },
    'GET /traces, 50': { request: 'GET /api/public/traces?fields=core,io,metrics', limit: 50 },
    'GET /traces of a session': {
      request: 'GET /api/public/traces?sessionId=session-3',
      limit: 50,
    },
    'GET /v2/observations, 50': {
      request: 'GET /api/public/v2/observations?fields=io,usage',
      limit: 50,
    },
    'GET /sessions, 50': { request: 'GET /api/public/sessions', limit: 50 },
    'filter without an index (helper)': { request: `GET ${PAGE}/traces?q=latency:>1.9s` },
    'full text without a hit (helper)': { request: `GET ${PAGE}/traces?q=nowhere` },
    'facets (helper)': { request: `GET ${PAGE}/traces/facets` },
    'histogram (helper)': { request: `GET ${PAGE}/traces/histogram` },
    'sessions page (helper)': { request: `GET ${PAGE}/sessions` },
    'home (helper)': { request: `GET ${PAGE}/home` },
  };

interface Figures {
  readonly p50: number;
  readonly p95: number;
  /** Milliseconds of this process per call. */
  readonly cpu: number;
}

async function open(folder: string): Promise<Database> {
  const location =
    values.postgres === undefined
      ? ({ kind: 'sqlite', path: join(folder, 'coaia.db') } as const)
      : ({ kind: 'postgres', url: values.postgres } as const);
  return openDatabase(location, { mode: 'server', migrate: 'create', durability: 'relaxed' });
}

async function measure(db: Database, request: string): Promise<Figures> {
  const times: number[] = [];
  let cpu = process.cpuUsage();
  for (let run = -5; run < runs; run++) {
    if (run === 0) cpu = process.cpuUsage();
    const begin = performance.now();
    const { json } = await callRoute({ api: { db, clock: () => SEED_UNTIL }, request });
    JSON.stringify(json);
    if (run >= 0) times.push(performance.now() - begin);
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    p50: toPercentile(times, 0.5),
    p95: toPercentile(times, 0.95),
    cpu: (user + system) / 1000 / runs,
  };
}

async function measureStore(size: number): Promise<ReadonlyMap<string, Figures>> {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-reads-'));
  const db = await open(folder);
  try {
    const begin = performance.now();
    await seedTraces(db, 'p1', { traces: size / PER_TRACE, observationsPerTrace: PER_TRACE });
    await seedTraces(db, 'p1', { traces: 1, observationsPerTrace: SPANS, prefix: 'big-' });
    const seconds = ((performance.now() - begin) / 1000).toFixed(0);
    process.stderr.write(`${size} observations written in ${seconds} s\n`);
    const figures = new Map<string, Figures>();
    for (const [name, { request }] of Object.entries(OPERATIONS)) {
      figures.set(name, await measure(db, request));
    }
    return figures;
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const results: ReadonlyMap<string, Figures>[] = [];
for (const size of sizes) results.push(await measureStore(size));

process.stdout.write(`${runs} runs each; CPU pressure ${readCpuPressure()}\n`);
const header = sizes.map((size) => `p50/p95/cpu at ${size}`.padStart(26)).join('');
process.stdout.write(`${'operation'.padEnd(36)}${header}${'growth'.padStart(9)}  limit\n`);
for (const [name, { limit }] of Object.entries(OPERATIONS)) {
  const cells = results.map((figures) => figures.get(name) ?? { p50: 0, p95: 0, cpu: 0 });
  const text = cells
    .map(({ p50, p95, cpu }) =>
      `${p50.toFixed(1)} / ${p95.toFixed(1)} / ${cpu.toFixed(1)}`.padStart(26),
    )
    .join('');
  const growth = ((cells.at(-1)?.cpu ?? 0) / Math.max(0.01, cells[0]?.cpu ?? 0)).toFixed(2);
  const verdict =
    limit === undefined
      ? ''
      : `${limit} ms ${(cells.at(-1)?.p95 ?? 0) <= limit ? 'kept' : 'MISSED'}`;
  process.stdout.write(`${name.padEnd(36)}${text}${`${growth}x`.padStart(9)}  ${verdict}\n`);
}
