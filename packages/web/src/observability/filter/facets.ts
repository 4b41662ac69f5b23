import type { Clause, FieldClause } from './filter.ts';
import { toCanonicalKey } from './keys.ts';

/** What the sidebar shows as chosen for one key. */
export interface FacetChoice {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
}

/** Chosen values by canonical key, and the clauses that no box can show. */
export interface FacetState {
  readonly facets: Readonly<Record<string, FacetChoice>>;
  readonly rest: readonly Clause[];
}

const nothing: FacetChoice = { included: [], excluded: [] };

function toTexts(clause: FieldClause): readonly string[] | undefined {
  if (clause.path.length > 0) return undefined;
  if (clause.value.kind === 'is') return [clause.value.text];
  return clause.value.kind === 'any' ? clause.value.texts : undefined;
}

/** The filter as the sidebar sees it. A second clause on the same key narrows, so it stays in `rest`. */
export function toFacetState(clauses: readonly Clause[], keys: readonly string[]): FacetState {
  const facets: Record<string, FacetChoice> = {};
  const rest: Clause[] = [];
  for (const clause of clauses) {
    const texts =
      clause.kind === 'field' && keys.includes(clause.key) ? toTexts(clause) : undefined;
    if (clause.kind !== 'field' || texts === undefined) {
      rest.push(clause);
      continue;
    }
    const choice = facets[clause.key] ?? nothing;
    const side = clause.negated ? 'excluded' : 'included';
    if (choice[side].length > 0) rest.push(clause);
    else facets[clause.key] = { ...choice, [side]: [...new Set(texts)] };
  }
  return { facets, rest };
}

/** The clauses of a facet state: facets in the order of their keys, then the rest. */
export function fromFacetState(state: FacetState): readonly Clause[] {
  const clauses: Clause[] = [];
  for (const [key, choice] of Object.entries(state.facets)) {
    if (choice.included.length > 0) clauses.push(toClause(key, choice.included, false));
    if (choice.excluded.length > 0) clauses.push(toClause(key, choice.excluded, true));
  }
  return [...clauses, ...state.rest];
}

function toClause(key: string, texts: readonly string[], negated: boolean): FieldClause {
  const [only] = texts;
  const value =
    texts.length === 1 && only !== undefined
      ? ({ kind: 'is', text: only } as const)
      : ({ kind: 'any', texts } as const);
  return { kind: 'field', key, path: [], negated, value };
}

/** Sets one value of a facet to wanted, unwanted or neither; every other clause keeps its place. */
export function updateFacet(
  clauses: readonly Clause[],
  key: string,
  value: string,
  next: 'include' | 'exclude' | 'off',
): readonly Clause[] {
  const canonical = toCanonicalKey(key);
  const without = clauses.flatMap((clause) => removeValue(clause, canonical, value));
  if (next === 'off') return without;
  const negated = next === 'exclude';
  const at = without.findIndex((clause) => isChoice(clause, canonical, negated));
  const old = without[at];
  if (old === undefined || old.kind !== 'field') {
    return [...without, toClause(canonical, [value], negated)];
  }
  return without.with(at, toClause(canonical, [...(toTexts(old) ?? []), value], negated));
}

function isChoice(clause: Clause, key: string, negated: boolean): boolean {
  return (
    clause.kind === 'field' &&
    clause.key === key &&
    clause.negated === negated &&
    toTexts(clause) !== undefined
  );
}

function removeValue(clause: Clause, key: string, value: string): readonly Clause[] {
  if (clause.kind !== 'field' || clause.key !== key) return [clause];
  const texts = toTexts(clause);
  if (texts === undefined || !texts.includes(value)) return [clause];
  const left = texts.filter((text) => text !== value);
  return left.length === 0 ? [] : [toClause(key, left, clause.negated)];
}
