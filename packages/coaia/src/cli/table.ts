/** The ASCII table of the CoAiAPy contract. */
import type { Column } from '#surface';
import { toOneLine, toPadded, toWidth } from './text-width.ts';

interface Cells {
  readonly column: Column<never>;
  readonly width: number;
  readonly texts: readonly string[];
}

/**
 * Renders the frame, one line each for header and rows, and the closing `Total <things>: N`; `No <things> found.`
 * for no rows. With `width`, columns leave by their `drop` priority until the frame fits; nothing is cut.
 */
export function renderTable<Row>(
  things: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  width?: number,
): string {
  if (rows.length === 0) return `No ${things} found.\n`;
  const all = columns.map((column) => toCells(column, rows));
  const kept = width === undefined ? all : dropColumns(all, width);
  const rule = `+${kept.map((cells) => '-'.repeat(cells.width + 2)).join('+')}+`;
  const header = renderRow(kept, (cells) => cells.column.header, true);
  const body = rows.map((_, index) => renderRow(kept, (cells) => cells.texts[index] ?? '', false));
  return [rule, header, rule, ...body, rule, `Total ${things}: ${rows.length}`, ''].join('\n');
}

function toCells<Row>(column: Column<Row>, rows: readonly Row[]): Cells {
  const texts = rows.map((row) => toOneLine(column.value(row)));
  const width = texts.reduce(
    (widest, text) => Math.max(widest, toWidth(text)),
    Math.max(column.minWidth ?? 0, toWidth(column.header)),
  );
  return { column, width, texts };
}

function dropColumns(all: readonly Cells[], limit: number): readonly Cells[] {
  let kept = all;
  while (toFrameWidth(kept) > limit) {
    const [first] = kept
      .filter(({ column }) => column.drop !== undefined)
      .toSorted((a, b) => (b.column.drop ?? 0) - (a.column.drop ?? 0));
    if (first === undefined) return kept;
    kept = kept.filter((cells) => cells !== first);
  }
  return kept;
}

function toFrameWidth(cells: readonly Cells[]): number {
  return cells.reduce((sum, { width }) => sum + width + 3, 1);
}

function renderRow(
  all: readonly Cells[],
  getText: (cells: Cells) => string,
  isHeader: boolean,
): string {
  const texts = all.map((cells) =>
    toPadded(getText(cells), cells.width, isHeader ? 'left' : (cells.column.align ?? 'left')),
  );
  return `| ${texts.join(' | ')} |`;
}
