/** A child's end as a sentence for the person who started it. */
import { CoaiaError, EXIT } from '#base';
import type { ExitCode } from '#base';
import { runningFailures } from './errors.ts';
import type { ChildEnd } from './child-process.ts';

interface SaidError {
  readonly error: string;
  readonly code: string;
  readonly hint?: string | null;
}

/** The error that a child printed as JSON, if it did. */
export function findSaidError(words: readonly string[]): SaidError | undefined {
  for (const line of words.toReversed()) {
    if (!line.startsWith('{"error":')) continue;
    try {
      return JSON.parse(line) as SaidError;
    } catch {
      return undefined;
    }
  }
  return undefined;
}

const EXITS: ReadonlySet<number> = new Set(Object.values(EXIT));

/** The child's own error under its own code, so that the reason is not wrapped in another; AO622 without one. */
export function toStartFailure(name: string, end: ChildEnd): CoaiaError {
  const said = findSaidError(end.words);
  const definition = runningFailures.table.AO622;
  const exit = (
    end.code !== null && EXITS.has(end.code) && end.code !== 0 ? end.code : 1
  ) as ExitCode;
  if (said !== undefined)
    return new CoaiaError(said.code, { ...definition, exit }, said.error, {
      hint: said.hint ?? 'ao run logs',
    });
  return runningFailures.create(
    'AO622',
    `The ${name} did not start (${toReason(end)}).${toLast(end)}`,
    {
      hint: 'ao run logs',
    },
  );
}

/** AO621: it crashed again and again. */
export function toCrashLoop(name: string, crashes: number, end: ChildEnd): CoaiaError {
  return runningFailures.create(
    'AO621',
    `The ${name} crashed ${crashes} times in a row and is not started again (${toReason(end)}).${toLast(end)}`,
    { hint: 'ao run logs' },
  );
}

function toReason({ code, signal }: ChildEnd): string {
  return signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
}

function toLast({ words }: ChildEnd): string {
  const said = findSaidError(words);
  if (said !== undefined) return ` It said: ${said.code}: ${said.error}`;
  const last = words.slice(-8).join('\n').trim();
  return last === ''
    ? ' It wrote nothing, as happens when the disk is full.'
    : ` It said:\n${last}`;
}
