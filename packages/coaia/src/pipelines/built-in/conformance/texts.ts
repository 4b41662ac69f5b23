/** The texts of the built-in templates that are rendered, and three sets of values for each. */
import { builtInNames, findBuiltIn } from '../built-in.ts';

export interface BuiltInTexts {
  readonly name: string;
  readonly texts: readonly string[];
  readonly sets: readonly Readonly<Record<string, unknown>>[];
}

interface Variable {
  readonly name: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly choices?: readonly unknown[];
}

/** Every template that comes with the program, in its order. */
export async function collectTexts(): Promise<readonly BuiltInTexts[]> {
  const all: BuiltInTexts[] = [];
  for (const name of builtInNames) {
    const document = JSON.parse((await findBuiltIn(name)) ?? '{}') as {
      readonly variables: readonly Variable[];
      readonly steps: readonly { readonly id?: string; readonly export_as?: string }[];
    };
    const texts = new Set<string>();
    collect(document, texts);
    all.push({
      name,
      texts: [...texts].toSorted(),
      sets: toSets(document.variables, toOutputs(document.steps)),
    });
  }
  return all;
}

/** Texts with a tag, and conditions, which may be bare expressions. */
function collect(value: unknown, texts: Set<string>, key = ''): void {
  if (typeof value === 'string') {
    if (/\{[{%]/.test(value)) texts.add(value);
    else if (key === 'conditional') texts.add(`{{ ${value} }}`);
  } else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value)) collect(item, texts, name);
}

type Values = Readonly<Record<string, unknown>>;

const OUTPUT = {
  text: 'It is <done>.',
  score: 0.5,
  value: 1,
  comment: null,
  reasoning: 'because',
  scores: { a: 1 },
  media_id: 'm1',
  id: 'x',
  url: 'u',
};
const ITEM = { name: 'one', path: 'a.png', url: 'https://example.com' };

/** As if every step had ended well. */
function toOutputs(
  steps: readonly { readonly id?: string; readonly export_as?: string }[],
): Values {
  const ended = steps.flatMap(({ id }) =>
    id === undefined ? [] : [[id, { output: OUTPUT }] as const],
  );
  const exported = steps.flatMap(({ export_as: name }) =>
    name === undefined ? [] : [[name, OUTPUT] as const],
  );
  return {
    ...Object.fromEntries(exported),
    steps: Object.fromEntries(ended),
    item: ITEM,
    index: 1,
  };
}

const FILLED = { string: 'Ünder "one" <roof>', number: 42.5, boolean: true, list: ['a b', "c'd"] };
const EMPTY = { string: '', number: 0, boolean: false, list: [] };

/** What is declared, something in every variable, and nothing in any. */
function toSets(variables: readonly Variable[], known: Values): BuiltInTexts['sets'] {
  const make = (value: (variable: Variable) => unknown) =>
    Object.fromEntries(variables.map((variable) => [variable.name, value(variable)])) as Values;
  return [
    { ...make((variable) => plainDefault(variable)), ...known },
    { ...make(({ type, choices }) => choices?.at(-1) ?? pick(FILLED, type)), ...known },
    { ...make(({ type }) => pick(EMPTY, type)), ...known },
  ];
}

function plainDefault({ type, default: value }: Variable): unknown {
  if (typeof value === 'string' && value.includes('{')) return null;
  return value ?? (type === 'list' ? [] : null);
}

function pick(values: typeof FILLED | typeof EMPTY, type = 'string'): unknown {
  return type in values ? values[type as keyof typeof values] : values.string;
}
