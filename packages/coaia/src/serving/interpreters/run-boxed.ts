/** Opens somebody's file with an interpreter: in the box where this machine has one, since opening it may run code. */
import { isCoaiaError } from '#base';
import { spawnBoxed } from '#sandbox';
import { viewInterpreter } from '../runtimes/interpreter-view.ts';
import { runProbe } from './run-probe.ts';
import type { ProbeResult } from './run-probe.ts';

export interface BoxedProbe {
  readonly language: 'python' | 'r';
  /** Path of the interpreter. */
  readonly interpreter: string;
  /** Absolute path of our script. */
  readonly script: string;
  readonly args: readonly string[];
  /** Files and folders it may read besides the interpreter and the script. */
  readonly readable: readonly string[];
  /** Default 60 seconds. */
  readonly timeoutMs?: number;
}

const TMP_BYTES = 64 * 1024 * 1024;
const MAX_OUTPUT = 16 * 1024 * 1024;
const MAX_ERRORS = 4000;
/** KiB of address space. */
const MEMORY = String(4 * 1024 * 1024);

const ENV = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };

/**
 * No network, no other processes, nothing to write but a private /tmp. Without bubblewrap it is a plain process.
 * Never rejects for what the process does; fails with AO640 or AO641 where the interpreter is of no use.
 */
export async function runBoxedProbe(probe: BoxedProbe): Promise<ProbeResult> {
  const { language, interpreter, script, args, readable, timeoutMs = 60_000 } = probe;
  const view = await viewInterpreter(language, interpreter);
  const flags = language === 'r' ? ['--vanilla'] : ['-B'];
  const program = [view.program, ...flags, script, ...args];
  const env = { ...ENV, ...view.env };
  try {
    const child = await spawnBoxed({
      command: ['/bin/sh', '-c', 'ulimit -v "$0"; ulimit -c 0; exec "$@"', MEMORY, ...program],
      env,
      readOnly: [...view.readOnly, script, ...readable],
      cwd: '/tmp',
      tmpBytes: TMP_BYTES,
    });
    return await gather(child, timeoutMs);
  } catch (error) {
    if (!isCoaiaError(error)) throw error;
    const [first = '', ...rest] = program;
    return runProbe({ program: first, args: rest, env: { ...PLAIN, ...env }, timeoutMs });
  }
}

const PLAIN = { PATH: '/usr/bin:/bin', HOME: '/tmp', LANG: 'C.UTF-8' };

function gather(
  child: Awaited<ReturnType<typeof spawnBoxed>>,
  timeoutMs: number,
): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const state = { output: '', errors: '', isLate: false };
    const kill = () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    const timer = setTimeout(() => {
      state.isLate = true;
      kill();
    }, timeoutMs);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      state.output += text;
      if (state.output.length > MAX_OUTPUT) kill();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      state.errors = (state.errors + text).slice(-MAX_ERRORS);
    });
    child.once('error', (error) => {
      state.errors = error.message;
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ isDone: code === 0, ...state });
    });
  });
}
