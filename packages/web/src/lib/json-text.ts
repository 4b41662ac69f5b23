/** A text read as JSON: its value, or what is wrong and where (line and column from 1). */
export type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string; readonly offset: number };

/** Reads JSON; an empty text is `undefined`. */
export function parseJsonText(text: string): JsonReading {
  if (text.trim() === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return toFault(text);
  }
}

function toFault(text: string): JsonReading {
  const offset = findFault(text);
  const before = text.slice(0, offset).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  const found = /^[\w.+-]+|^./su.exec(text.slice(offset))?.[0];
  const what = found === undefined ? 'a part is missing at the end,' : `unexpected ${found} at`;
  return { ok: false, message: `Not JSON: ${what} ${place}.`, offset };
}

const token =
  /\s*(?:"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)|[{}[\],:])/uy;

// What may come next and where it leads; `pop` closes the innermost object or list, `after` ends a value.
const anyValue = { '"': 'after', 1: 'after', '{': 'first key', '[': 'first item' };
const grammar: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  value: anyValue,
  'first item': { ...anyValue, ']': 'pop' },
  'first key': { '"': 'colon', '}': 'pop' },
  key: { '"': 'colon' },
  colon: { ':': 'value' },
  'after {': { ',': 'key', '}': 'pop' },
  'after [': { ',': 'value', ']': 'pop' },
  'after all': {},
};

// Where the first token stands that cannot be there; the end of the text when something is missing.
function findFault(text: string): number {
  const open: string[] = [];
  let state: string | undefined = 'value';
  let at = 0;
  token.lastIndex = 0;
  while (state !== undefined) {
    at = token.lastIndex + (/^\s*/.exec(text.slice(token.lastIndex))?.[0].length ?? 0);
    const found = token.exec(text)?.[0].trim();
    state = found === undefined ? undefined : toNextState(state, found, open);
  }
  return at;
}

function toNextState(state: string, found: string, open: string[]): string | undefined {
  const kind = /^["{}[\],:]/.exec(found)?.[0] ?? '1';
  const next = grammar[state]?.[kind];
  if (next === 'pop') open.pop();
  if (next === 'first key' || next === 'first item') open.push(kind);
  return next === 'pop' || next === 'after' ? `after ${open.at(-1) ?? 'all'}` : next;
}

/** A value as the editor shows it; `undefined` is an empty text. */
export function toJsonText(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}
