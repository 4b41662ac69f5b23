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

const ESCAPE = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([^]))/g;

/** The text of a literal with its quotes; an escape that Python does not know stays as it is. */
export function readString(literal: string): string {
  const inner = literal.slice(1, -1);
  if (!inner.includes('\\')) return inner;
  return inner.replaceAll(
    ESCAPE,
    (whole, two?: string, four?: string, eight?: string, octal?: string, other?: string) => {
      const digits = two ?? four ?? eight;
      if (digits !== undefined) return fromCode(Number.parseInt(digits, 16), whole);
      if (octal !== undefined) return fromCode(Number.parseInt(octal, 8), whole);
      return ESCAPES[other ?? ''] ?? whole;
    },
  );
}

function fromCode(code: number, otherwise: string) {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : otherwise;
}
