/** The part of docs/langfuse-compatibility.md that says where our OpenAPI document differs from Langfuse's. */
import { DIFFERENCES, EVERYWHERE, LEFT_OUT } from '../contract/reference/differences.ts';

/** Between these lines of the page stands what is rendered here. */
export const MARKS = ['<!-- differences -->', '<!-- /differences -->'] as const;

/** A table of differences by operation, and the operations that are left out, if any. */
export function renderDifferences(): string {
  const rows = [
    ...Object.entries(EVERYWHERE).map(([line, reason]) => ['every operation', line, reason]),
    ...Object.entries(DIFFERENCES).flatMap(([operation, lines]) =>
      Object.entries(lines).map(([line, reason]) => [`\`${operation}\``, line, reason]),
    ),
    ...Object.entries(LEFT_OUT).map(([operation, reason]) => [
      `\`${operation}\``,
      'left out',
      reason,
    ]),
  ];
  return [
    '| Operation | Difference | Because |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

/** The page with that part brought up to date. */
export function withDifferences(page: string): string {
  const [open, close] = MARKS;
  const start = page.indexOf(open) + open.length;
  return `${page.slice(0, start)}\n${renderDifferences()}\n${page.slice(page.indexOf(close))}`;
}
