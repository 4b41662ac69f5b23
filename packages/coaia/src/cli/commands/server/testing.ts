/** For tests of the server commands: the real program in its own processes, over a temporary home. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RUN_ENV } from '../../../base/testing.ts';

const PROGRAM = fileURLToPath(new URL('../../../../bin/coaia.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<Ended>;
  /** The first match on stdout; rejects when the program ends without it. */
  readonly until: (pattern: RegExp) => Promise<RegExpExecArray>;
}

export interface TestHome {
  readonly folder: string;
  /** COAIA_HOME of every program started here. */
  readonly home: string;
  readonly start: (words: readonly string[], env?: Readonly<Record<string, string>>) => Program;
  readonly run: (
    words: readonly string[],
    env?: Readonly<Record<string, string>>,
  ) => Promise<Ended>;
  /** Ends what still runs and removes the folder. */
  readonly close: () => Promise<void>;
}

/** A home that does not exist yet. */
export async function openTestHome(): Promise<TestHome> {
  const folder = await mkdtemp(join(tmpdir(), 'coaia-up-'));
  const home = join(folder, 'home');
  const running = new Set<Program>();
  const start: TestHome['start'] = (words, env = {}) => {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      cwd: folder,
      env: { ...RUN_ENV, PATH, HOME: folder, COAIA_HOME: home, CI: 'true', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const program = watch(child);
    running.add(program);
    void program.ended.then(() => running.delete(program));
    return program;
  };
  const run: TestHome['run'] = (words, env) => start(words, env).ended;
  return {
    folder,
    home,
    start,
    run,
    close: async () => {
      await run(['down']);
      for (const program of running) program.child.kill('SIGKILL');
      await Promise.all([...running].map((program) => program.ended));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function watch(child: ChildProcess): Program {
  const output = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  const add = (name: 'stdout' | 'stderr') => (piece: Buffer) => {
    output[name] += piece.toString();
    for (const check of waiting) check();
  };
  child.stdout?.on('data', add('stdout'));
  child.stderr?.on('data', add('stderr'));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      resolve({ code, ...output });
    });
  });
  const until = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const check = () => {
        const match = pattern.exec(output.stdout);
        if (match === null) return;
        waiting.delete(check);
        resolve(match);
      };
      waiting.add(check);
      check();
      void ended.then(({ stderr }) => {
        reject(new Error(`the program ended without ${pattern}: ${stderr}`));
      });
    });
  return { child, output, ended, until };
}
