/**
 * The team's envelope: 10,000 keep-alive connections, most of them idle at any moment, and 1,000 requests per
 * second, 70 % reads and 30 % ingestion. A trivial server meets the same limit in the same run, otherwise the
 * run is void.
 *
 *   npm run bench -- envelope [--connections 10000] [--rate 1000] [--seconds 30]
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runOpenLoop } from './envelope/connections.ts';
import type { OpenLoopResult } from './envelope/connections.ts';
import { toGet, toPost } from './lib/http-load.ts';
import { readCpuPressure, readRssMb, toPercentile } from './lib/process.ts';
import { startServer } from './lib/server.ts';

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '10000' },
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '30' },
    idle: { type: 'string', default: '10' },
  },
});
const load = {
  connections: Number(values.connections),
  rate: Number(values.rate),
  seconds: Number(values.seconds),
  idleSeconds: Number(values.idle),
};

const LIMITS = { p95: 200, rssMb: 700 };

function render(name: string, result: OpenLoopResult, rss: number): string {
  const { opened, latencies, failures } = result;
  const at = (share: number) => toPercentile(latencies, share).toFixed(1).padStart(8);
  const failed = Object.entries(failures).map(([reason, count]) => `${count} ${reason}`);
  return `${name.padEnd(10)}${String(opened).padStart(8)}${String(latencies.length).padStart(9)}${at(0.5)}${at(0.95)}${at(0.99)}${String(rss).padStart(8)}  ${failed.join(', ') || 'none'}`;
}

const traceIds = Array.from({ length: 1000 }, () => randomUUID());
const server = await startServer();
const now = () => new Date().toISOString();
const toTrace = (id: string) => ({
  id: randomUUID(),
  type: 'trace-create',
  timestamp: now(),
  body: { id, name: 'envelope', timestamp: now(), input: { question: 'x'.repeat(300) } },
});
const authorization = server.authorization;
const seeded = await fetch(`${server.url}/api/public/ingestion`, {
  method: 'POST',
  headers: { authorization, 'content-type': 'application/json' },
  body: JSON.stringify({ batch: traceIds.map((id) => toTrace(id)) }),
});
if (seeded.status !== 207) throw new Error(`seeding answered ${seeded.status}`);

let count = 0;
function next(): Buffer {
  count++;
  if (count % 10 < 3) {
    return toPost(
      '/api/public/ingestion',
      authorization,
      JSON.stringify({ batch: [toTrace(randomUUID())] }),
    );
  }
  return toGet(`/api/public/traces/${traceIds[count % traceIds.length]}`, authorization);
}

const control = spawn(process.execPath, [join(import.meta.dirname, 'envelope/control.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = (await once(control.stdout, 'data')) as [Buffer];
const controlPort = Number(line.toString());

console.log(
  `${load.connections} connections, ${load.rate} requests/s for ${load.seconds} s, cpu pressure ${readCpuPressure()} %`,
);
console.log('server      opened  answers  p50 ms  p95 ms  p99 ms  rss MB  failures');
const trivial = await runOpenLoop({
  ...load,
  port: controlPort,
  next: () => toGet('/', authorization),
});
console.log(render('trivial', trivial, readRssMb(control.pid ?? 0)));
control.kill();
const measured = await runOpenLoop({ ...load, port: server.port, next });
const rss = readRssMb(server.pid);
console.log(render('coaia', measured, rss));
await server.stop();

const isVoid = toPercentile(trivial.latencies, 0.95) > LIMITS.p95;
const isMet =
  toPercentile(measured.latencies, 0.95) <= LIMITS.p95 &&
  Object.keys(measured.failures).length === 0 &&
  rss <= LIMITS.rssMb;
const verdict = isMet ? 'PASS' : 'FAIL';
console.log(isVoid ? 'VOID: the trivial server missed the limit too' : verdict);
process.exitCode = isVoid || isMet ? 0 : 1;
