/** `coaia up --detach`: the same program once more, in the background, until it answers. */
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSignInLink, localScope, readCredentials } from '#access';
import { createFolder } from '#config';
import { httpErrors } from '#http/errors';
import { readHealth } from '#http/read-health';
import { openDatabase, readServerLock } from '#store';
import type { CommandContext } from '#surface';
import type { UpOptions, UpPlan } from './up-plan.ts';
import type { Started } from './started.ts';

const PATIENCE_MS = 30_000;
const LOOK_MS = 25;
const LAST_WORDS = 2_000;

type Context = Pick<CommandContext<unknown>, 'env' | 'cwd' | 'signal'>;

/** Starts the background process and waits for its health. Rejects with COAIA-0410 and the end of its log. */
export async function startDetached(
  plan: UpPlan,
  options: UpOptions,
  context: Context,
): Promise<Started> {
  const { paths, location } = plan.home;
  createFolder(paths.logs);
  const logPath = join(paths.logs, 'server.log');
  const log = openSync(logPath, 'a', 0o600);
  const before = fstatSync(log).size;
  const [, entry = ''] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, entry, ...toArguments(options)], {
    detached: true,
    stdio: ['ignore', log, log],
    cwd: context.cwd,
    env: context.env,
    windowsHide: true,
  });
  closeSync(log);
  const exit = { code: undefined as number | null | undefined };
  child.on('exit', (code) => {
    exit.code = code;
  });
  child.on('error', () => {
    exit.code = null;
  });
  const hasEnded = () => exit.code !== undefined;
  const server = await waitForServer(paths.home, hasEnded, context.signal);
  if (server === undefined) {
    if (child.exitCode === null) child.kill('SIGTERM');
    throw toStartError(logPath, before);
  }
  child.unref();
  const db = await openDatabase(location, { mode: 'process', migrate: 'never' });
  try {
    const { projectId } = await localScope(db, { env: context.env });
    const { token } = await createSignInLink(db, projectId);
    const state = await readCredentials(paths.credentials);
    const credentials = state.kind === 'present' ? state.credentials : undefined;
    return { ...server, token, credentials };
  } finally {
    await db.close();
  }
}

/** The words that make the child the server which this command was asked for. */
function toArguments(options: UpOptions): readonly string[] {
  const { host, port, data, database, redis, role, durability } = options;
  const named = { host, port, data, database, redis, role, durability };
  const pairs = Object.entries(named).filter(([, value]) => value !== undefined);
  const words = pairs.flatMap(([name, value]) => [`--${name}`, String(value)]);
  return ['up', '--background', ...words, ...(options.public === true ? ['--public'] : [])];
}

const NOBODY = { pid: 0, port: null, url: null };

async function waitForServer(
  home: string,
  hasEnded: () => boolean,
  signal: AbortSignal,
): Promise<Pick<Started, 'pid' | 'port' | 'url'> | undefined> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline && !signal.aborted && !hasEnded()) {
    const { pid, port, url } = readServerLock(home) ?? NOBODY;
    if (url !== null && port !== null && (await readHealth(url)) !== undefined)
      return { pid, port, url };
    await sleep(LOOK_MS);
  }
  return undefined;
}

function toStartError(logPath: string, before: number) {
  const own = readFileSync(logPath).subarray(before).toString('utf8');
  const last = own.slice(-LAST_WORDS).trimEnd();
  return httpErrors.create(
    'COAIA-0410',
    `The server did not start. It said:\n${last || 'nothing'}`,
    {
      hint: `tail ${logPath}`,
    },
  );
}
