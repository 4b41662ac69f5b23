/** What is printed when the words name no command: the welcome text, a group's help, or did-you-mean. */
import { EXIT, findNearest, version } from '#base';
import type { CommandEntry } from '#surface';
import { cliErrors } from './errors.ts';
import { printFailure } from './failure.ts';
import { readEarlyFlags } from './flags.ts';
import { renderGroupHelp } from './help.ts';
import type { CliIo } from './io.ts';
import { parseLine } from './parse.ts';
import { renderRootHelp, renderWelcome } from './root-help.ts';
import { getNextWords } from './route.ts';
import { printVersion } from './version.ts';

/** `coaia`, `coaia --help`, `coaia --version`. Throws a usage error for other options alone. */
export async function printNone(
  io: CliIo,
  entries: readonly CommandEntry[],
  words: readonly string[],
): Promise<number> {
  const { globals } = parseLine({ positionals: [], options: {} }, words);
  if (globals.get('version') === true) return printVersion(io);
  const width = io.columns ?? 80;
  if (globals.get('json') === true) {
    const { describeAll } = await import('./describe.ts');
    io.stdout(`${JSON.stringify(await describeAll(entries, version), null, 2)}\n`);
  } else if (globals.get('help') === true) io.stdout(renderRootHelp(entries, width));
  else io.stdout(renderWelcome(entries));
  return EXIT.done;
}

export interface GroupRoute {
  readonly words: readonly string[];
  readonly globals: readonly string[];
  readonly unknown: string | undefined;
}

/** A group without a command, or with one that does not exist. */
export function printGroup(io: CliIo, entries: readonly CommandEntry[], route: GroupRoute): number {
  const { words, unknown } = route;
  const style = readEarlyFlags(route.globals);
  const isHelp = route.globals.some((word) => word === '--help' || word === '-h');
  if (words.length > 0 && (unknown === undefined || isHelp)) {
    const text = renderGroupHelp(entries, words, io.columns ?? 80);
    if (isHelp) io.stdout(text);
    else if (style.json)
      return printFailure(io, toUnknownCommand(entries, words, undefined), style);
    else io.stderr(text);
    return isHelp ? EXIT.done : EXIT.usage;
  }
  return printFailure(io, toUnknownCommand(entries, words, unknown), style);
}

/** The error for words that name no command. */
export function toUnknownCommand(
  entries: readonly CommandEntry[],
  words: readonly string[],
  unknown: string | undefined,
) {
  const group = ['coaia', ...words].join(' ');
  const help = ['coaia', 'help', ...words].join(' ');
  if (unknown === undefined) {
    return cliErrors.create('COAIA-0500', `${group} is a group of commands; name one of them.`, {
      hint: help,
    });
  }
  const [nearest] = findNearest(unknown, getNextWords(entries, words));
  return cliErrors.create(
    'COAIA-0500',
    `There is no command ${group} ${unknown}.${nearest === undefined ? '' : ` Did you mean ${group} ${nearest}?`}`,
    { hint: nearest === undefined ? help : `${group} ${nearest}` },
  );
}

/**
 * A word after a group that is almost one of its commands is a mistake, not an argument of the group's default. Words
 * in capitals are names of variables.
 */
export function checkMistyped(
  entries: readonly CommandEntry[],
  group: readonly string[],
  word: string | undefined,
): void {
  if (word === undefined || !/^[a-z][a-z-]+$/.test(word)) return;
  if (findNearest(word, getNextWords(entries, group)).length > 0)
    throw toUnknownCommand(entries, group, word);
}
