/** One run of a child: from its start to its end, with what it said. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Ready } from './child-contract.ts';
import { parseReadyLine } from './child-contract.ts';

const LAST_WORDS = 40;

export interface ChildSpec {
  readonly name: string;
  /** The command line; what the child said of itself before a crash is known. */
  readonly toLine: (before: Ready | undefined) => readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

export interface ChildEnd {
  /** The last lines it printed. */
  readonly words: readonly string[];
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** How long it ran. */
  readonly ranMs: number;
}

export interface ChildRun {
  readonly pid: number;
  readonly ended: Promise<ChildEnd>;
  /** Asks it to end; after the grace it is killed. */
  stop(graceMs: number): void;
}

export interface RunEvents {
  readonly onReady: (ready: Ready) => void;
  readonly onLine: (line: string) => void;
}

/** Starts it; never throws. It is killed when it is not ready after `startMs`. */
export function startChild(
  { toLine, env, cwd }: ChildSpec,
  before: Ready | undefined,
  { onReady, onLine }: RunEvents,
  startMs: number,
): ChildRun {
  const [program = '', ...args] = toLine(before);
  const startedAt = performance.now();
  // A group of its own: Ctrl-C reaches the supervisor only, which lets it finish what is running.
  const child = spawn(program, args, {
    env,
    cwd,
    detached: true,
    stdio: 'pipe',
    windowsHide: true,
  });
  const words: string[] = [];
  const hear = (line: string) => {
    words.push(line);
    if (words.length > LAST_WORDS) words.shift();
    onLine(line);
  };
  let timer = setTimeout(() => {
    hear(`not ready after ${startMs / 1000} s`);
    child.kill('SIGKILL');
  }, startMs);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const ready = parseReadyLine(line);
    if (ready === undefined) {
      hear(line);
      return;
    }
    clearTimeout(timer);
    onReady(ready);
  });
  createInterface({ input: child.stderr }).on('line', hear);
  child.stdin.on('error', () => undefined);
  child.once('error', (error) => hear(error.message));
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ words, code, signal, ranMs: performance.now() - startedAt });
    });
  });
  return {
    pid: child.pid ?? 0,
    ended,
    stop(graceMs) {
      clearTimeout(timer);
      child.kill('SIGTERM');
      child.stdin.end();
      timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    },
  };
}
