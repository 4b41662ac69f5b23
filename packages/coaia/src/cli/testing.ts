/** Runs commands in process, as tests do: no child, no real terminal, an own home. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandEntry } from '#surface';
import type { CliIo } from './io.ts';
import { toWords } from './line-words.ts';
import { runCli } from './run.ts';

export interface RunOptions {
  /** Added to an otherwise empty environment; HOME and COAIA_HOME are set from `home`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Folder that stands for the user's home; a temporary one, removed afterwards, when absent. */
  readonly home?: string;
  /** Working folder; the home when absent. */
  readonly cwd?: string;
  /** Content of stdin; a terminal without input when absent. */
  readonly stdin?: string | Uint8Array;
  /** stdout and stderr are a terminal; default false. */
  readonly isTTY?: boolean;
  /** Columns of that terminal; default 80. */
  readonly columns?: number;
  /** Aborting it is pressing Ctrl-C. */
  readonly interrupt?: AbortSignal;
  /** What the user types when asked; input ends after the last. */
  readonly answers?: readonly string[];
  /** Hears stdout while the command runs. */
  readonly onOutput?: (text: string) => void;
  /** The same for stderr. */
  readonly onErrorOutput?: (text: string) => void;
  /** The command table; all of the program's when absent. */
  readonly entries?: readonly CommandEntry[];
}

export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one line, given as text (quotes as in a shell) or as words, without the program's name. */
export async function runCoaia(
  line: string | readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const temporary =
    options.home === undefined ? await mkdtemp(join(tmpdir(), 'coaia-run-')) : undefined;
  const home = options.home ?? temporary ?? '';
  let stdout = '';
  let stderr = '';
  const answers = [...(options.answers ?? [])];
  const isTTY = options.isTTY === true;
  try {
    const io: CliIo = {
      stdout: (text) => {
        stdout += text;
        options.onOutput?.(text);
        return true;
      },
      stderr: (text) => {
        stderr += text;
        options.onErrorOutput?.(text);
        return true;
      },
      stdin: async () => Buffer.from(options.stdin ?? ''),
      stdinIsTerminal: options.stdin === undefined && isTTY,
      stdoutIsTerminal: isTTY,
      stderrIsTerminal: isTTY,
      columns: isTTY ? (options.columns ?? 80) : undefined,
      env: { HOME: home, COAIA_HOME: join(home, '.coaia'), ...options.env },
      cwd: options.cwd ?? home,
      onInterrupt: (listener) => {
        options.interrupt?.addEventListener('abort', listener);
        return () => options.interrupt?.removeEventListener('abort', listener);
      },
      endSoon: () => undefined,
      readLine: async () => answers.shift(),
    };
    const words = typeof line === 'string' ? toWords(line) : line;
    const code = await runCli(words, io, options.entries);
    return { code, stdout, stderr };
  } finally {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  }
}
