/**
 * Prompts over HTTP: what a warm fetch by label costs the server in CPU beside a trivial GET of the same bytes
 * through the same shell and with the same keys, its p99 at 500 requests a second, and the list of all names.
 * The limits are: ratio 2, p99 5 ms, list 100 ms. A busy machine blurs the times, not the ratio.
 *
 *   npm run bench -- api [--prompts 1000] [--versions 20] [--requests 20000]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { runLoad, toGet, toPost } from './lib/http-load.ts';
import { readCpuMs, readCpuPressure, toPercentile } from './lib/process.ts';

const { values } = parseArgs({
  options: {
    prompts: { type: 'string', default: '1000' },
    versions: { type: 'string', default: '20' },
    requests: { type: 'string', default: '20000' },
  },
});
const names = Number(values.prompts);
const versions = Number(values.versions);
const requests = Number(values.requests);

const child = spawn(process.execPath, [join(import.meta.dirname, 'lib/prompt-server.ts')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
const { port, authorization } = JSON.parse(line) as {
  readonly port: number;
  readonly authorization: string;
};
const pid = child.pid ?? 0;

function repeat(count: number, toRequest: (index: number) => Buffer) {
  let index = 0;
  return () => (index < count ? toRequest(index++) : undefined);
}

async function load(count: number, toRequest: (index: number) => Buffer) {
  const before = readCpuMs(pid);
  const result = await runLoad({ port, clients: 8, next: repeat(count, toRequest) });
  if (Object.keys(result.failures).length > 0) throw new Error(JSON.stringify(result.failures));
  return { ...result, cpuMs: (readCpuMs(pid) - before) / count };
}

const text = 'Answer the question of {{user}} about {{topic}} in plain words. '.repeat(16);
const body = (index: number) =>
  JSON.stringify({
    name: `team-${index % 10}/prompt-${index % names}`,
    prompt: text,
    config: { model: 'm', temperature: 0.2 },
    labels: ['production'],
    tags: ['bench'],
  });
await load(names * versions, (index) =>
  toPost('/api/public/v2/prompts', authorization, body(index)),
);

const prompt = `/api/public/v2/prompts/${encodeURIComponent('team-7/prompt-7')}`;
const fetchPrompt = () => toGet(prompt, authorization);
const fetchTrivial = () => toGet('/api/v1/bench/same-bytes', authorization);
await load(2_000, fetchPrompt);
await load(2_000, fetchTrivial);
const ratios: number[] = [];
let figures = '';
for (let round = 0; round < 5; round++) {
  const trivial = await load(requests, fetchTrivial);
  const own = await load(requests, fetchPrompt);
  ratios.push(own.cpuMs / trivial.cpuMs);
  figures = `${(own.cpuMs * 1000).toFixed(0)} us and ${(trivial.cpuMs * 1000).toFixed(0)} us`;
}
const ratio = toPercentile(ratios, 0.5);

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
function timeOne(): Promise<number> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: prompt, agent, headers: { authorization } }, (answer) => {
      answer.resume().once('end', () => resolve(performance.now() - begin));
    }).once('error', reject);
  });
}
const paced: Promise<number>[] = [];
const start = performance.now();
for (let index = 0; index < 2_500; index++) {
  const wait = start + index * 2 - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  paced.push(timeOne());
}
const times = await Promise.all(paced);
agent.destroy();

const pages = Math.ceil(names / 100);
const list = (page: number) =>
  toGet(`/api/public/v2/prompts?limit=100&page=${page + 1}`, authorization);
await runLoad({ port, clients: 1, next: repeat(pages, list) });
const lists: number[] = [];
for (let round = 0; round < 10; round++) {
  const { latencies } = await runLoad({ port, clients: 1, next: repeat(pages, list) });
  lists.push(latencies.reduce((sum, one) => sum + one, 0));
}

console.log(`fetch by label: ${ratio.toFixed(2)} x a trivial GET (limit 2); ${figures} of CPU`);
console.log(
  `fetch at 500/s: p50 ${toPercentile(times, 0.5).toFixed(2)} ms, p99 ${toPercentile(times, 0.99).toFixed(2)} ms (limit 5)`,
);
console.log(
  `list of ${names} x ${versions}: p50 ${toPercentile(lists, 0.5).toFixed(1)} ms in ${pages} pages (limit 100)`,
);
console.log(`CPU pressure of the machine: ${readCpuPressure()}`);
child.stdin.end();
await once(child, 'exit');
if (ratio > 2) process.exitCode = 1;
