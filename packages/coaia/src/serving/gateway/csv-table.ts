/** CSV as RFC 4180 has it, in both directions. */
import { isObject, renderCsvRow } from '#base';
import type { Answer } from './answer.ts';
import { gatewayFailures } from './errors.ts';
import { requireOnce } from './read-input.ts';
import type { ReadInput } from './read-input.ts';
import { toText } from './request-body.ts';

export const CSV_TYPE = 'text/csv; charset=utf-8';

const MAX_CELLS = 100_000;

/** Cells by line. Empty lines are left out. Fails with AO410 for a quote that never ends, and for lines without end. */
export function parseCsvTable(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let cells: string[] = [];
  // Written so that a long cell takes no place on the stack for each of its letters.
  const pattern = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y;
  pattern.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  for (;;) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      const line = text.slice(0, start).split(/\r?\n|\r/).length;
      throw gatewayFailures.create(
        'AO410',
        `The CSV has a quote in line ${line} that does not fit.`,
      );
    }
    const [whole, quoted, plain, end] = match;
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (cells.length > MAX_CELLS)
      throw gatewayFailures.create(
        'AO410',
        `Line ${lines.length + 1} of the CSV has more than ${MAX_CELLS} cells.`,
      );
    if (end !== ',') {
      if (cells.length > 1 || whole.trim() !== '') lines.push(cells);
      cells = [];
      if (pattern.lastIndex >= text.length) return lines;
    }
  }
}

/**
 * Rows of a CSV body. The first line is a head when one of its cells is the name of an input; without one the cells
 * are in the order of the inputs (SageMaker's habit).
 */
export function fromCsv(bytes: Buffer): ReadInput {
  const lines = parseCsvTable(toText(bytes));
  if (lines.length === 0) throw gatewayFailures.create('AO410', 'The CSV has no line.');
  return (reader, { signature }) => {
    const names = signature.inputs.map(({ name }) => name);
    const [first = []] = lines;
    const hasHead = first.some((cell) => names.includes(cell.trim()));
    if (!hasHead) refuseSemicolons(first.join(','), names);
    const head = hasHead ? first.map((cell) => cell.trim()) : names;
    requireOnce(head, 'The head of the CSV');
    // One cell too many is enough to be refused for.
    const rows = (hasHead ? lines.slice(1) : lines).map((cells) =>
      Object.fromEntries(
        cells
          .slice(0, head.length + 1)
          .map((cell, at) => [head[at] ?? `column ${at + 1}`, cell] as const),
      ),
    );
    return reader.readRows(rows, '', { from: 'text' });
  };
}

/** What spreadsheets write where the comma is the decimal mark. */
function refuseSemicolons(line: string, names: readonly string[]): void {
  const cells = line.split(';').map((cell) => cell.trim().replaceAll('"', ''));
  if (cells.length === 1 || !cells.some((cell) => names.includes(cell))) return;
  throw gatewayFailures.create(
    'AO410',
    'The CSV has semicolons between its columns: write it with commas between them and points in numbers (in R write.csv, not write.csv2).',
  );
}

/** One line for each prediction below a head: `prediction`, or the names of the outputs. */
export function toCsv(values: readonly unknown[]): Answer {
  const rows = values.map((value) => flatten(value));
  const head = Object.keys(rows[0] ?? { prediction: '' });
  const lines = [head, ...rows.map((row) => head.map((name) => row[name]))].map(renderCsvRow);
  return { status: 200, body: `${lines.join('\r\n')}\r\n`, type: CSV_TYPE };
}

/** `{label, probability: {a, b}}` as `label, probability_a, probability_b`. */
function flatten(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value)) return { prediction: value };
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) =>
      isObject(one)
        ? Object.entries(one).map(([inner, cell]) => [`${name}_${inner}`, cell] as const)
        : [[name, one] as const],
    ),
  );
}
