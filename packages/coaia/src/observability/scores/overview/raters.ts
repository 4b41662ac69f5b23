/** Who rates: all scores of a source, or one author. */
import { scoreFailures } from '../errors.ts';

/** A rater as a condition on scores. */
export interface Rater {
  readonly column: 'source' | 'author_user_id';
  readonly value: string;
}

const SOURCES = new Set(['API', 'ANNOTATION', 'EVAL']);

/** Reads `source:ANNOTATION` or `author:USER`. Fails with COAIA-1098 for anything else. */
export function parseRater(text: string): Rater {
  const at = text.indexOf(':');
  const kind = text.slice(0, at);
  const value = text.slice(at + 1);
  if (kind === 'source' && SOURCES.has(value)) return { column: 'source', value };
  if (kind === 'author' && value !== '') return { column: 'author_user_id', value };
  throw scoreFailures.create(
    'COAIA-1098',
    `"${text}" names no rater; use source:API, source:ANNOTATION, source:EVAL or author:ID.`,
  );
}
