/** Runs `ao` as a process of its own, as a person would. */
import { execFile } from 'node:child_process';
import { isObject } from '#base';
import { deskFailures } from './errors.ts';

export interface AoRunner {
  /** Words before those of `ao`: the program, and `ops` where it is `coaia`. */
  readonly line: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A model that loads slowly may take this long, in milliseconds. */
const PATIENCE_MS = 180_000;

/** Runs to the end and answers what it printed as JSON. AO673 with its own sentence when it fails. */
export function runAo(
  { line, env }: AoRunner,
  words: readonly string[],
  cwd: string,
): Promise<unknown> {
  const [program = process.execPath, ...args] = line;
  return new Promise((resolve, reject) => {
    execFile(
      program,
      [...args, ...words, '--json'],
      { cwd, env, timeout: PATIENCE_MS, maxBuffer: 16 << 20 },
      (error, stdout, stderr) => {
        if (error === null) resolve(parse(stdout));
        else reject(toFailure(stderr, words));
      },
    );
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}

/** The last line of stderr under --json is the error. */
function toFailure(stderr: string, words: readonly string[]) {
  const said = stderr
    .trim()
    .split('\n')
    .map(parse)
    .findLast((value) => isObject(value) && typeof value.error === 'string');
  const { error, code } = isObject(said) ? said : {};
  const sentence = typeof error === 'string' ? error : `ao ${words[0] ?? ''} did not succeed.`;
  return deskFailures.create(
    'AO673',
    typeof code === 'string' ? `${code}: ${sentence}` : sentence,
    {
      hint: 'ao check',
    },
  );
}
