/** From the `?` of our SQL to the `$1` of Postgres. */

const MAX_TEXTS = 1000;
const known = new Map<string, string>();

/** A quoted text or name, in which a question mark is only a question mark, or a placeholder. */
const QUOTED_OR_PLACEHOLDER = /'(?:[^']|'')*'|"[^"]*"|\?/g;

/** Numbers the placeholders from left to right. Quotes inside literals must be doubled, not escaped. */
export function toNumbered(sql: string): string {
  const ready = known.get(sql);
  if (ready !== undefined) return ready;
  let count = 0;
  const numbered = sql.replaceAll(QUOTED_OR_PLACEHOLDER, (part) =>
    part === '?' ? `$${++count}` : part,
  );
  if (known.size >= MAX_TEXTS) known.clear();
  known.set(sql, numbered);
  return numbered;
}
