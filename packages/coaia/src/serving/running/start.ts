/** Starting the service of a project: in this process, or in the background. */
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Project } from '../projects/project.ts';
import type { Ready, UpFlags } from './child-contract.ts';
import {
  API_KEYS_VARIABLE,
  toFlags,
  toGatewayWords,
  toHostWords,
  toProgramLine,
  toServiceLine,
} from './child-contract.ts';
import type { ChildSpec } from './child-process.ts';
import { runningFailures } from './errors.ts';
import { toLogPath } from './log-file.ts';
import { claimRun, clearRunState, findRunning, toTaken } from './run-state.ts';
import type { RunState } from './run-state.ts';
import { toStartFailure } from './start-failure.ts';
import { supervise } from './supervise.ts';
import type { Supervisor } from './supervise.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface StartOptions {
  readonly project: Project;
  readonly flags: UpFlags;
  readonly apiKeys: readonly string[];
  readonly env: Env;
  readonly onLine?: (name: string, line: string) => void;
  /** Ends what is being started. */
  readonly signal?: AbortSignal;
}

const LOOK_MS = 25;

function withKeys(env: Env, keys: readonly string[]): Env {
  return keys.length === 0 ? env : { ...env, [API_KEYS_VARIABLE]: keys.join(',') };
}

function toPort(address: string | undefined): number | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  return Number(new URL(address).port) || undefined;
}

/** The processes of the service: with link "grpc" a host before the gateway. */
function toChildren({ project, flags, apiKeys, env }: StartOptions) {
  const { folder, link } = project;
  const base = { env: withKeys(env, apiKeys), cwd: folder };
  const gateway = (ready: readonly Ready[]): ChildSpec => ({
    ...base,
    name: 'gateway',
    // Started again, it keeps the port that it told its callers.
    toLine: (before) =>
      toServiceLine(
        toGatewayWords(
          folder,
          { ...flags, port: toPort(before?.address) ?? flags.port },
          ready[0]?.address,
        ),
      ),
  });
  const host = (): ChildSpec => ({
    ...base,
    name: 'host',
    toLine: (before) => toServiceLine(toHostWords(folder, flags, before?.address)),
  });
  // Models of another server need no host of ours.
  const isOwn = link.models.length === 0;
  return isOwn && (flags.link ?? link.mode) === 'grpc' ? [host, gateway] : [gateway];
}

/** Fails with AO627 when nothing could be served, with AO620 when it runs already. */
export async function startHere(options: StartOptions): Promise<Supervisor> {
  const { project } = options;
  checkModels(project);
  const state = claimRun(project.folder, project.name);
  try {
    return await supervise({
      folder: project.folder,
      state,
      children: toChildren(options),
      ...(options.onLine === undefined ? {} : { onLine: options.onLine }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    clearRunState(project.folder);
    throw error;
  }
}

function checkModels({ name, models, link }: Project): void {
  if (models.length > 0 || link.models.length > 0) return;
  throw runningFailures.create('AO627', `${name} has no model to serve.`, {
    hint: 'ao init --from FILE',
  });
}

/**
 * Starts `ao up` once more without a terminal and waits until a prediction can be answered. Rejects with the error
 * that it ended with.
 */
export async function startInBackground(options: StartOptions): Promise<RunState> {
  const { project, flags } = options;
  checkModels(project);
  const running = findRunning(project.folder);
  if (running !== undefined) throw toTaken(running);
  const path = toLogPath(project.folder, 'supervisor');
  mkdirSync(dirname(path), { recursive: true });
  const log = openSync(path, 'a', 0o600);
  const before = fstatSync(log).size;
  const [program = '', ...words] = toProgramLine([
    'up',
    '--background',
    '--json',
    ...toFlags(flags),
  ]);
  const child = spawn(program, words, {
    cwd: project.folder,
    env: withKeys(options.env, options.apiKeys),
    detached: true,
    stdio: ['ignore', log, log],
    windowsHide: true,
  });
  closeSync(log);
  options.signal?.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (code) => resolve(code));
  });
  const given = new AbortController();
  const state = await Promise.race([
    ended,
    waitForReady(project.folder, child.pid, given.signal),
  ]).finally(() => given.abort());
  if (typeof state === 'object' && state !== null) {
    child.unref();
    return state;
  }
  const said = readFileSync(path).subarray(before).toString('utf8').trimEnd().split('\n');
  throw toStartFailure('service', { words: said, code: state, signal: null, ranMs: 0 });
}

/** The state once it is ready; null when nobody waits any more. */
async function waitForReady(
  folder: string,
  pid: number | undefined,
  signal: AbortSignal,
): Promise<RunState | null> {
  while (!signal.aborted) {
    const state = findRunning(folder);
    if (state?.state === 'ready' && state.supervisor.pid === pid) return state;
    await sleep(LOOK_MS);
  }
  return null;
}
