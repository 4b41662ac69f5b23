/** Our side: projects made by `ao init --from`, checked, and served over both links with everything on. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startOwn, stop } from './servers.ts';
import type { Server } from './servers.ts';

const program = join(import.meta.dirname, '../../packages/coaia/dist/ao.js');

export interface Counters {
  readonly seconds: number;
  readonly requests: number;
}

export interface OwnServers {
  readonly servers: readonly Server[];
  /** Seconds in workers by their own clock, and predictions of one row, so far. */
  readCounters(name: string): Promise<Counters>;
  close(): Promise<void>;
}

interface Place {
  readonly folder: string;
  readonly joblib: string;
  readonly rds: string;
}

function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): void {
  execFileSync(process.execPath, [program, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Both projects, four gateways. */
export async function openOwnServers({ folder, joblib, rds }: Place): Promise<OwnServers> {
  const home = join(folder, 'home');
  mkdirSync(home);
  const env = { ...process.env, HOME: home, COAIA_HOME: join(home, '.coaia') };
  run(['init', 'risk', '--from', joblib], folder, env);
  run(['init', 'cars', '--from', rds], folder, env);
  for (const name of ['risk', 'cars']) run(['check', '--only', 'model'], join(folder, name), env);
  const closing: (() => Promise<void>)[] = [];
  const serve = async (name: string, project: string, args: readonly string[], silent = false) => {
    const cwd = join(folder, project);
    const all = ['serve', 'gateway', '--port', '0', ...args];
    const own = silent ? { ...env, AO_LOG_PAYLOAD: 'none', AO_LOG_LEVEL: 'error' } : env;
    const { address, child } = await startOwn({ name, program, args: all, cwd, env: own });
    closing.push(() => stop(child));
    return `${address}/predict`;
  };
  const hostFor = async (project: string) => {
    const args = ['serve', 'host', '--address', '127.0.0.1:0'];
    const options = { name: 'host', program, args, cwd: join(folder, project), env };
    const { address, child } = await startOwn(options);
    closing.push(() => stop(child));
    return address;
  };
  const risk = readExample(join(folder, 'risk'));
  const cars = JSON.stringify({ wt: 2.5, hp: 120 });
  const pipe = await serve('python pipe', 'risk', []);
  const address = await hostFor('risk');
  const over = ['--link', 'grpc', '--link-address', address];
  const grpc = await serve('python grpc', 'risk', over);
  const silent = await serve('python grpc silent', 'risk', [...over, '--frozen'], true);
  const r = await serve('r pipe', 'cars', []);
  const close = async () => {
    for (const step of closing.toReversed()) await step();
  };
  const servers = [
    { name: 'python pipe', url: pipe, body: risk, close },
    { name: 'python grpc', url: grpc, body: risk, close },
    { name: 'python grpc silent', url: silent, body: risk, close },
    { name: 'r pipe', url: r, body: cars, close },
  ];
  const find = (name: string) => servers.find((server) => server.name === name);
  return { servers, readCounters: (name) => readCounters(find(name)), close };
}

function readExample(project: string): string {
  const path = join(project, 'model-interface/signature.json');
  if (!existsSync(path)) throw new Error(`${path} is not there`);
  const { models } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly models: Readonly<Record<string, { readonly example: unknown }>>;
  };
  return JSON.stringify(Object.values(models)[0]?.example);
}

/** From the gateway's own metrics: time in workers, and requests that they answered. */
async function readCounters(server: Server | undefined): Promise<Counters> {
  if (server === undefined) return { seconds: Number.NaN, requests: Number.NaN };
  const text = await (await fetch(new URL('/metrics', server.url))).text();
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}\\{[^}]*\\} ([\\d.e+-]+)$`, 'gm'))].reduce(
      (total, [, value]) => total + Number(value),
      0,
    );
  return { seconds: sum('ao_worker_seconds_total'), requests: sum('ao_prediction_rows_total') };
}
