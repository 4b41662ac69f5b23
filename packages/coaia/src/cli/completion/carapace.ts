/** The spec file for carapace, which brings completion to the shells that have no script here. */
import type { CompletionCommand, CompletionModel, CompletionOption } from './model.ts';
import type { ValueKind } from './value-kinds.ts';

interface Node {
  readonly below: Map<string, Node>;
  command?: CompletionCommand;
}

const quote = (text: string) => JSON.stringify(text);

/** `-n, --name=: summary`; `=` takes a value, `*` may be repeated. */
function toFlag({ spellings, summary, value, isList }: CompletionOption): string {
  const short = spellings.find((spelling) => /^-[^-]$/.test(spelling));
  const long = spellings[0] ?? '';
  const name = short === undefined ? long : `${short}, ${long}`;
  return `${quote(`${name}${value === undefined ? '' : '='}${isList ? '*' : ''}`)}: ${quote(summary)}`;
}

function toAction(value: ValueKind): string {
  if (value.kind === 'file') return '["$files"]';
  if (value.kind === 'choices') return `[${value.choices.map(quote).join(', ')}]`;
  return value.kind === 'names' ? `["$(coaia __complete ${value.names})"]` : '[]';
}

function renderValues({ options, positionals }: CompletionCommand): readonly string[] {
  const flags = options.flatMap(({ spellings, value }) =>
    value === undefined || value.kind === 'text'
      ? []
      : [`    ${quote((spellings[0] ?? '').replace(/^--/, ''))}: ${toAction(value)}`],
  );
  const single = positionals.filter(({ isVariadic }) => !isVariadic);
  const rest = positionals.find(({ isVariadic }) => isVariadic);
  return [
    ...(flags.length === 0 ? [] : ['  flag:', ...flags]),
    ...(single.length === 0
      ? []
      : ['  positional:', ...single.map(({ value }) => `    - ${toAction(value)}`)]),
    ...(rest === undefined ? [] : [`  positionalany: ${toAction(rest.value)}`]),
  ];
}

function renderNode(name: string, node: Node, summary: string): readonly string[] {
  const { command, below } = node;
  const values = command === undefined ? [] : renderValues(command);
  const children = [...below].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    `name: ${quote(name)}`,
    ...(summary === '' ? [] : [`description: ${quote(summary)}`]),
    ...(command === undefined || command.options.length === 0
      ? []
      : ['flags:', ...command.options.map((option) => `  ${toFlag(option)}`)]),
    ...(values.length === 0 ? [] : ['completion:', ...values]),
    ...(children.length === 0
      ? []
      : [
          'commands:',
          ...children.flatMap(([word, child]) =>
            renderNode(word, child, child.command?.summary ?? '').map(
              (line, index) => `${index === 0 ? '  - ' : '    '}${line}`,
            ),
          ),
        ]),
  ];
}

/** The whole spec, in YAML. */
export function renderCarapace({ commands, globals }: CompletionModel): string {
  const root: Node = { below: new Map() };
  for (const command of commands) {
    for (const spelling of command.spellings) {
      let at = root;
      for (const word of spelling.split(' ')) {
        const next = at.below.get(word) ?? { below: new Map() };
        at.below.set(word, next);
        at = next;
      }
      at.command ??= command;
    }
  }
  const [first = '', ...others] = renderNode(
    'coaia',
    root,
    'AI engineering workbench on machines you control',
  );
  return [
    '# carapace spec of coaia; made by: coaia completion carapace',
    first,
    ...others.slice(0, 1),
    'persistentflags:',
    ...globals.map((option) => `  ${toFlag(option)}`),
    ...others.slice(1),
    '',
  ].join('\n');
}
