/**
 * Metrics queries over many observations, in process, run in the helper process (SQLite) or on the server
 * (Postgres): by day and model for counts, sums and cost, and percentiles. Beside each, the slowest of the point
 * reads that were made on the event loop meanwhile. Prints p50 and the slowest run in milliseconds and the limit.
 *
 *   npm run bench -- metrics [--observations 1000000] [--runs 5] [--postgres URL]
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
    observations: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '5' },
    postgres: { type: 'string' },
  },
});
const size = Number(values.observations);
const runs = Number(values.runs);
const PER_TRACE = 100;

const RANGE = {
  fromTimestamp: new Date(SEED_UNTIL - 10 * 86_400_000).toISOString(),
  toTimestamp: new Date(SEED_UNTIL + 86_400_000).toISOString(),
};
const BY_DAY_AND_MODEL = {
  view: 'observations',
  dimensions: [{ field: 'providedModelName' }],
  timeDimension: { granularity: 'day' },
  ...RANGE,
};
const count = { measure: 'count', aggregation: 'count' };

interface Question {
  readonly address: string;
  /** Milliseconds that are promised for a million observations. */
  readonly limit?: number;
}

function toQuestion(query: object, limit?: number): Question {
  const address = `GET /api/public/v2/metrics?query=${encodeURIComponent(JSON.stringify(query))}`;
  return { address, ...(limit === undefined ? {} : { limit }) };
}

const QUESTIONS: Readonly<Record<string, Question>> = {
  'count, tokens and cost by day and model': toQuestion(
    {
      ...BY_DAY_AND_MODEL,
      metrics: [
        count,
        { measure: 'totalTokens', aggregation: 'sum' },
        { measure: 'totalCost', aggregation: 'sum' },
      ],
    },
    1000,
  ),
  'p50 and p95 of latency by day and model': toQuestion(
    {
      ...BY_DAY_AND_MODEL,
      metrics: [
        { measure: 'latency', aggregation: 'p50' },
        { measure: 'latency', aggregation: 'p95' },
      ],
    },
    4000,
  ),
  'count and cost by type': toQuestion(
    {
      ...BY_DAY_AND_MODEL,
      timeDimension: null,
      dimensions: [{ field: 'type' }],
      metrics: [count, { measure: 'totalCost', aggregation: 'sum' }],
    },
    1000,
  ),
  'cost by user (joins traces)': toQuestion({
    ...BY_DAY_AND_MODEL,
    timeDimension: null,
    dimensions: [{ field: 'userId' }],
    metrics: [{ measure: 'totalCost', aggregation: 'sum' }],
  }),
  'histogram of latency': toQuestion({
    ...BY_DAY_AND_MODEL,
    timeDimension: null,
    dimensions: [],
    metrics: [{ measure: 'latency', aggregation: 'histogram' }],
  }),
  'days with usage by model': { address: 'GET /api/public/metrics/daily' },
};

interface Figures {
  readonly p50: number;
  readonly slowest: number;
  readonly rows: number;
  /** Slowest point read made meanwhile. */
  readonly point: number;
}

async function ask(db: Database, request: string): Promise<unknown> {
  return (await callRoute({ api: { db, clock: () => SEED_UNTIL }, request })).json;
}

async function measure(db: Database, { address }: Question): Promise<Figures> {
  const times: number[] = [];
  let rows = 0;
  let point = 0;
  for (let run = -1; run < runs; run++) {
    const begin = performance.now();
    const state = { open: true };
    const asked = ask(db, address).finally(() => {
      state.open = false;
    });
    while (state.open) {
      const start = performance.now();
      await ask(db, 'GET /api/public/traces/trace-5?fields=core');
      if (run >= 0) point = Math.max(point, performance.now() - start);
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
    }
    rows = ((await asked) as { readonly data: readonly unknown[] }).data.length;
    if (run >= 0) times.push(performance.now() - begin);
  }
  return { p50: toPercentile(times, 0.5), slowest: Math.max(...times), rows, point };
}

const folder = mkdtempSync(join(tmpdir(), 'coaia-metrics-'));
const location =
  values.postgres === undefined
    ? ({ kind: 'sqlite', path: join(folder, 'coaia.db') } as const)
    : ({ kind: 'postgres', url: values.postgres } as const);
const db = await openDatabase(location, {
  mode: 'server',
  migrate: 'create',
  durability: 'relaxed',
});
try {
  await seedTraces(db, 'p1', { traces: size / PER_TRACE, observationsPerTrace: PER_TRACE });
  const { dialect, bytes } = await db.info();
  process.stdout.write(
    `${size} observations on ${dialect}, ${(bytes / 1e6).toFixed(0)} MB, ${runs} runs; CPU pressure ${readCpuPressure()}\n`,
  );
  process.stdout.write(
    `${'query'.padEnd(42)}${'p50'.padStart(8)}${'slowest'.padStart(9)}${'rows'.padStart(6)}${'point read'.padStart(12)}  limit\n`,
  );
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const { p50, slowest, rows, point } = await measure(db, question);
    const cells = [
      p50.toFixed(0).padStart(8),
      slowest.toFixed(0).padStart(9),
      String(rows).padStart(6),
    ];
    process.stdout.write(
      `${name.padEnd(42)}${cells.join('')}${point.toFixed(1).padStart(12)}  ${question.limit ?? ''}\n`,
    );
  }
} finally {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
}
