/** Plain query parameters as filter terms, so that they go through the same compiler. */
import { NOWHERE, type Comparison, type FieldTerm, type Filter } from './filter.ts';

/** The key equals the text; nothing when the parameter is absent. */
export function toEqual(key: string, text: string | undefined): readonly FieldTerm[] {
  return text === undefined ? [] : toAny(key, [text]);
}

/** The key equals one of the texts. */
export function toAny(key: string, texts: readonly string[] | undefined): readonly FieldTerm[] {
  return texts === undefined ? [] : [toTerm(key, texts, 'any')];
}

/** The key, an array, has every one of the texts. */
export function toAll(key: string, texts: readonly string[] | undefined): readonly FieldTerm[] {
  return texts === undefined ? [] : [toTerm(key, texts, texts.length > 1 ? 'all' : 'any')];
}

/** The key lies on one side of an instant given in epoch milliseconds. */
export function toBound(
  key: string,
  operator: Comparison,
  time: number | undefined,
): readonly FieldTerm[] {
  if (time === undefined) return [];
  const text = new Date(time).toISOString();
  const patterns = [{ kind: 'compare', operator, text }] as const;
  return [
    { kind: 'field', key, path: [], join: 'any', patterns, negated: false, position: NOWHERE },
  ];
}

function toTerm(key: string, texts: readonly string[], join: FieldTerm['join']): FieldTerm {
  const patterns = texts.map((text) => ({ kind: 'exact', text }) as const);
  return { kind: 'field', key, path: [], join, patterns, negated: false, position: NOWHERE };
}

/** The key has no value. */
export function toMissing(key: string): readonly FieldTerm[] {
  return [{ ...toTerm('has', [key], 'any'), negated: true }];
}

/** Plain parameters beside a filter: a key that the filter names is the filter's alone, all others still hold. */
export function toOthers(plain: readonly FieldTerm[], filter: Filter): readonly FieldTerm[] {
  const taken = new Set(filter.map((term) => (term.kind === 'field' ? toKey(term) : undefined)));
  return plain.filter((term) => !taken.has(toKey(term)));
}

/** What a term is about, also when it only asks whether there is a value. */
function toKey(term: FieldTerm): string {
  const [first] = term.patterns;
  return term.key === 'has' && first !== undefined && 'text' in first ? first.text : term.key;
}
