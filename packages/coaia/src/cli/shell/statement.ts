/** From a typed text to the commands in it: words with quotes, `$NAME`, `@last`, `;`, `#`. */
import { usageError } from '../errors.ts';

export interface Statement {
  readonly words: readonly string[];
  /** The text after `!`, for the system's shell. */
  readonly escape?: string;
  /** As typed, for messages. */
  readonly text: string;
}

export interface Names {
  /** Value of a variable; undefined when it is not set. */
  readonly variable: (name: string) => string | undefined;
  /** What `@last` stands for after these words; undefined leaves it to the command. */
  readonly last: (words: readonly string[]) => string | undefined;
}

const PART =
  /(?<joined>\\\n)|\\(?<escaped>.)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"|(?<end>[;\n])|(?<space>[^\S\n]+)|(?<comment>(?<![^\s;])#[^\n]*)|(?<bare>[^\s;"'\\]+)/gs;

/** A quote is open or the text ends in a backslash: more lines belong to it. */
export function isUnfinished(text: string): boolean {
  return text.replaceAll(PART, '') !== '' || text.endsWith('\\\n');
}

/** The statements of a text whose quotes are closed; variables are filled in when a statement is asked for. */
export function* readStatements(text: string, names: Names): Generator<Statement> {
  if (isUnfinished(text)) throw usageError('A quote is not closed.');
  let start = 0;
  for (const piece of cutStatements(text)) {
    const source = text.slice(start, piece).trim();
    start = piece + 1;
    if (source.startsWith('!')) yield { words: [], escape: source.slice(1).trim(), text: source };
    else {
      const words = readWords(source, names);
      if (words.length > 0) yield { words, text: source };
    }
  }
}

/** Where each statement ends. */
function cutStatements(text: string): readonly number[] {
  const ends = [...text.matchAll(PART)]
    .filter(({ groups }) => groups?.['end'] !== undefined)
    .map(({ index }) => index);
  return [...ends, text.length];
}

function readWords(source: string, names: Names): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const { groups = {} } of source.matchAll(PART)) {
    const { escaped, single, double, bare, space, comment, joined } = groups;
    if (joined !== undefined) continue;
    if (space !== undefined || comment !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? '') + (escaped ?? single ?? toText(double, bare, names, words));
    }
  }
  return word === undefined ? words : [...words, word];
}

function toText(
  double: string | undefined,
  bare: string | undefined,
  names: Names,
  words: readonly string[],
): string {
  if (double !== undefined) return expand(double, names).replaceAll(/\\(["\\$`])/g, '$1');
  if (bare === '@last') return names.last(words) ?? bare;
  return bare === undefined ? '' : expand(bare, names);
}

/** A variable that is not set is an error: an empty word would change what the command does. */
function expand(text: string, names: Names): string {
  return text.replaceAll(
    /(?<!\\)\$(?:(?<plain>[A-Za-z_]\w*)|\{(?<braced>[A-Za-z_]\w*)\})/g,
    (...parts) => {
      const groups = parts.at(-1) as { readonly plain?: string; readonly braced?: string };
      const name = groups.plain ?? groups.braced ?? '';
      const value = names.variable(name);
      if (value === undefined) throw usageError(`$${name} is not set.`, `set ${name} VALUE`);
      return value;
    },
  );
}
