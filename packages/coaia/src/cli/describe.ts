/** The whole command line as JSON, for agents and generators of documentation. */
import type { Command, CommandEntry, OptionSpec } from '#surface';
import { globalOptions } from './flags.ts';
import { renderUsage } from './help.ts';
import { toLongName } from './options.ts';

function toOptions(specs: Readonly<Record<string, OptionSpec>>) {
  return Object.entries(specs)
    .filter(([, spec]) => spec.hidden !== true)
    .map(([key, { compat: _compat, hidden: _hidden, ...spec }]) => ({
      name: toLongName(key),
      ...spec,
    }));
}

/** One command with everything that can be typed. */
export function describeCommand(entry: CommandEntry, command: Command) {
  return {
    command: entry.words,
    aliases: [...(entry.aliases ?? []), ...(entry.groupDefault ? [entry.groupDefault] : [])],
    summary: command.summary,
    ...(command.description === undefined ? {} : { description: command.description }),
    usage: renderUsage(entry.words.split(' '), command),
    arguments: command.positionals,
    options: toOptions(command.options),
    takesRest: command.takesRest === true,
    examples: command.examples,
  };
}

/** Every command that is not hidden. Loads all of them. */
export async function describeAll(entries: readonly CommandEntry[], version: string) {
  const shown = entries.filter((entry) => entry.hidden !== true);
  const commands = await Promise.all(
    shown.map(async (entry) => describeCommand(entry, (await entry.load()).command)),
  );
  return { name: 'coaia', version, options: toOptions(globalOptions), commands };
}
