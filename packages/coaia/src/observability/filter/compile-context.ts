/** What the parts of the filter compiler hand to each other. */
import type { Dialect } from '#store';
import { readFailures } from '../errors.ts';
import type { Field, FieldSet } from './field.ts';
import type { FieldTerm, Pattern, Term } from './filter.ts';

/** What compilation depends on besides the filter. */
export interface CompileContext {
  readonly set: FieldSet;
  readonly dialect: Dialect;
  /** Epoch milliseconds, for relative times. */
  readonly now: number;
}

/** One pattern of one term, on its way to SQL. */
export interface PatternInput extends CompileContext {
  readonly term: FieldTerm;
  readonly field: Field;
  readonly pattern: Pattern;
}

/** 400 for a value that does not fit its key, with the place of the term. */
export function invalidValue(
  term: Term,
  message: string,
  suggestions: readonly string[] = [],
): Error {
  return readFailures.create('COAIA-1022', message, {
    details: { position: term.position.start, length: term.position.length, suggestions },
    ...(suggestions.length === 0 ? {} : { hint: `did you mean ${suggestions.join(', ')}?` }),
  });
}
