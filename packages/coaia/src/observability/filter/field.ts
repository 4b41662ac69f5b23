/** What a filter key is: its spelling, its kind of value, and where its value lies in SQL. */
import type { Dialect } from '#store';

export type FieldKind =
  /** Short text: `key:v` is equality, `*` widens it. */
  | 'text'
  /** Long text: `key:v` is "contains", without regard to case. */
  | 'content'
  | 'number'
  | 'duration'
  | 'money'
  | 'enum'
  | 'time'
  | 'tags'
  | 'flag'
  | 'presence'
  | 'metadata'
  | 'scores';

export interface Field {
  /** Canonical spelling, also the column name of the JSON filter. */
  readonly key: string;
  /** Other spellings; compared in lower case. */
  readonly aliases: readonly string[];
  readonly kind: FieldKind;
  readonly summary: string;
  /** Allowed values of an enum, as they are stored. */
  readonly values?: readonly string[];
  /** SQL expression: text for text kinds, number for numbers, milliseconds for times and durations. */
  readonly value: (dialect: Dialect) => string;
  /** SQL condition for `has:key`; absent when the key always has a value. */
  readonly present?: string;
  /** Wraps a condition on `value` where the value lies in another table (`EXISTS (...)`). */
  readonly within?: (condition: string) => string;
  /** Conditions for some values of an enum, written as an index knows them. */
  readonly conditions?: Readonly<Record<string, string>>;
  /**
   * Equality is served by an index. `one`: one value, together with the newest-first order. `few`: it names single
   * rows, so that any number of values may be given.
   */
  readonly indexed?: 'one' | 'few';
  /** Values of an enum whose condition an index serves together with the newest-first order. */
  readonly indexedValues?: readonly string[];
  /** Works, but the query bar does not offer it. */
  readonly unlisted?: boolean;
}

/** The keys of one kind of thing, with the table alias its expressions use. */
export interface FieldSet {
  readonly noun: 'trace' | 'observation' | 'score';
  readonly fields: readonly Field[];
  /** Expressions that bare words search, and ids compared for equality. */
  readonly fullText: { readonly contains: readonly string[]; readonly equals: readonly string[] };
  /** SQL from which scores of the row are selected, up to and including its WHERE. */
  readonly scoresOf: string;
  /** The column that `metadata.` keys look into. */
  readonly metadata: string;
}

const index = new WeakMap<FieldSet, Map<string, Field>>();

/** Finds a key by canonical spelling or alias, without regard to case. */
export function findField(set: FieldSet, key: string): Field | undefined {
  let known = index.get(set);
  if (known === undefined) {
    known = new Map();
    for (const field of set.fields) {
      for (const name of [field.key, ...field.aliases]) known.set(name.toLowerCase(), field);
    }
    index.set(set, known);
  }
  return known.get(key.toLowerCase());
}

/** Things `has:` can ask for: the field and the words for it. */
export function findPresence(set: FieldSet, word: string): string | undefined {
  if (word.toLowerCase() === 'parent' && set.noun === 'trace') return PARENT_PRESENT;
  return findField(set, word)?.present;
}

const PARENT_PRESENT =
  'EXISTS (SELECT 1 FROM observations o WHERE o.project_id = t.project_id AND o.trace_id = t.id AND o.parent_observation_id IS NOT NULL)';
