/** Runs pieces of TypeScript in processes of their own, for tests that kill them or need many. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

export interface ScriptRun {
  readonly child: ChildProcess;
  /** Lines on stdout so far. */
  readonly lines: readonly string[];
  /** Settles when the process ended; stderr is for the test's message. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
  /** Resolves once that many lines are there, rejects when the process ends before. */
  waitForLines(count: number): Promise<void>;
}

const PREAMBLE = `
import { openDatabase } from ${JSON.stringify(new URL('../open-database.ts', import.meta.url).href)};
import { toTraceRow, toObservationRow } from ${JSON.stringify(new URL('sample-rows.ts', import.meta.url).href)};
const [, ...args] = process.argv;
const openStore = (mode, migrate = 'create') => openDatabase({ kind: 'sqlite', path: args[0] }, { mode, migrate });
const say = (text) => process.stdout.write(text + '\\n');
`;

/** \`openStore(mode)\`, \`say(line)\`, \`args\` and the sample rows are there; `args[0]` is the store's path. */
export function runScript(code: string, args: readonly string[]): ScriptRun {
  const child = spawn(
    process.execPath,
    ['--input-type=module', '--eval', PREAMBLE + code, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], cwd: new URL('.', import.meta.url) },
  );
  const lines: string[] = [];
  let rest = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on('close', (status) => resolve({ code: status, stderr }));
  });
  const waitForLines = async (count: number): Promise<void> => {
    while (lines.length < count) {
      if (child.exitCode !== null) throw new Error(`the script ended early: ${stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return { child, lines, ended, waitForLines };
}
