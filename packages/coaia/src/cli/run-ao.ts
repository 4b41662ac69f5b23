/** `ao X` is `coaia ops X`, and everything it says about itself names `ao`. */
import type { CliIo } from './io.ts';
import { createProcessIo } from './io.ts';
import { runCli } from './run.ts';

const HELP = new Set(['help', '--help', '-h']);

/** The words for the common command line. */
function toLine(argv: readonly string[]): readonly string[] {
  const [first] = argv;
  if (first === 'help') return ['help', 'ops', ...argv.slice(1)];
  // Codes and versions are the whole program's.
  if (first === 'explain' || first === 'version') return argv;
  return ['ops', ...argv];
}

function toAo(text: string): string {
  return text.replaceAll(
    /\bcoaia (help )?ops\b ?/g,
    (_whole, help: string | undefined) => `ao ${help ?? ''}`,
  );
}

/** Results pass unchanged; help and everything on stderr names the program as it was called. */
function withOwnName(io: CliIo, isHelp: boolean): CliIo {
  const stderr = (text: string): boolean => io.stderr(toAo(text));
  return isHelp ? { ...io, stderr, stdout: (text) => io.stdout(toAo(text)) } : { ...io, stderr };
}

/** Runs one line of `ao`; see `runCli`. */
export async function runAo(
  argv: readonly string[],
  io: CliIo = createProcessIo(),
): Promise<number> {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  return runCli(
    toLine(argv),
    withOwnName(
      io,
      own.some((word) => HELP.has(word)),
    ),
  );
}
