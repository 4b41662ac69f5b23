/** Names of variables by patterns, as in `--keys 'AWS_*' OPENAI_API_KEY`. */

/** The names that match one of the patterns; `*` stands for any characters, commas separate patterns too. */
export function selectKeys(
  names: readonly string[],
  patterns: readonly string[],
): readonly string[] {
  const expressions = patterns
    .flatMap((pattern) => pattern.split(','))
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '')
    .map(
      (pattern) =>
        new RegExp(
          `^${pattern.replaceAll(/\W/g, (letter) => (letter === '*' ? '.*' : `\\${letter}`))}$`,
        ),
    );
  return names.filter((name) => expressions.some((expression) => expression.test(name)));
}
