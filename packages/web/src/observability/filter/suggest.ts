import { builtInKeys, toCanonicalKey, type FilterKey } from './keys.ts';
import { toClauseText } from './serialize.ts';

/** One offer of the query bar: what stands there and the text after taking it. */
export interface Suggestion {
  readonly label: string;
  readonly detail: string;
  /** The whole text and the caret after taking the offer. */
  readonly text: string;
  readonly caret: number;
}

/** Values seen in the data, by canonical key, the most frequent first. */
export type SeenValues = Readonly<
  Record<string, readonly { readonly value: string; readonly count: number }[]>
>;

const limit = 10;

/** Offers for the place of the caret: keys while a key is typed, values after the colon. */
export function findSuggestions(
  text: string,
  caret: number,
  seen: SeenValues,
  known: readonly FilterKey[] = builtInKeys,
): readonly Suggestion[] {
  const start = findWordStart(text, caret);
  const word = text.slice(start, caret);
  const sign = word.startsWith('-') ? '-' : '';
  const bare = word.slice(sign.length);
  const colon = bare.indexOf(':');
  const put = (insert: string, detail: string, label: string): Suggestion => {
    const end = findWordEnd(text, caret);
    return {
      label,
      detail,
      text: text.slice(0, start) + insert + text.slice(end),
      caret: start + insert.length,
    };
  };
  if (colon === -1) {
    return known
      .filter((key) => key.key.toLowerCase().startsWith(bare.toLowerCase()))
      .slice(0, limit)
      .map((key) =>
        put(`${sign}${key.key}${key.key.endsWith('.') ? '' : ':'}`, key.summary, key.key),
      );
  }
  return findValues(bare.slice(0, colon), bare.slice(colon + 1), seen, known)
    .slice(0, limit)
    .map(({ value, detail }) =>
      put(`${sign}${toPair(bare.slice(0, colon), value)} `, detail, value),
    );
}

function toPair(key: string, value: string): string {
  if (/^(?:>=?|<=?)/.test(value)) return `${key}:${value}`;
  return toClauseText({
    kind: 'field',
    key,
    path: [],
    negated: false,
    value: { kind: 'is', text: value },
  });
}

function findValues(
  key: string,
  typed: string,
  seen: SeenValues,
  known: readonly FilterKey[],
): readonly { value: string; detail: string }[] {
  const canonical = toCanonicalKey(key, known);
  const kind = known.find((one) => one.key === canonical);
  const counted = (seen[canonical] ?? []).map((one) => ({
    value: one.value,
    detail: one.count.toLocaleString('en'),
  }));
  const names = new Set(counted.map((one) => one.value));
  const fixed = (kind?.values ?? [])
    .filter((value) => !names.has(value))
    .map((value) => ({ value, detail: '' }));
  const examples = counted.length + fixed.length === 0 ? findExamples(kind?.kind) : [];
  const wanted = typed.replace(/^"/, '').toLowerCase();
  return [...counted, ...fixed, ...examples].filter(
    (one) => one.value.toLowerCase().includes(wanted) && one.value !== typed,
  );
}

function findExamples(
  kind: FilterKey['kind'] | undefined,
): readonly { value: string; detail: string }[] {
  const examples: Partial<Record<FilterKey['kind'], readonly string[]>> = {
    duration: ['>1s', '>5s', '<200ms', '1s..5s'],
    money: ['>$0.01', '>$0.1', '<$0.001'],
    number: ['>0', '>100', '>1k', '>10k'],
  };
  return kind === undefined ? [] : (examples[kind] ?? []).map((value) => ({ value, detail: '' }));
}

// The word under the caret; a quoted part may hold spaces.
function findWordStart(text: string, caret: number): number {
  let start = 0;
  let quoted = false;
  for (let index = 0; index < caret; index += 1) {
    if (text[index] === '"' && text[index - 1] !== '\\') quoted = !quoted;
    if (!quoted && /\s/.test(text[index] ?? '')) start = index + 1;
  }
  return start;
}

function findWordEnd(text: string, caret: number): number {
  const space = text.slice(caret).search(/\s/);
  return space === -1 ? text.length : caret + space + 1;
}
