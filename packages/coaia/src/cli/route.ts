/** From the words of a line to one command: longest match in the merged tables. Loads nothing. */
import type { CommandEntry } from '#surface';
import { globalOptions } from './flags.ts';
import type { OptionTable, Token } from './options.ts';
import { createOptionTable, readToken } from './options.ts';

export type Route =
  /** Nothing but global options was typed. */
  | { readonly kind: 'none'; readonly globals: readonly string[] }
  | {
      readonly kind: 'command';
      readonly entry: CommandEntry;
      /** The command's words as its table spells them, or the group's when the group answers by default. */
      readonly words: readonly string[];
      /** Global options before and between the words. */
      readonly globals: readonly string[];
      /** Everything else: the command's options and arguments. */
      readonly line: readonly string[];
      /** True when the words typed are also those of a group. */
      readonly byDefault: boolean;
    }
  | {
      readonly kind: 'group';
      readonly words: readonly string[];
      readonly globals: readonly string[];
      /** The word after the group that names nothing; undefined when none was typed. */
      readonly unknown: string | undefined;
    };

/** One way to type a command. */
interface Spelling {
  readonly words: readonly string[];
  readonly entry: CommandEntry;
  readonly byDefault: boolean;
}

interface Word {
  readonly text: string;
  readonly index: number;
}

/** Finds the command. Words may be mixed with global options; a command's own options end the words. */
export function findRoute(entries: readonly CommandEntry[], argv: readonly string[]): Route {
  const end = argv.indexOf('--');
  const hasRest = end !== -1;
  const words = readWords(argv, entries);
  const typed = words.map(({ text }) => text);
  const spellings = entries
    .filter((entry) => entry.onlyWithRest !== true || hasRest)
    .filter((entry) => beginsLike(entry, typed[0]))
    .flatMap(toSpellings);
  const match = findLongest(spellings, typed);
  const groupLength = toGroupLength(spellings, typed);
  if (match === undefined || groupLength > match.words.length) {
    const group = toCanonicalGroup(spellings, typed.slice(0, groupLength));
    const used = words.slice(0, groupLength);
    if (typed.length === 0) return { kind: 'none', globals: withoutWords(argv, used) };
    return {
      kind: 'group',
      words: group,
      globals: toGlobals(argv, words, groupLength),
      unknown: typed[groupLength],
    };
  }
  const forwarded = findForwarded(entries, match.entry, words[match.words.length]);
  if (forwarded !== undefined)
    return findRoute(entries, withWords(argv, words, match.words.length, forwarded));
  const used = words.slice(0, match.words.length);
  const isLone = match.entry.onlyWithRest === true;
  const byDefault = match.byDefault || (!isLone && isGroup(spellings, match.words));
  const last = used.at(-1)?.index ?? -1;
  const before = argv.slice(0, last + 1).filter((_, index) => !isUsed(used, index));
  const { globals, others } = splitGlobals(before);
  return {
    kind: 'command',
    entry: match.entry,
    words: byDefault ? match.words : match.entry.words.split(' '),
    globals,
    line: [...others, ...argv.slice(last + 1)],
    byDefault,
  };
}

/** Words of the command that is meant when this word stands behind this one. */
function findForwarded(
  entries: readonly CommandEntry[],
  { words, forwards = [] }: CommandEntry,
  next: Word | undefined,
): readonly string[] | undefined {
  if (next === undefined || !forwards.includes(next.text)) return undefined;
  const target = [...words.split(' ').slice(0, -1), next.text].join(' ');
  return entries.find((entry) => entry.words === target)?.words.split(' ');
}

/** The line with other words of a command; the word behind the first `length` goes with them. */
function withWords(
  argv: readonly string[],
  words: readonly Word[],
  length: number,
  replacement: readonly string[],
): readonly string[] {
  return [...replacement, ...withoutWords(argv, words.slice(0, length + 1))];
}

/** True when other commands begin with the same words. */
function isGroup(spellings: readonly Spelling[], words: readonly string[]): boolean {
  return spellings.some(
    (other) => other.words.length > words.length && isPrefix(words, other.words, true),
  );
}

function isUsed(used: readonly Word[], index: number): boolean {
  return used.some((word) => word.index === index);
}

function withoutWords(argv: readonly string[], used: readonly Word[]): readonly string[] {
  return argv.filter((_, index) => !isUsed(used, index));
}

/** The global options around a group's words; what cannot be one is left out, the group fails anyway. */
function toGlobals(
  argv: readonly string[],
  words: readonly Word[],
  length: number,
): readonly string[] {
  const last = words[length]?.index ?? argv.length;
  return splitGlobals(argv.slice(0, last).filter((_, index) => !isUsed(words, index))).globals;
}

/** Most entries begin with another word; taking them apart would cost every start of the program. */
function beginsLike({ words, aliases = [], groupDefault }: CommandEntry, typed = ''): boolean {
  const isLike = (text: string) => {
    const end = text.indexOf(' ');
    return isSameWord(typed, end === -1 ? text : text.slice(0, end));
  };
  return (
    isLike(words) || aliases.some(isLike) || (groupDefault !== undefined && isLike(groupDefault))
  );
}

