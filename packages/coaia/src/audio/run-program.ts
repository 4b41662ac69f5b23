/** Programs on this machine: started without a shell, with nothing of the environment but where programs are. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { audioErrors } from './errors.ts';

export interface ProgramRun {
  readonly words: readonly string[];
  readonly input?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export interface ProgramResult {
  readonly stdout: Buffer;
  readonly stderr: string;
}

const MAX_ERRORS = 1_000_000;

/** True when a program of that name is in PATH. */
export function hasProgram(name: string, env: ProgramRun['env']): boolean {
  return (env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}

/** Runs it to its end. COAIA-6055 when it cannot be started, 6056 when it fails, or the signal's reason. */
export async function runProgram({
  words,
  input,
  env,
  signal,
}: ProgramRun): Promise<ProgramResult> {
  signal.throwIfAborted();
  const [program = '', ...args] = words;
  const kept = ['PATH', 'HOME', 'TMPDIR', 'LANG'].map((name) => [name, env[name]] as const);
  const child = spawn(program, args, {
    env: Object.fromEntries(kept.filter(([, value]) => value !== undefined)),
    stdio: ['pipe', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  const chunks: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-MAX_ERRORS);
  });
  // A program that ends before it has read everything is judged by its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | string>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    child.once('close', (exit, by) => resolve(exit ?? by ?? 'unknown'));
  });
  signal.throwIfAborted();
  if (code === 0) return { stdout: Buffer.concat(chunks), stderr };
  if (code === 'ENOENT' || code === 'EACCES')
    throw audioErrors.create('COAIA-6055', `The program ${program} cannot be started (${code}).`, {
      hint: 'coaia doctor',
    });
  const last = stderr.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  throw audioErrors.create('COAIA-6056', `${program} ended with ${code}: ${last}`);
}

/**
 * The words of a command line with `{names}` filled in. It is split first, so what is put in stays one word,
 * whatever it holds.
 */
export function toWords(
  command: string,
  values: Readonly<Record<string, string>>,
): readonly string[] {
  const words = command.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  return words.map((word) =>
    word
      .replace(/^(["'])(.*)\1$/s, '$2')
      .replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole),
  );
}
