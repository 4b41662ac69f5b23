/** The command line as a process, in a home of its own. */
import { spawn } from 'node:child_process';
import { findProgram } from '../../bench/lib/server.ts';
import { RUN_ENV } from '../../packages/coaia/src/base/testing.ts';

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `coaia` to its end; kill -9 after `limitMs`, which shows as a signal. */
export function runCoaia(
  home: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  limitMs = 30_000,
): Promise<Ended> {
  const child = spawn(process.execPath, [findProgram(), ...args], {
    cwd: home,
    env: { ...RUN_ENV, PATH: process.env['PATH'] ?? '', HOME: home, COAIA_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (piece) => (stdout += String(piece)));
  child.stderr.on('data', (piece) => (stderr += String(piece)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => {
      clearTimeout(timer);
      resolve({ status, signal, stdout, stderr });
    });
  });
}

/** Signs in as a browser would, by the one-time link; the cookie to send. */
export async function createCookie(home: string): Promise<string> {
  const { stdout, stderr } = await runCoaia(home, ['open', '--print']);
  const link = /http\S+/.exec(stdout)?.[0];
  if (link === undefined) throw new Error(`no link: ${stdout}${stderr}`);
  const answer = await fetch(link, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`no cookie: ${answer.status}`);
  return cookie;
}