function toSpellings(entry: CommandEntry): readonly Spelling[] {
  const plain = [entry.words, ...(entry.aliases ?? [])].map((words) => ({
    words: words.split(' '),
    entry,
    byDefault: false,
  }));
  return entry.groupDefault === undefined
    ? plain
    : [...plain, { words: entry.groupDefault.split(' '), entry, byDefault: true }];
}

const globalTable: OptionTable = createOptionTable({}, globalOptions);

/** How many words a global option takes here, itself included; 0 when it is none. */
function toGlobalLength(token: Token): number {
  if (token.kind !== 'option') return 0;
  return token.entry.spec.type === 'boolean' || token.attached !== undefined ? 1 : 2;
}

function readGlobalToken(text: string): Token {
  try {
    return readToken(text, globalTable);
  } catch {
    return { kind: 'unknown', text };
  }
}

/** Values that can be words of a command, up to the first option that only a command can know. */
function readWords(argv: readonly string[], entries: readonly CommandEntry[]): readonly Word[] {
  const leading = new Set(entries.flatMap((entry) => entry.leadingOptions ?? []));
  const words: Word[] = [];
  for (let index = 0; index < argv.length; index++) {
    const text = argv[index] ?? '';
    const token = readGlobalToken(text);
    if (token.kind === 'end') break;
    if (token.kind === 'value') words.push({ text, index });
    else {
      const length = toGlobalLength(token);
      if (length === 0 && !leading.has(text.replace(/^--/, ''))) break;
      index += Math.max(0, length - 1);
    }
  }
  return words;
}

function splitGlobals(words: readonly string[]): {
  readonly globals: readonly string[];
  readonly others: readonly string[];
} {
  const globals: string[] = [];
  const others: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const length = toGlobalLength(readGlobalToken(words[index] ?? ''));
    if (length === 0) others.push(words[index] ?? '');
    else globals.push(...words.slice(index, index + length));
    index += Math.max(0, length - 1);
  }
  return { globals, others };
}

/** Singular and plural of a noun are the same word; short words are left alone. */
function isSameWord(typed: string, word: string): boolean {
  if (typed === word) return true;
  return typed.length > 2 && word.length > 2 && (typed === `${word}s` || `${typed}s` === word);
}

function isMatch(words: readonly string[], typed: readonly string[]): boolean {
  return (
    words.length <= typed.length &&
    words.every((word, index) => isSameWord(typed[index] ?? '', word))
  );
}

function findLongest(
  spellings: readonly Spelling[],
  typed: readonly string[],
): Spelling | undefined {
  let best: Spelling | undefined;
  let bestExact = false;
  for (const spelling of spellings) {
    if (!isMatch(spelling.words, typed)) continue;
    const isExact = spelling.words.every((word, index) => word === typed[index]);
    const isLonger = best === undefined || spelling.words.length > best.words.length;
    const isBetter = spelling.words.length === best?.words.length && isExact && !bestExact;
    if (isLonger || isBetter) {
      best = spelling;
      bestExact = isExact;
    }
  }
  return best;
}

/** How many of the typed words lead to some command. */
function toGroupLength(spellings: readonly Spelling[], typed: readonly string[]): number {
  let length = 0;
  for (const { words } of spellings) {
    let same = 0;
    while (same < typed.length && same < words.length) {
      if (!isSameWord(typed[same] ?? '', words[same] ?? '')) break;
      same++;
    }
    // A complete spelling is a command, not a group.
    if (same < words.length) length = Math.max(length, same);
  }
  return length;
}

/** The group's words as most of its commands spell them. */
function toCanonicalGroup(
  spellings: readonly Spelling[],
  typed: readonly string[],
): readonly string[] {
  if (typed.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { words } of spellings) {
    if (words.length <= typed.length || !isPrefix(typed, words, false)) continue;
    const group = words.slice(0, typed.length).join(' ');
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const [best] = [...counts].toSorted(([, a], [, b]) => b - a);
  return best === undefined ? typed : best[0].split(' ');
}

function isPrefix(typed: readonly string[], words: readonly string[], isExact: boolean): boolean {
  return typed.every((text, index) =>
    isExact ? text === words[index] : isSameWord(text, words[index] ?? ''),
  );
}

/** Words that may follow a group's words, for lists and did-you-mean; hidden commands are left out. */
export function getNextWords(
  entries: readonly CommandEntry[],
  group: readonly string[],
): readonly string[] {
  const next = new Set<string>();
  for (const entry of entries) {
    if (entry.hidden === true) continue;
    for (const words of [entry.words, ...(entry.aliases ?? [])].map((text) => text.split(' '))) {
      const word = words[group.length];
      if (word !== undefined && isPrefix(group, words, false)) next.add(word);
    }
  }
  return [...next];
}
