/** Characters of the grammar: quoted strings and bare words. */

/** Text read from one place, and where reading goes on. */
export interface Read {
  readonly text: string;
  readonly next: number;
  readonly quoted: boolean;
  /** False when a quote was opened and never closed. */
  readonly closed: boolean;
}

/** Reads `"..."` with backslash escapes; `at` is the opening quote. */
export function readQuoted(source: string, at: number): Read {
  let text = '';
  let index = at + 1;
  while (index < source.length && source[index] !== '"') {
    if (source[index] === '\\' && index + 1 < source.length) index += 1;
    text += source[index];
    index += 1;
  }
  const closed = source[index] === '"';
  return { text, next: closed ? index + 1 : index, quoted: true, closed };
}

/** Reads up to a space or one of `stops`. */
export function readBare(source: string, at: number, stops: string): Read {
  let index = at;
  while (index < source.length && !isSpace(source[index]) && !stops.includes(source[index] ?? '')) {
    index += 1;
  }
  return { text: source.slice(at, index), next: index, quoted: false, closed: true };
}

/** Reads a quoted string or a bare word. */
export function readWord(source: string, at: number, stops: string): Read {
  return source[at] === '"' ? readQuoted(source, at) : readBare(source, at, stops);
}

/** Index of the next character that is not a space. */
export function findNonSpace(source: string, at: number): number {
  let index = at;
  while (index < source.length && isSpace(source[index])) index += 1;
  return index;
}

/** True for white space. */
export function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}
