/** Small pieces of Markdown that the reference pages share. */

/** First lines of a generated page; `script` is the command that writes it. */
export function toPageHead(title: string, sentence: string, script = 'docs'): readonly string[] {
  const mark = `<!-- Written by npm run ${script}. Do not edit. -->`;
  return [`# ${title}`, '', mark, '', sentence, ''];
}

/** Text that is safe inside a table cell. */
export function toCell(text: string): string {
  return text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ');
}

/** A table; columns whose cells are all empty are left out. */
export function toTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const kept = headers.map((_, index) => rows.some((row) => (row[index] ?? '') !== ''));
  const line = (cells: readonly string[]) =>
    `| ${cells.filter((_, index) => kept[index]).join(' | ')} |`;
  return [
    line(headers),
    line(headers.map(() => '---')),
    ...rows.map((row) => line(row.map(toCell))),
    '',
  ];
}

/** A sentence with its full stop. */
export function toSentence(text: string): string {
  return /[.!?:]$/.test(text) ? text : `${text}.`;
}
