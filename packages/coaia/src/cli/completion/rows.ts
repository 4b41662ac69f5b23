/**
 * The model as a table of texts, which each shell's script holds in its own notation:
 * `w GROUP` words that may follow; `c WORDS` number of the command; `o N` its options; `v N OPTION` values of an
 * option; `a N INDEX` values of an argument (`+` for all further ones). N of the options of every command is `g`.
 */
import type { CompletionModel, CompletionOption } from './model.ts';
import type { ValueKind } from './value-kinds.ts';

export interface Row {
  /** All of them have this content. */
  readonly keys: readonly string[];
  /** Lines: a text, then after a tab what it is about. Values may be one of `@file`, `@text`, `@KIND`. */
  readonly lines: readonly (readonly [text: string, summary: string])[];
}

function toValueLines(value: ValueKind): Row['lines'] {
  if (value.kind === 'choices') return value.choices.map((choice) => [choice, ''] as const);
  return [[`@${value.kind === 'names' ? value.names : value.kind}`, '']];
}

function toOptionRows(id: string, options: readonly CompletionOption[]): readonly Row[] {
  const lines = options.flatMap(({ spellings, shorthands, summary }) =>
    [...spellings, ...shorthands].map((spelling) => [spelling, summary] as const),
  );
  const values = options.flatMap(({ spellings, value, isList }): readonly Row[] => {
    if (value === undefined) return [];
    const keys = spellings.map((spelling) => `v ${id} ${spelling}`);
    return [{ keys, lines: [...(isList ? [['@list', ''] as const] : []), ...toValueLines(value)] }];
  });
  return lines.length === 0 ? [] : [{ keys: [`o ${id}`], lines }, ...values];
}

/** All rows, in a stable order. */
export function toRows({ commands, globals, words }: CompletionModel): readonly Row[] {
  const groups = [...words]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, lines]): Row => ({ keys: [`w ${group}`.trim()], lines }));
  const known = new Set<string>();
  const numbered = commands.map((command, index) => {
    const spellings = command.spellings.filter((spelling) => !known.has(spelling));
    for (const spelling of spellings) known.add(spelling);
    return { ...command, spellings, id: String(index + 1) };
  });
  const found = numbered.flatMap(({ id, spellings, options, positionals }): readonly Row[] => [
    ...(spellings.length === 0
      ? []
      : [{ keys: spellings.map((spelling) => `c ${spelling}`), lines: [[id, ''] as const] }]),
    ...toOptionRows(id, options),
    ...positionals.flatMap(({ value, isVariadic }, index): readonly Row[] =>
      value.kind === 'text'
        ? []
        : [
            {
              keys: [`a ${id} ${index}`, ...(isVariadic ? [`a ${id} +`] : [])],
              lines: toValueLines(value),
            },
          ],
    ),
  ]);
  return [...groups, ...found, ...toOptionRows('g', globals)];
}
