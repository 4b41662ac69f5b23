/** The words after `--var`. */

export type GivenVariable =
  /** Taken as it was written. */
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  /** `KEY=@FILE` */
  | { readonly kind: 'file'; readonly name: string; readonly path: string }
  /** `KEY:=JSON` */
  | { readonly kind: 'json'; readonly name: string; readonly text: string };

const ASSIGNMENT = /^([A-Za-z_][\w.-]*)(:?=)/;

/**
 * `KEY=VALUE`, `KEY=@FILE` and `KEY:=JSON` in one word; `KEY VALUE` in two, where the value is always the text
 * itself. `KEY=@@x` is the text `@x`. A key without a value at the end is left to the reader of the line.
 */
export function parseVariableWords(words: readonly string[]): readonly GivenVariable[] {
  const given: GivenVariable[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const match = ASSIGNMENT.exec(word);
    if (match === null) given.push({ kind: 'text', name: word, text: words[++index] ?? '' });
    else given.push(toGiven(match[1] ?? '', match[2] ?? '', word.slice(match[0].length)));
  }
  return given;
}

function toGiven(name: string, sign: string, text: string): GivenVariable {
  if (sign === ':=') return { kind: 'json', name, text };
  if (text.startsWith('@@')) return { kind: 'text', name, text: text.slice(1) };
  return text.startsWith('@') && text.length > 1
    ? { kind: 'file', name, path: text.slice(1) }
    : { kind: 'text', name, text };
}
