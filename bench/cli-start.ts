/**
 * What starting the built program costs: CPU time (user and system) over an empty Node script, in pairs that
 * alternate, medians. Wall time says little on a shared machine. Exits 1 over budget.
 * `npm run bench -- cli-start [--rounds 25]`
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '25' } } });
const rounds = Number(values.rounds);
const program = fileURLToPath(new URL('../packages/coaia/dist/coaia.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'coaia-bench-'));
const empty = join(home, 'empty.mjs');
writeFileSync(empty, '');

interface Case {
  readonly name: string;
  /** Milliseconds of CPU over an empty script. */
  readonly budget: number;
  readonly args: (round: number) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const base = { HOME: home, PATH: process.env['PATH'] ?? '' };

/** CPU milliseconds of one run; bash reports its child's time to the millisecond. */
function measure(args: readonly string[], env: Readonly<Record<string, string>> = {}): number {
  const line = 'TIMEFORMAT="%3U %3S"; time "$@" >"$HOME/stdout" 2>"$HOME/stderr"';
  const { stderr, status } = spawnSync('bash', ['-c', line, 'bash', process.execPath, ...args], {
    env: { ...base, ...env },
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(
      `${args.slice(1).join(' ')} failed: ${readFileSync(join(home, 'stderr'), 'utf8')}`,
    );
  return stderr
    .trim()
    .split(/\s+/)
    .map(Number)
    .reduce((sum, seconds) => sum + seconds * 1000, 0);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** A server for the remote case, in its own home. */
async function openServer() {
  const serverHome = mkdtempSync(join(tmpdir(), 'coaia-bench-server-'));
  const child = spawn(process.execPath, [program, 'up', '--port', '0'], {
    env: { ...base, HOME: serverHome },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (line: string) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    };
    createInterface({ input: child.stdout }).on('line', listen);
    createInterface({ input: child.stderr }).on('line', listen);
    child.once('close', (code) => reject(new Error(`coaia up ended with ${code}`)));
  });
  const keys = JSON.parse(readFileSync(join(serverHome, '.coaia/credentials.json'), 'utf8')) as {
    publicKey: string;
    secretKey: string;
  };
  return {
    env: {
      LANGFUSE_BASE_URL: url,
      LANGFUSE_PUBLIC_KEY: keys.publicKey,
      LANGFUSE_SECRET_KEY: keys.secretKey,
    },
    close: () => {
      child.kill('SIGTERM');
      rmSync(serverHome, { recursive: true, force: true });
    },
  };
}

/** Runs all cases in turn, each beside an empty script, and prints one line per case. */
function compare(cases: readonly Case[]): boolean {
  const samples = cases.map(() => [] as number[]);
  const zeros: number[] = [];
  for (let round = -2; round < rounds; round++) {
    for (const [index, one] of cases.entries()) {
      const zero = measure([empty]);
      const cpu = measure([program, ...one.args(round)], one.env);
      // The first two rounds fill the compile cache and the disk cache.
      if (round < 0) continue;
      zeros.push(zero);
      samples[index]?.push(cpu - zero);
    }
  }
  const zero = median(zeros);
  console.log(
    `empty script ${zero.toFixed(1)} ms CPU, ${rounds} rounds, load ${loadavg()[0]?.toFixed(1)}`,
  );
  let isKept = true;
  for (const [index, { name, budget }] of cases.entries()) {
    const over = median(samples[index] ?? []);
    isKept &&= over <= budget;
    const ratio = ((zero + over) / zero).toFixed(2);
    console.log(
      `${name.padEnd(14)} +${over.toFixed(1).padStart(5)} ms of ${budget}  (x${ratio})  ${over <= budget ? 'ok' : 'over budget'}`,
    );
  }
  return isKept;
}

const server = await openServer();
try {
  const isKept = compare([
    { name: '--version', budget: 8, args: () => ['--version'] },
    { name: '--help', budget: 20, args: () => ['--help'] },
    {
      name: 'local write',
      budget: 40,
      args: (round) => ['fuse', 'traces', 'create', `local-${round}`, '-n', 'bench'],
    },
    {
      name: 'remote call',
      budget: 90,
      args: (round) => ['fuse', 'traces', 'create', `remote-${round}`, '-n', 'bench'],
      env: server.env,
    },
  ]);
  process.exitCode = isKept ? 0 : 1;
} finally {
  server.close();
  rmSync(home, { recursive: true, force: true });
}
