/** Python packages from PyPI in folders of their own, kept in the user's cache so that later runs start at once. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly stdin?: string;
  /** Ends the process, which then has the code 124. */
  readonly timeoutMs?: number;
}

/** Either the folder of the programs, or why the suite cannot run here. */
export type PythonEnv = { readonly bin: string } | { readonly missing: string };

/**
 * A virtual environment that holds exactly what `requirements` names. Says why not when there is no python3 or PyPI
 * cannot be reached; tests then print `not run: ...` and are skipped.
 */
export async function openPythonEnv(...requirements: readonly string[]): Promise<PythonEnv> {
  const found = await openFolder(requirements);
  if ('missing' in found) process.stderr.write(`not run: ${found.missing}\n`);
  return found;
}

async function openFolder(requirements: readonly string[]): Promise<PythonEnv> {
  const python = await run('python3', ['-c', 'import sys, venv; print(sys.version)']);
  if (python.code !== 0) return { missing: 'no python3 with venv' };
  const name = createHash('sha256')
    .update([python.stdout, ...requirements].join('\n'))
    .digest('hex')
    .slice(0, 16);
  const folder = join(findCacheFolder(), name);
  const ready = join(folder, 'ready');
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  const lock = `${folder}.lock`;
  // Files of the same suite run at once: the first installs, the others wait for it.
  while (!existsSync(ready)) {
    if (!hasTaken(lock)) {
      await sleep(250);
      continue;
    }
    try {
      const python3 = join(bin, 'python');
      const missing = existsSync(ready) ? undefined : await install(folder, python3, requirements);
      if (missing !== undefined) return { missing };
      writeFileSync(ready, requirements.join('\n'));
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return { bin };
}

/** A lock that is older than an installation may take was left behind. */
const STALE_MS = 240_000;

function hasTaken(lock: string): boolean {
  const found = statSync(lock, { throwIfNoEntry: false });
  if (found !== undefined && Date.now() - found.mtimeMs > STALE_MS)
    rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(join(lock, '..'), { recursive: true });
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

/** Answers why not. */
async function install(
  folder: string,
  python: string,
  requirements: readonly string[],
): Promise<string | undefined> {
  rmSync(folder, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', folder], { timeoutMs: 60_000 });
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--timeout', '5'];
  const { code, stderr } = await run(python, [...pip, ...requirements], { timeoutMs: 150_000 });
  if (code === 0) return undefined;
  rmSync(folder, { recursive: true, force: true });
  const isOffline = code === 124 || /NewConnection|ConnectTimeout|Max retries|Proxy/.test(stderr);
  return isOffline ? 'PyPI not reachable' : (stderr.trim().split('\n').at(-1) ?? `pip: ${code}`);
}

function findCacheFolder(): string {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  const cache = (process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME) ?? '';
  return join(cache === '' ? join(homedir(), '.cache') : cache, 'coaia-tests', 'python');
}

/** Runs a program to its end. */
export function run(
  program: string,
  args: readonly string[],
  { env = process.env, cwd, stdin = '', timeoutMs = 60_000 }: RunOptions = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { env, ...(cwd === undefined ? {} : { cwd }) });
    let stdout = '';
    let stderr = '';
    let code = 127;
    const timer = setTimeout(() => {
      code = 124;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr: error.message });
    });
    child.once('close', (status) => {
      clearTimeout(timer);
      resolve({ code: code === 124 ? code : (status ?? 1), stdout, stderr });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}
