/** Runs text as commands of this program, one after another, in this process. */
import { spawnSync } from 'node:child_process';
import { EXIT } from '#base';
import type { CommandEntry } from '#surface';
import { cliErrors } from '../errors.ts';
import { printFailure } from '../failure.ts';
import type { CliIo } from '../io.ts';
import { renderPairs } from '../help.ts';
import { runCli } from '../run.ts';
import { BUILTINS, runBuiltin } from './builtins.ts';
import type { Session } from './session.ts';
import { readStatements } from './statement.ts';
import type { Statement } from './statement.ts';

export interface ShellParts {
  readonly io: CliIo;
  readonly session: Session;
  readonly entries: readonly CommandEntry[];
  /** `!command` runs in the system's shell. */
  readonly allowShell: boolean;
  readonly keepGoing: boolean;
}

export interface Outcome {
  /** Of the first statement that failed, else 0. */
  readonly code: number;
  readonly isExit: boolean;
}

/** Runs all statements of a text; stops at the first that fails unless `keepGoing`. */
export async function runText(parts: ShellParts, text: string): Promise<Outcome> {
  const { session } = parts;
  let code: number = EXIT.done;
  const names = {
    variable: (name: string) => session.getEnv()[name] || undefined,
    last: session.getLast,
  };
  const statements = readStatements(text, names);
  for (;;) {
    let result: number | 'exit';
    try {
      const next = statements.next();
      if (next.done === true) return { code, isExit: false };
      result = await runStatement(parts, next.value);
    } catch (error) {
      // A statement that cannot be read ends the text: what follows it is not known either.
      printFailure(parts.io, error, { json: false, debug: false, color: true });
      return { code: code === EXIT.done ? EXIT.usage : code, isExit: false };
    }
    if (result === 'exit') return { code, isExit: true };
    if (result !== EXIT.done && code === EXIT.done) code = result;
    if (code !== EXIT.done && (!parts.keepGoing || code === EXIT.interrupted))
      return { code, isExit: false };
  }
}

async function runStatement(parts: ShellParts, statement: Statement): Promise<number | 'exit'> {
  const { io, session, entries } = parts;
  if (statement.escape !== undefined) return runEscape(parts, statement.escape);
  const { words } = statement;
  const builtin = runBuiltin(words, session, { line: (text) => io.stdout(`${text}\n`) });
  if (builtin !== false) return builtin === true ? EXIT.done : builtin;
  if (words.length === 1 && words[0] === 'help') {
    io.stdout(
      ['Words of this shell:', ...renderPairs(BUILTINS, io.columns ?? 80), '', ''].join('\n'),
    );
  }
  // A shell in a shell would read the same input.
  if (words[0] === 'shell') return EXIT.done;
  const inner: CliIo = {
    ...io,
    env: session.getEnv(),
    onExported: session.take,
    endSoon: () => {},
  };
  return runCli(words[0] === 'coaia' ? words.slice(1) : words, inner, entries);
}

function runEscape({ io, session, allowShell }: ShellParts, command: string): number {
  if (!allowShell) {
    const error = cliErrors.create('COAIA-0509', 'Commands of the system are not allowed here.', {
      hint: 'coaia shell --allow-shell',
    });
    return printFailure(io, error, { json: false, debug: false, color: true });
  }
  const { status } = spawnSync(command, {
    shell: true,
    stdio: 'inherit',
    cwd: io.cwd,
    env: session.getEnv(),
  });
  return status ?? EXIT.failed;
}
