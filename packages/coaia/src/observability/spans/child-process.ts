/** Running somebody's command as if we were not there. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

export interface ChildOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Characters of the end of stdout to keep; 0 hands our own stdout to the child untouched. */
  readonly keep: number;
  /** A terminal sends Ctrl-C to the child itself, so it is not passed on twice. */
  readonly hasTerminal: boolean;
}

export interface ChildResult {
  /** As a shell would say it: 128 + n after signal n, 127 when not found, 126 when not executable. */
  readonly exitCode: number;
  readonly startedAt: number;
  readonly durationMs: number;
  /** The kept end of stdout. */
  readonly tail: string;
  /** Why it failed, in a few words; undefined when it did not. */
  readonly problem: string | undefined;
}

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/** Runs the command to its end; never rejects. stdin and stderr are ours, stdout too unless something is kept. */
export async function runChild(
  words: readonly string[],
  options: ChildOptions,
): Promise<ChildResult> {
  const [file = '', ...args] = words;
  const startedAt = Date.now();
  // Wall clocks jump; durations must not.
  const began = performance.now();
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ['inherit', options.keep > 0 ? 'pipe' : 'inherit', 'inherit'],
  });
  const stop = sendSignalsOn(child, options.hasTerminal);
  const tail = copyOutput(child, options.keep);
  const end = await waitFor(child);
  const durationMs = performance.now() - began;
  stop();
  const text = await tail;
  return {
    startedAt,
    durationMs: Math.round(durationMs * 1000) / 1000,
    tail: text,
    ...toEnd(file, end),
  };
}

type End =
  | { readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly error: NodeJS.ErrnoException };

function waitFor(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ error }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

function toEnd(file: string, end: End): Pick<ChildResult, 'exitCode' | 'problem'> {
  if ('error' in end) {
    const isMissing = end.error.code === 'ENOENT';
    return {
      exitCode: isMissing ? 127 : 126,
      problem: isMissing
        ? `command not found: ${file}`
        : `cannot run ${file} (${end.error.code ?? 'unknown'})`,
    };
  }
  if (end.signal !== null) {
    return {
      exitCode: 128 + (constants.signals[end.signal] ?? 0),
      problem: `killed by ${end.signal}`,
    };
  }
  const exitCode = end.code ?? 1;
  return { exitCode, problem: exitCode === 0 ? undefined : `exit code ${exitCode}` };
}

/** Passes signals on until the returned function is called. */
function sendSignalsOn(child: ChildProcess, hasTerminal: boolean): () => void {
  const listeners = PASSED_ON.map((signal) => {
    const listener = (): void => {
      const isFromTerminal = hasTerminal && (signal === 'SIGINT' || signal === 'SIGQUIT');
      if (!isFromTerminal) child.kill(signal);
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  return () => {
    for (const { signal, listener } of listeners) process.off(signal, listener);
  };
}

/** Copies the child's stdout to ours byte for byte and resolves with its end once it is closed. */
function copyOutput(child: ChildProcess, keep: number): Promise<string> {
  const { stdout } = child;
  if (stdout === null || keep <= 0) return Promise.resolve('');
  let tail: Buffer = Buffer.alloc(0);
  stdout.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-keep * 4);
  });
  // A reader that went away (`| head -1`) must end the child as it would without us.
  const closeChild = (): void => void stdout.destroy();
  process.stdout.on('error', closeChild);
  stdout.pipe(process.stdout, { end: false });
  return new Promise((resolve) => {
    stdout.once('close', () => {
      process.stdout.off('error', closeChild);
      resolve(tail.toString('utf8').slice(-keep));
    });
    child.once('error', () => resolve(''));
  });
}
