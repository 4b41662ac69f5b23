/** Help of one command and of one group, made from their data. */
import type { Command, CommandEntry, OptionSpec } from '#surface';
import { toArgumentName } from './argument-name.ts';
import { toLongName } from './options.ts';

/** Lines of two aligned columns; the right one wraps at `width`. */
export function renderPairs(
  pairs: readonly (readonly [string, string])[],
  width: number,
): readonly string[] {
  const left = Math.min(34, Math.max(0, ...pairs.map(([name]) => name.length)));
  const indent = ' '.repeat(left + 4);
  return pairs.flatMap(([name, text]) => {
    const lines = toWrapped(text, Math.max(24, width - left - 4));
    const head =
      name.length > left
        ? [`  ${name}`, ...(lines.length > 0 ? [`${indent}${lines[0] ?? ''}`] : [])]
        : [`  ${name.padEnd(left)}  ${lines[0] ?? ''}`.trimEnd()];
    return [...head, ...lines.slice(1).map((line) => indent + line)];
  });
}

/** Breaks a text into lines of at most `width` characters at spaces; line breaks in it stay. */
export function toWrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}

/** `Usage: coaia fuse traces create TRACE_ID [options]`. */
export function renderUsage(words: readonly string[], command: Command): string {
  const parts = ['Usage: coaia', ...words, ...command.positionals.map(toArgumentName)];
  if (Object.keys(command.options).length > 0) parts.push('[options]');
  const { takesRest, restUsage = '-- COMMAND [ARGS...]' } = command;
  if (takesRest === true && restUsage !== '') parts.push(restUsage);
  return parts.join(' ');
}

function toPlaceholder(key: string, spec: OptionSpec): string {
  if (spec.type === 'boolean') return '';
  const name = spec.placeholder ?? spec.choices?.join('|') ?? toLongName(key).toUpperCase();
  return spec.type === 'list' ? ` ${name}...` : ` ${name}`;
}

/** The two help columns of an option. */
export function toOptionPair(key: string, spec: OptionSpec): readonly [string, string] {
  const short = spec.short === undefined ? '    ' : `-${spec.short}, `;
  const words = Object.entries(spec.shorthands ?? {}).map(([word, value]) =>
    spec.type === 'boolean' ? `-${word}` : `-${word} = ${value}`,
  );
  const others = (spec.aliases ?? []).map((alias) => `--${alias}`);
  const also = [...words, ...others];
  const notes = [
    ...(spec.placeholder !== undefined && spec.choices !== undefined
      ? [`one of ${spec.choices.join(', ')}`]
      : []),
    ...(spec.default === undefined || spec.default === false
      ? []
      : [`default ${String(spec.default)}`]),
    ...(spec.required === true ? ['required'] : []),
    ...(spec.repeatable === true ? ['may be repeated'] : []),
    ...(also.length > 0 ? [`also ${also.join(', ')}`] : []),
  ];
  const summary = notes.length > 0 ? `${spec.summary} (${notes.join('; ')})` : spec.summary;
  return [`${short}--${toLongName(key)}${toPlaceholder(key, spec)}`, summary];
}

/** Help of one command; `words` as its table spells them. */
export function renderCommandHelp(
  entry: CommandEntry,
  command: Command,
  words: readonly string[],
  width: number,
): string {
  const options = Object.entries(command.options).filter(([, spec]) => spec.hidden !== true);
  const args = command.positionals.map((spec) => [toArgumentName(spec), spec.summary] as const);
  const lines = [renderUsage(words, command), '', ...toWrapped(toStop(command.summary), width)];
  if (command.description !== undefined) lines.push('', ...toWrapped(command.description, width));
  if (args.length > 0) lines.push('', 'Arguments:', ...renderPairs(args, width));
  if (options.length > 0) {
    const pairs = options.map(([key, spec]) => toOptionPair(key, spec));
    lines.push('', 'Options:', ...renderPairs(pairs, width));
  }
  const others = [
    ...(entry.groupDefault === undefined ? [] : [entry.groupDefault]),
    ...(entry.aliases ?? []),
  ];
  if (others.length > 0)
    lines.push('', 'Also typed as:', ...others.map((other) => `  coaia ${other}`));
  const examples = command.examples.map((line) => `  ${line}`);
  lines.push('', 'Examples:', ...examples, '', 'Options of every command: coaia help options', '');
  return lines.join('\n');
}

function toStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Commands below a group's words, with their summaries. Loads nothing. */
export function renderGroupHelp(
  entries: readonly CommandEntry[],
  group: readonly string[],
  width: number,
): string {
  const prefix = group.join(' ');
  const pairs = entries.flatMap((entry) => {
    const names = entry.hidden === true ? [] : toNames(entry, prefix);
    return names.length === 0 ? [] : [[names.join(', '), entry.summary] as const];
  });
  const byDefault = entries.find(
    (entry) => entry.groupDefault === prefix || entry.aliases?.includes(prefix) === true,
  );
  const lines = [`Usage: coaia ${prefix} COMMAND`, '', 'Commands:', ...renderPairs(pairs, width)];
  if (byDefault !== undefined) lines.push('', `Without a command: coaia ${byDefault.words}.`);
  lines.push('', `Help on one of them: coaia help ${prefix} COMMAND`, '');
  return lines.join('\n');
}

/** What follows the group's words in each spelling of a command: `add-observation`, `add-obs`. */
function toNames(entry: CommandEntry, prefix: string): readonly string[] {
  return [entry.words, ...(entry.aliases ?? [])]
    .filter((words) => words.startsWith(`${prefix} `))
    .map((words) => words.slice(prefix.length + 1));
}
