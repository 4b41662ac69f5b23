/**
 * A filter as both faces mean it: the text grammar (`q`) and the JSON conditions (`filter`) become this tree,
 * and one compiler turns the tree into SQL. Values stay text until then, so rendering gives back what was typed.
 */

/** Where a term stood in its source text; `start` counts from 0. */
export interface Position {
  readonly start: number;
  readonly length: number;
}

export type Comparison = '>' | '>=' | '<' | '<=';

/** One alternative of a term. */
export type Pattern =
  /** `key:text`: the key's usual meaning (equality, one of a list, part of a long text). */
  | { readonly kind: 'value'; readonly text: string }
  /** `key:=text`: equal, also where the usual meaning is "contains". */
  | { readonly kind: 'exact'; readonly text: string }
  /** `key:a*b`: literal parts between stars. `exact` (`key:=a*b`) respects upper and lower case. */
  | { readonly kind: 'glob'; readonly parts: readonly string[]; readonly exact: boolean }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly text: string }
  /** `key:from..to`, both ends included. */
  | { readonly kind: 'range'; readonly from: string; readonly to: string };

/** Full text: the parts occur in this order, anything between them. */
export interface TextTerm {
  readonly kind: 'text';
  readonly parts: readonly string[];
  readonly negated: boolean;
  readonly position: Position;
}

/** A condition on one key. `path` names the member of `metadata` or the score. */
export interface FieldTerm {
  readonly kind: 'field';
  readonly key: string;
  readonly path: readonly string[];
  /** `any`: one pattern must hold; `all`: every one (arrays and presence). */
  readonly join: 'any' | 'all';
  readonly patterns: readonly Pattern[];
  readonly negated: boolean;
  readonly position: Position;
}

export type Term = TextTerm | FieldTerm;

/** All terms must hold; an empty list matches everything. */
export type Filter = readonly Term[];

export const NOWHERE: Position = { start: 0, length: 0 };
