/** docs/reference/commands.md: one heading per command. */
import { describeCommand } from '../../packages/coaia/src/cli/describe.ts';
import type { CommandEntry, OptionSpec } from '../../packages/coaia/src/surface/index.ts';
import { toPageHead, toSentence, toTable } from './markdown.ts';

type Described = ReturnType<typeof describeCommand>;

function toFlag(option: Described['options'][number]): string {
  const value =
    option.type === 'boolean'
      ? ''
      : ` ${option.placeholder ?? option.choices?.join('|') ?? option.name.toUpperCase()}`;
  const short = option.short === undefined ? '' : `-${option.short}, `;
  return `\`${short}--${option.name}${value}\``;
}

function toNotes(option: OptionSpec): string {
  const notes = [
    option.required === true ? 'required' : '',
    option.repeatable === true ? 'may be repeated' : '',
    option.default === undefined || option.default === false
      ? ''
      : `default \`${String(option.default)}\``,
    option.aliases === undefined
      ? ''
      : `also ${option.aliases.map((name) => `\`--${name}\``).join(', ')}`,
    ...Object.entries(option.shorthands ?? {}).map(
      ([word, value]) => `\`-${word}\` = \`${value}\``,
    ),
  ];
  return notes.filter(Boolean).join('; ');
}

function toSection(described: Described): readonly string[] {
  const { arguments: args, options, aliases, examples, description } = described;
  return [
    `## coaia ${described.command}`,
    '',
    toSentence(described.summary),
    '',
    ...(description === undefined ? [] : [description, '']),
    '```',
    described.usage.replace(/^Usage: /, ''),
    '```',
    '',
    ...(aliases.length === 0
      ? []
      : [`Also typed as ${aliases.map((words) => `\`coaia ${words}\``).join(', ')}.`, '']),
    ...(args.length === 0
      ? []
      : toTable(
          ['Argument', 'Meaning'],
          args.map((arg) => [`\`${arg.name}\``, arg.summary]),
        )),
    ...(options.length === 0
      ? []
      : toTable(
          ['Option', 'Meaning', 'Notes'],
          options.map((option) => [toFlag(option), option.summary, toNotes(option)]),
        )),
    'Examples:',
    '',
    '```',
    ...examples,
    '```',
    '',
  ];
}

/** Loads every command that is not hidden and describes it. */
export async function renderCommands(entries: readonly CommandEntry[]): Promise<string> {
  const shown = entries.filter((entry) => entry.hidden !== true);
  const described = await Promise.all(
    shown.map(async (entry) => describeCommand(entry, (await entry.load()).command)),
  );
  const sorted = described.toSorted((a, b) => a.command.localeCompare(b.command, 'en'));
  const head = toPageHead(
    'Commands',
    'Every command of `coaia`, as `coaia COMMAND --help` shows it. Exit codes are on [their page](../exit-codes.md).',
  );
  return [...head, ...sorted.flatMap(toSection)].join('\n');
}
