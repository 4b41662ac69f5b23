/**
 * Ingestion: CPU per event of the server against parse + the same upserts, in alternating windows of one run;
 * fsyncs per request; throughput and latency beside the disk's own rate; memory over many events.
 *
 *   npm run bench -- ingest [--events 200000] [--clients 64] [--windows 5]
 */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createBatch } from './ingest/batches.ts';
import { runLoad, toPost } from './lib/http-load.ts';
import {
  readCpuMs,
  readCpuPressure,
  readRssMb,
  readSyncRate,
  toMedian,
  toPercentile,
} from './lib/process.ts';
import { startServer } from './lib/server.ts';
import type { BenchServer } from './lib/server.ts';

const EVENTS_PER_BATCH = 50;
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    clients: { type: 'string', default: '64' },
    windows: { type: 'string', default: '5' },
  },
});
const windows = Number(values.windows);
const clients = Number(values.clients);
const batchesPerWindow = Math.ceil(Number(values.events) / EVENTS_PER_BATCH / windows);

/** Requests are made in slices, so that a million events need no gigabytes here. */
const SLICE = 2000;
const BASELINE_SLICE = 320;

interface Window {
  readonly cpuPerEvent: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failures: number;
}

async function runServerWindow(server: BenchServer, batches: number): Promise<Window> {
  let cpu = 0;
  let seconds = 0;
  let failures = 0;
  const latencies: number[] = [];
  for (let left = batches; left > 0; left -= SLICE) {
    const requests = Array.from({ length: Math.min(SLICE, left) }, () =>
      toPost('/api/public/ingestion', server.authorization, createBatch(EVENTS_PER_BATCH)),
    );
    const before = readCpuMs(server.pid);
    const result = await runLoad({ port: server.port, clients, next: () => requests.pop() });
    cpu += readCpuMs(server.pid) - before;
    seconds += result.seconds;
    failures += Object.values(result.failures).reduce((sum, count) => sum + count, 0);
    latencies.push(...result.latencies);
  }
  const events = batches * EVENTS_PER_BATCH;
  return {
    cpuPerEvent: (cpu * 1000) / events,
    perSecond: events / seconds,
    p50: toPercentile(latencies, 0.5),
    p99: toPercentile(latencies, 0.99),
    failures,
  };
}

function startBaseline(folder: string) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'ingest/baseline.ts'), join(folder, 'baseline.db')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  ) as unknown as ChildProcessWithoutNullStreams;
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    ready: lines.next(),
    /** As many batches as the server got, so that both stores are of one size; in parts, to bound memory. */
    async run(batches: number): Promise<number> {
      let milliseconds = 0;
      for (let left = batches; left > 0; left -= BASELINE_SLICE) {
        child.stdin.write(`${Math.min(BASELINE_SLICE, left)}\n`);
        const line = await lines.next();
        milliseconds += Number(line.value);
      }
      return (milliseconds * 1000) / (batches * EVENTS_PER_BATCH);
    },
  };
}

/** fsync and fdatasync calls per request over one window, counted by strace; undefined where it is missing. */
async function countSyncs(server: BenchServer): Promise<number | undefined> {
  if (spawnSync('strace', ['--version']).error !== undefined) return undefined;
  const tracer = spawn('strace', ['-f', '-c', '-e', 'fsync,fdatasync', '-p', String(server.pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let report = '';
  tracer.stderr.on('data', (chunk: Buffer) => {
    report += chunk.toString();
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const batches = 1000;
  await runServerWindow(server, batches);
  tracer.kill('SIGINT');
  await new Promise((resolve) => tracer.once('exit', resolve));
  const calls = [...report.matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s.*f(?:data)?sync$/gm)];
  return calls.reduce((sum, match) => sum + Number(match[1]), 0) / batches;
}

const folder = mkdtempSync(join(tmpdir(), 'coaia-bench-ingest-'));
const server = await startServer();
const baseline = startBaseline(folder);
await baseline.ready;
await runServerWindow(server, 100);
await baseline.run(100);
console.log(
  `disk ${readSyncRate(folder)} fdatasync/s, cpu pressure ${readCpuPressure()} %, ${clients} clients, ${EVENTS_PER_BATCH} events per request`,
);
console.log(
  'window  server us/event  baseline us/event  ratio   events/s   p50 ms   p99 ms   rss MB',
);
const ratios: number[] = [];
const rss: number[] = [];
for (let window = 1; window <= windows; window++) {
  const measured = await runServerWindow(server, batchesPerWindow);
  const floor = await baseline.run(batchesPerWindow);
  ratios.push(measured.cpuPerEvent / floor);
  rss.push(readRssMb(server.pid));
  const cells = [
    measured.cpuPerEvent.toFixed(1).padStart(15),
    floor.toFixed(1).padStart(18),
    (measured.cpuPerEvent / floor).toFixed(2).padStart(6),
    measured.perSecond.toFixed(0).padStart(10),
    measured.p50.toFixed(1).padStart(8),
    measured.p99.toFixed(1).padStart(8),
    String(rss.at(-1)).padStart(8),
  ];
  console.log(
    `${String(window).padStart(6)}${cells.join(' ')}${measured.failures > 0 ? `  ${measured.failures} FAILED` : ''}`,
  );
}
const syncs = await countSyncs(server);
console.log(
  `ratio ${toMedian(ratios).toFixed(2)} (budget 2.5), fsync per request ${syncs?.toFixed(3) ?? 'not measured: strace missing'} (budget 0.1), rss ${rss[0]} -> ${rss.at(-1)} MB, disk ${readSyncRate(folder)} fdatasync/s`,
);
await server.stop();
baseline.child.stdin.end();
rmSync(folder, { recursive: true, force: true });
