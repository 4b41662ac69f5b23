import type { ExperimentComparison } from '@coaia/client';
import { toCsv } from '../../../observability/traces/csv.ts';

/** The rows as a table: one line per item, the columns of each run behind one another; formulas are escaped. */
export function toComparisonCsv({ runs, rows, scores }: ExperimentComparison): string {
  const names = scores.map(({ name }) => name);
  const head = [
    'item',
    'input',
    'expectedOutput',
    ...runs.flatMap((run) =>
      ['trace', 'output', ...names, 'cost', 'latencyMs'].map((column) => `${run.name}: ${column}`),
    ),
  ];
  const lines = rows.map((row) => [
    row.itemId,
    row.input,
    row.expectedOutput,
    ...runs.flatMap((run) => {
      const cell = row.cells[run.id];
      if (cell === undefined) return Array.from({ length: names.length + 4 }, () => null);
      const { traceId, output, cost, latency } = cell;
      return [traceId, output, ...names.map((name) => cell.scores[name]), cost, latency];
    }),
  ]);
  return toCsv(head, lines);
}
