/** Quoted texts as Python reads them. */

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const ESCAPE = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|[^])/g;

/** The text of a literal with its quotes; an escape that Python does not know stays as it is. */
export function readString(literal: string): string {
  const inner = literal.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  return inner.replaceAll(ESCAPE, (escape) => {
    const letter = escape[1] ?? '';
    if (/[xuU]/.test(letter) && escape.length > 2)
      return fromCode(Number.parseInt(escape.slice(2), 16), escape);
    if (/[0-7]/.test(letter)) return fromCode(Number.parseInt(escape.slice(1), 8), escape);
    return ESCAPES[letter] ?? escape;
  });
}

function fromCode(code: number, otherwise: string) {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : otherwise;
}
