/** Patterns for `Dialect.like`. */

/** The parameter for a case-insensitive contains: the text taken literally, wildcards escaped with a backslash. */
export function toLikePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
