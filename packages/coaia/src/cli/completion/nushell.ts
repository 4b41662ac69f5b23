/** The module for Nushell: one `extern` per command. Words like -te have no form there and are left out. */
import type { CompletionCommand, CompletionModel, CompletionOption } from './model.ts';
import { NAME_KINDS } from './value-kinds.ts';
import type { ValueKind } from './value-kinds.ts';

function quote(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, String.raw`\$&`)}"`;
}

/** Type and completer of a value; choices are a custom completer of their own. */
function toType(value: ValueKind, completers: Map<string, string>): string {
  if (value.kind === 'file') return 'path';
  if (value.kind === 'text') return 'string';
  if (value.kind === 'names') return `string@"nu-complete coaia ${value.names}"`;
  const list = `[${value.choices.map(quote).join(' ')}]`;
  const name = completers.get(list) ?? `nu-complete coaia choice ${completers.size + 1}`;
  completers.set(list, name);
  return `string@"${name}"`;
}

function renderOption(
  option: CompletionOption,
  completers: Map<string, string>,
): readonly string[] {
  const { spellings, summary, value } = option;
  const longs = spellings.filter((spelling) => spelling.startsWith('--'));
  const short = spellings.find((spelling) => /^-[^-]$/.test(spelling));
  const type = value === undefined ? '' : `: ${toType(value, completers)}`;
  return longs.map((long, index) => {
    const head = index === 0 && short !== undefined ? `${long}(${short})` : long;
    return `  ${head}${type} # ${summary}`;
  });
}

function renderCommand(
  command: CompletionCommand,
  globals: readonly CompletionOption[],
  completers: Map<string, string>,
): readonly string[] {
  const own = new Set(command.options.flatMap(({ spellings }) => spellings));
  const shared = globals
    .filter(({ spellings }) => !own.has(spellings[0] ?? ''))
    .map((option) => ({ ...option, spellings: option.spellings.filter((one) => !own.has(one)) }));
  const seen = new Set<string>();
  const positionals = command.positionals.map(({ name, value, isVariadic }) => {
    const type = toType(value, completers);
    return isVariadic ? `  ...${name}: ${type}` : `  ${name}?: ${type}`;
  });
  const options = [...command.options, ...shared].flatMap((option) =>
    renderOption(option, completers),
  );
  const unique = options.filter((line) => {
    const name = /^ {2}(--[\w-]+)/.exec(line)?.[1] ?? line;
    return !seen.has(name) && seen.add(name);
  });
  return command.spellings.map((words) =>
    [
      `# ${command.summary}`,
      `export extern ${quote(`coaia ${words}`)} [`,
      ...positionals,
      ...unique,
      ']',
      '',
    ].join('\n'),
  );
}

/** The whole module. */
export function renderNushell({ commands, globals }: CompletionModel): string {
  const completers = new Map<string, string>();
  const known = new Set<string>();
  const externs = commands.flatMap((command) => {
    const spellings = command.spellings.filter((words) => !known.has(words));
    for (const words of spellings) known.add(words);
    return renderCommand({ ...command, spellings }, globals, completers);
  });
  const names = NAME_KINDS.map(
    (kind) =>
      `def "nu-complete coaia ${kind}" [context: string] { ^coaia __complete ${kind} -- ...($context | split row ' ' | skip 1) | lines }`,
  );
  const choices = [...completers].map(([list, name]) => `def ${quote(name)} [] { ${list} }`);
  return [
    '# Nushell completion of coaia; made by: coaia completion nushell',
    ...names,
    ...choices,
    '',
    ...externs,
  ].join('\n');
}
