/** Pieces of SQL with their values, joined without losing the order of placeholders. */
import type { SqlValue } from '#store';

/** A condition or expression; each `?` outside quotes stands for the next value. */
export interface Fragment {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** A fragment from its text and values. */
export function fragment(sql: string, ...parameters: readonly SqlValue[]): Fragment {
  return { sql, parameters };
}

/** Conditions joined by AND or OR, each in brackets; undefined when there are none. */
export function joinFragments(
  parts: readonly Fragment[],
  word: 'AND' | 'OR',
): Fragment | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  if (parts.length === 1) return first;
  return {
    sql: parts.map((part) => `(${part.sql})`).join(` ${word} `),
    parameters: parts.flatMap((part) => part.parameters),
  };
}

/** Negation that treats "unknown" (a missing value) as not matching, so that `-key:v` keeps rows without the key. */
export function negate(part: Fragment): Fragment {
  return { sql: `NOT coalesce((${part.sql}), false)`, parameters: part.parameters };
}
