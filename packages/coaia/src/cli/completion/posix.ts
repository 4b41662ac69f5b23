/** What the scripts for bash and zsh share: the rows as one `case`. */
import type { Row } from './rows.ts';

function quoteWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** `$'...'` of bash, zsh and ksh. */
function quoteLines(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\t', String.raw`\t`);
  return `$'${escaped}'`;
}

/** A function `_coaia_data KEY` that leaves the lines of a row in REPLY, with or without summaries. */
export function renderData(rows: readonly Row[], withSummaries: boolean): string {
  const cases = rows.map(({ keys, lines }) => {
    const text = lines.map(([word, summary]) =>
      withSummaries && summary !== '' ? `${word}\t${summary}` : word,
    );
    return `    ${keys.map(quoteWord).join('|')}) REPLY=${quoteLines(text.join('\n'))};;`;
  });
  return ['_coaia_data() {', '  REPLY=', '  case "$1" in', ...cases, '  esac', '}', ''].join('\n');
}
