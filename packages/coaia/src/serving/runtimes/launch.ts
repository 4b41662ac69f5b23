/** Starts the process of a worker: inside bubblewrap, or as a plain process with limits. */
import type { ChildProcessByStdio } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { isCoaiaError } from '#base';
import { spawnBoxed } from '#sandbox';
import type { VersionManifest } from '../versions/version.ts';
import { runtimeFailures } from './errors.ts';
import { viewInterpreter } from './interpreter-view.ts';
import type { Pipe } from './pipe.ts';

export interface Launch {
  readonly manifest: VersionManifest;
  readonly folder: string;
  readonly interpreter: string;
  readonly isSandboxed: boolean | 'auto';
  readonly env: Readonly<Record<string, string>>;
  readonly memoryBytes: number;
  readonly bubblewrap: string | undefined;
}

export interface Launched {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly isSandboxed: boolean;
  /** Why there is no box although one was wanted. */
  readonly whyPlain?: string;
}

/** Files beside the program, each named in full so that the built program finds them. */
const FILES = {
  python: [
    fileURLToPath(new URL('./predict_worker.py', import.meta.url)),
    fileURLToPath(new URL('./predict_columns.py', import.meta.url)),
    fileURLToPath(new URL('./fitted_object.py', import.meta.url)),
    fileURLToPath(new URL('./explain_terms.py', import.meta.url)),
  ],
  r: [
    fileURLToPath(new URL('./predict-worker.R', import.meta.url)),
    fileURLToPath(new URL('./frame-columns.R', import.meta.url)),
    fileURLToPath(new URL('./fitted-objects.R', import.meta.url)),
  ],
} as const;

const TMP_BYTES = 64 * 1024 * 1024;

/** One worker is one thread: workers run beside each other, and small batches gain nothing from more. loky warns otherwise. */
const THREADS = {
  LOKY_MAX_CPU_COUNT: '1',
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
};
const DEFAULTS = { ...THREADS, MALLOC_ARENA_MAX: '2', PYTHONDONTWRITEBYTECODE: '1', TZ: 'UTC' };
/** All of R's own but `datasets`, whose names a formula could find where a column is missing. */
const R_PACKAGES = 'methods,stats,utils,grDevices,graphics';

/** Fails with AO640 and AO641 where the interpreter is of no use, and AO644 where a box is required and cannot be. */
export async function launch(options: Launch, pipe: Pipe): Promise<Launched> {
  const { manifest, folder, interpreter, memoryBytes } = options;
  const language = manifest.language === 'r' ? 'r' : 'python';
  const view = await viewInterpreter(language, interpreter);
  const files = FILES[language];
  const flags = language === 'r' ? ['--vanilla'] : ['-B'];
  const program = [view.program, ...flags, files[0], pipe.requests, pipe.answers];
  // Limits are the shell's: they hold for every interpreter. Bytes of address space, in KiB.
  const limited = 'ulimit -v "$0" 2>/dev/null; ulimit -c 0; exec "$@"';
  const command = ['/bin/sh', '-c', limited, String(Math.ceil(memoryBytes / 1024)), ...program];
  const env = { ...DEFAULTS, R_DEFAULT_PACKAGES: R_PACKAGES, ...view.env, ...options.env };
  const cwd = manifest.entry === undefined ? folder : dirname(join(folder, manifest.entry.file));
  const readOnly = [...view.readOnly, folder, pipe.folder, ...files];
  const boxed = await box({ command, env, readOnly, cwd, tmpBytes: TMP_BYTES }, options);
  if (typeof boxed === 'object') return { child: boxed, isSandboxed: true };
  // R makes a folder for its session, which stays where it is killed.
  mkdirSync(pipe.scratch, { mode: 0o700 });
  const own = { ...PLAIN, HOME: tmpdir(), TMPDIR: pipe.scratch };
  return {
    ...(boxed === undefined ? {} : { whyPlain: boxed }),
    child: spawnPlain(command, { ...own, ...env }, cwd),
    isSandboxed: false,
  };
}

/** The boxed process, or why there is none; undefined when none was wanted. */
async function box(boxed: Parameters<typeof spawnBoxed>[0], { isSandboxed, bubblewrap }: Launch) {
  if (isSandboxed === false) return undefined;
  try {
    return await spawnBoxed(boxed, bubblewrap);
  } catch (error) {
    const text = isCoaiaError(error) ? error.message : String(error);
    if (isSandboxed === 'auto') return text;
    throw runtimeFailures.create('AO644', text, {
      hint: 'apt-get install bubblewrap',
      cause: error,
    });
  }
}

const PLAIN = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' };
const SETPRIV = '/usr/bin/setpriv';

/** Where the system can, it ends with its parent even in the middle of an endless loop. */
function spawnPlain(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
) {
  const guarded = existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', 'KILL', ...command] : command;
  const [program = '', ...args] = guarded;
  return process.getBuiltinModule('node:child_process').spawn(program, args, {
    env,
    cwd,
    // Ctrl-C in a terminal is for us, not for the worker.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
