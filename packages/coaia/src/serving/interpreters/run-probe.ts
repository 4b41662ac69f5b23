/** Short runs of an interpreter that answer with JSON on stdout. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ProbeRun {
  readonly program: string;
  readonly args: readonly string[];
  /** Text on stdin. */
  readonly input?: string;
  readonly cwd?: string;
  /** Only what an interpreter needs is passed on. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default 30 seconds. */
  readonly timeoutMs?: number;
}

export interface ProbeResult {
  readonly isDone: boolean;
  readonly output: string;
  /** The end of stderr, or why it could not be started. */
  readonly errors: string;
  readonly isLate: boolean;
}

/** Never rejects: what happens to the process is the result. */
export function runProbe(run: ProbeRun): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const { program, args, input = '', cwd = '/', env, timeoutMs = 30_000 } = run;
    const child = execFile(
      program,
      args,
      {
        cwd,
        env: toPlainEnv(env),
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: 16 * 1024 * 1024,
      },
      (error, output, errors) =>
        resolve({
          isDone: error === null,
          output,
          errors: (errors === '' ? (error?.message ?? '') : errors).slice(-4000),
          isLate: error?.killed === true,
        }),
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** What an interpreter needs to find itself and its packages; secrets of the caller stay outside. */
const KEPT = [
  'PATH',
  'HOME',
  'LANG',
  'LC_ALL',
  'TMPDIR',
  'VIRTUAL_ENV',
  'PYTHONPATH',
  'PYTHONUSERBASE',
  'PYTHONDONTWRITEBYTECODE',
  'OMP_NUM_THREADS',
  'OPENBLAS_NUM_THREADS',
  'PYENV_ROOT',
  'PYENV_VERSION',
  'CONDA_PREFIX',
  'R_HOME',
  'R_LIBS',
  'R_LIBS_USER',
  'R_LIBS_SITE',
  'SYSTEMROOT',
];

export function toPlainEnv(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** Path of a script that lies beside its caller, in the sources and in the built program. */
export function toScriptPath(name: string, beside: string): string {
  return fileURLToPath(new URL(name, beside));
}
