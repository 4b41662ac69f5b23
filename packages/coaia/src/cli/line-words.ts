/** Splits a line into words as a POSIX shell does with quotes and backslashes; nothing is expanded. */

const WORD = /(?:[^\s"'\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs;
const PART = /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"|([^"'\\]+)/gs;

/** `a 'b c' "d \"e\""` is `a`, `b c`, `d "e"`. */
export function toWords(line: string): readonly string[] {
  return (line.match(WORD) ?? []).map((word) =>
    word.replaceAll(PART, (_, escaped?: string, single?: string, double?: string, bare?: string) =>
      double === undefined
        ? (escaped ?? single ?? bare ?? '')
        : double.replaceAll(/\\(["\\$`])/g, '$1'),
    ),
  );
}
