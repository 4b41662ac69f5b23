/**
 * What gRPC between gateway and models costs: one row of four numbers to a Python worker over the pipe, and over
 * gRPC to a host in a process of its own; one caller, then 64. Run: `node bench/serving/grpc-hop.ts`.
 */
import { fork } from 'node:child_process';
import { loadavg } from 'node:os';
import { openGrpcLink } from '../../packages/coaia/src/serving/hosts/grpc-link.ts';
import { openGrpcHost } from '../../packages/coaia/src/serving/hosts/grpc-server.ts';
import type { ModelLink } from '../../packages/coaia/src/serving/hosts/link.ts';
import { openSumRepository } from '../../packages/coaia/src/serving/hosts/testing/sum-repository.ts';
import { toPercentile } from '../lib/process.ts';

const TARGET = { model: 'sum', version: '1' };
const ROW = {
  rows: 1,
  columns: ['a', 'b', 'c', 'd'].map((name) => ({
    name,
    datatype: 'FP64' as const,
    shape: [1],
    data: Float64Array.of(1.5),
  })),
};
const CALLS = 2000;
const CALLERS = 64;
const ROUNDS = 3;

const predict = (link: ModelLink) =>
  link.predict(TARGET, ROW, { requestId: 'bench', deadline: Date.now() + 10_000 });

/** Milliseconds of each call, one after the other. */
async function measureAlone(link: ModelLink): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < CALLS; index++) {
    const begin = performance.now();
    await predict(link);
    times.push(performance.now() - begin);
  }
  return times;
}

/** Predictions a second by callers that each wait for their answer. */
async function measureTogether(link: ModelLink): Promise<number> {
  let left = CALLS * 5;
  const begin = performance.now();
  const caller = async () => {
    while (left-- > 0) await predict(link);
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return (CALLS * 5) / ((performance.now() - begin) / 1000);
}

async function measure(name: string, link: ModelLink): Promise<number> {
  await measureAlone(link);
  let [alone, rate] = [Number.POSITIVE_INFINITY, 0];
  let late = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const times = await measureAlone(link);
    const p50 = toPercentile(times, 0.5);
    if (p50 < alone) [alone, late] = [p50, toPercentile(times, 0.99)];
    rate = Math.max(rate, await measureTogether(link));
  }
  const parts = [
    name.padEnd(22),
    `1 caller p50 ${alone.toFixed(3)} ms, p99 ${late.toFixed(3)} ms`,
    `${CALLERS} callers ${Math.round(rate)}/s`,
    `load ${loadavg()[0]?.toFixed(1)}`,
  ];
  process.stdout.write(`${parts.join('   ')}\n`);
  return alone;
}

async function serve(): Promise<void> {
  const repository = openSumRepository(() => {});
  const host = await openGrpcHost({ link: repository, host: '127.0.0.1', port: 0 });
  process.send?.(host.address);
  process.once('disconnect', () => {
    void host.close().then(() => repository.close());
  });
}

async function main(): Promise<void> {
  const pipe = openSumRepository(() => {});
  const base = await measure('pipe', pipe);
  await pipe.close();
  const child = fork(import.meta.filename, ['host']);
  const address = await new Promise<string>((resolve) => child.once('message', resolve));
  const batch = { maxRows: 64, maxWaitMs: 0, maxQueue: 1000 };
  for (const [name, enabled, lanes] of [
    ['grpc', true, 2],
    ['grpc, 1 lane', true, 1],
    ['grpc, 4 lanes', true, 4],
    ['grpc, not merged', false, 2],
  ] as const) {
    const link = openGrpcLink({
      address,
      batch: { ...batch, enabled, lanes },
      egressCheck: () => {},
    });
    const alone = await measure(name, link);
    process.stdout.write(`${' '.repeat(25)}the hop adds ${(alone - base).toFixed(3)} ms at p50\n`);
    await link.close();
  }
  child.disconnect();
}

await (process.argv[2] === 'host' ? serve() : main());
