/**
 * The filter as data. The text in the query bar and the boxes in the sidebar are two views of one Filter;
 * the grammar is that of the command line and the API (`key:value`, joined by AND).
 */

/** What a clause asks of its key. Values stay text; the server reads units. */
export type FilterValue =
  | { readonly kind: 'is'; readonly text: string }
  /** `key:=text`: equal even where the key usually asks for a part. */
  | { readonly kind: 'exact'; readonly text: string }
  | { readonly kind: 'any'; readonly texts: readonly string[] }
  | { readonly kind: 'all'; readonly texts: readonly string[] }
  | { readonly kind: 'compare'; readonly operator: CompareOperator; readonly text: string }
  | { readonly kind: 'range'; readonly from: string; readonly to: string };

/** Order comparisons. */
export type CompareOperator = '>' | '>=' | '<' | '<=';

/** `key:value`; `path` is what follows `metadata.` or `scores.`, already without quotes. */
export interface FieldClause {
  readonly kind: 'field';
  readonly key: string;
  readonly path: readonly string[];
  readonly negated: boolean;
  readonly value: FilterValue;
}

/** A bare word or quoted phrase: full text. */
export interface TextClause {
  readonly kind: 'text';
  readonly text: string;
  readonly negated: boolean;
}

/** One condition of a filter. */
export type Clause = FieldClause | TextClause;

/** Where a clause stands in the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A fault in the text, with what may have been meant. */
export interface FilterProblem extends Span {
  /** True when only the server can tell for sure, as with a key that it may know by another name. */
  readonly soft: boolean;
  readonly message: string;
  readonly suggestions: readonly string[];
}

/** A read filter: its clauses, where they stand, and what could not be read. */
export interface ParsedFilter {
  readonly clauses: readonly Clause[];
  readonly spans: readonly Span[];
  readonly problems: readonly FilterProblem[];
}
