/** Completion inside `coaia shell`: the same model that the scripts of other shells are made of. */
import type { CompletionCommand, CompletionModel, CompletionOption } from '../completion/model.ts';
import type { NameKind, ValueKind } from '../completion/value-kinds.ts';
import { BUILTINS } from './builtins.ts';

export type FindNames = (kind: NameKind, words: readonly string[]) => readonly string[];

interface Place {
  readonly path: string;
  readonly command: CompletionCommand | undefined;
  /** Option that waits for a value. */
  readonly pending: CompletionOption | undefined;
  readonly count: number;
}

function findCommand(model: CompletionModel, path: string): CompletionCommand | undefined {
  return model.commands.find(({ spellings }) => spellings.includes(path));
}

function findOption(model: CompletionModel, command: CompletionCommand | undefined, word: string) {
  return [...(command?.options ?? []), ...model.globals].find(({ spellings }) =>
    spellings.includes(word),
  );
}

/** The place after one more word. */
function step(model: CompletionModel, place: Place, word: string): Place {
  if (word.startsWith('-')) {
    const option = word.includes('=') ? undefined : findOption(model, place.command, word);
    return { ...place, pending: option?.value === undefined ? undefined : option };
  }
  if (place.pending !== undefined)
    return place.pending.isList ? place : { ...place, pending: undefined };
  if (place.count > 0) return { ...place, count: place.count + 1 };
  const path = place.path === '' ? word : `${place.path} ${word}`;
  const command = findCommand(model, path);
  const isKnown = command !== undefined || model.words.has(path);
  return isKnown ? { ...place, path, command } : { ...place, count: 1 };
}

/** Values for a `--option=` that is being typed. */
const ATTACHED = /^(--[^=]+)=/;

/** All that may follow `words`, as whole words; `cur` is what is typed of it. */
export function findCompletions(
  model: CompletionModel,
  words: readonly string[],
  cur: string,
  findNames: FindNames,
): readonly string[] {
  let place: Place = { path: '', command: undefined, pending: undefined, count: 0 };
  for (const word of words) place = step(model, place, word);
  const toTexts = (value: ValueKind | undefined): readonly string[] => {
    if (value?.kind === 'choices') return value.choices;
    return value?.kind === 'names' ? findNames(value.names, words) : [];
  };
  const name = ATTACHED.exec(cur)?.[1];
  const attached = name === undefined ? undefined : findOption(model, place.command, name);
  const found = () => {
    if (attached !== undefined)
      return toTexts(attached.value).map((value) => `${name ?? ''}=${value}`);
    if (words[0] === 'use') return completeUse(words, findNames);
    if (cur.startsWith('-')) return listOptions(model, place);
    if (place.pending !== undefined) return toTexts(place.pending.value);
    return [...listWords(model, place, words), ...toTexts(findPositional(place))];
  };
  return [...new Set(found())].filter((text) => text.startsWith(cur));
}

function listOptions(model: CompletionModel, { command }: Place): readonly string[] {
  return [...(command?.options ?? []), ...model.globals].flatMap(({ spellings, shorthands }) => [
    ...spellings,
    ...shorthands,
  ]);
}

function listWords(model: CompletionModel, { path, count }: Place, words: readonly string[]) {
  const below = count === 0 ? (model.words.get(path) ?? []).map(([word]) => word) : [];
  return words.length > 0
    ? below
    : [...below, ...BUILTINS.map(([text]) => text.split(' ')[0] ?? '')];
}

function findPositional({ command, count }: Place): ValueKind | undefined {
  const positionals = command?.positionals ?? [];
  const last = positionals.at(-1);
  return (positionals[count] ?? (last?.isVariadic === true ? last : undefined))?.value;
}

function completeUse(words: readonly string[], findNames: FindNames): readonly string[] {
  if (words.length === 1) return ['trace', 'session', 'user', 'profile'];
  const kinds: Readonly<Record<string, NameKind>> = {
    trace: 'traces',
    session: 'sessions',
    profile: 'profiles',
  };
  const kind = kinds[words[1] ?? ''];
  return kind === undefined ? [] : findNames(kind, words);
}
