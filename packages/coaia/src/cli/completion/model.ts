/** The command line as completion sees it; every generator and the interactive shell read this. */
import type { Command, CommandEntry, OptionSpec } from '#surface';
import { globalOptions } from '../flags.ts';
import { toLongName } from '../options.ts';
import { toOptionValue, toPositionalValue } from './value-kinds.ts';
import type { ValueKind } from './value-kinds.ts';

export interface CompletionOption {
  /** Everything that can be typed for it, the long name first: `--type`, `-t`, `--kind`. */
  readonly spellings: readonly string[];
  /** Single-dash words that are complete in themselves: `-te`. */
  readonly shorthands: readonly string[];
  readonly summary: string;
  /** Undefined for switches. */
  readonly value: ValueKind | undefined;
  /** Takes several values, up to the next option. */
  readonly isList: boolean;
}

export interface CompletionCommand {
  /** The words as the table spells them, first; then aliases and the group that it answers for. */
  readonly spellings: readonly string[];
  readonly summary: string;
  readonly options: readonly CompletionOption[];
  readonly positionals: readonly {
    readonly name: string;
    readonly value: ValueKind;
    readonly isRequired: boolean;
    readonly isVariadic: boolean;
  }[];
}

export interface CompletionModel {
  readonly commands: readonly CompletionCommand[];
  readonly globals: readonly CompletionOption[];
  /** Group words (`` for none) to the words that may follow, with what they do. */
  readonly words: ReadonlyMap<string, readonly (readonly [word: string, summary: string])[]>;
}

function toOptions(
  words: string,
  specs: Readonly<Record<string, OptionSpec>>,
): readonly CompletionOption[] {
  return Object.entries(specs)
    .filter(([, spec]) => spec.hidden !== true)
    .map(([key, spec]) => {
      const long = toLongName(key);
      return {
        spellings: [
          `--${long}`,
          ...(spec.short === undefined ? [] : [`-${spec.short}`]),
          ...(spec.aliases ?? []).map((alias) => `--${alias}`),
        ],
        shorthands: Object.keys(spec.shorthands ?? {}).map((word) => `-${word}`),
        summary: spec.summary,
        value: toOptionValue(words, long, spec),
        isList: spec.type === 'list',
      };
    });
}

/** One command of the model. */
export function toCompletionCommand(entry: CommandEntry, command: Command): CompletionCommand {
  const { words, aliases = [], groupDefault } = entry;
  return {
    spellings: [
      ...new Set([words, ...aliases, ...(groupDefault === undefined ? [] : [groupDefault])]),
    ],
    summary: entry.summary,
    options: toOptions(words, command.options),
    positionals: command.positionals.map((spec) => ({
      name: spec.name,
      value: toPositionalValue(words, spec),
      isRequired: spec.required === true,
      isVariadic: spec.variadic === true,
    })),
  };
}

/** Words that may follow each group; a word that is itself a group is described by what is below it. */
function toWordTable(shown: readonly CommandEntry[]): CompletionModel['words'] {
  const table = new Map<string, Map<string, string>>();
  for (const entry of shown) {
    for (const spelling of [entry.words, ...(entry.aliases ?? [])]) {
      const parts = spelling.split(' ');
      for (const [index, word] of parts.entries()) {
        const group = parts.slice(0, index).join(' ');
        const below = table.get(group) ?? new Map<string, string>();
        table.set(group, below);
        if (index === parts.length - 1) below.set(word, entry.summary);
        else if (!below.has(word)) below.set(word, '');
      }
    }
  }
  const describe = (group: string, word: string) => {
    const path = group === '' ? word : `${group} ${word}`;
    return [...(table.get(path)?.keys() ?? [])].slice(0, 6).join(', ');
  };
  return new Map(
    [...table].map(([group, below]) => [
      group,
      [...below]
        .map(([word, summary]) => [word, summary === '' ? describe(group, word) : summary] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  );
}

/** Loads every command that is not hidden. */
export async function buildModel(entries: readonly CommandEntry[]): Promise<CompletionModel> {
  const shown = [...new Map(entries.map((entry) => [entry.words, entry])).values()].filter(
    (entry) => entry.hidden !== true && entry.onlyWithRest !== true,
  );
  const lone = entries.filter((entry) => entry.onlyWithRest === true && entry.hidden !== true);
  const all = [...shown, ...lone];
  const commands = await Promise.all(
    all.map(async (entry) => toCompletionCommand(entry, (await entry.load()).command)),
  );
  return { commands, globals: toOptions('', globalOptions), words: toWordTable(all) };
}
