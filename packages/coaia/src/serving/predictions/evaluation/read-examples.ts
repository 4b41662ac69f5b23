/** Examples to compare versions on: a dataset, or the examples beside the model. */
import { isObject } from '#base';
import type { DatasetsApi } from '@coaia/client';
import type { Row, Signature } from '../../signatures/signature.ts';
import { predictionFailures } from '../errors.ts';
import type { CsvRow } from '../read-csv.ts';
import type { Example } from './evaluate.ts';

const LARGEST_PAGE = 100;
const TARGETS = ['expected', 'actual', 'target'];

/** Active items with an input and an expected output; their metadata may make groups. */
export async function readDatasetExamples(
  api: Pick<DatasetsApi, 'getDataset' | 'listDatasetItems'>,
  dataset: string,
): Promise<readonly Example[]> {
  await api.getDataset(dataset);
  const examples: Example[] = [];
  for (let page = 1; ; page++) {
    const { data, meta } = await api.listDatasetItems({
      datasetName: dataset,
      page,
      limit: LARGEST_PAGE,
    });
    for (const { input, expectedOutput, metadata, status } of data) {
      if (
        status !== 'ACTIVE' ||
        !isObject(input) ||
        expectedOutput === null ||
        expectedOutput === undefined
      )
        continue;
      examples.push({
        input,
        expected: expectedOutput,
        ...(isObject(metadata) ? { metadata } : {}),
      });
    }
    if (data.length === 0 || page >= meta.totalPages) return examples;
  }
}

/** Rows of a CSV file. The expected column is `expected`, `actual` or `target`, or the only one that is no input. */
export function toCsvExamples(
  rows: readonly CsvRow[],
  { inputs, outputs }: Pick<Signature, 'inputs' | 'outputs'>,
  { target, source }: { readonly target: string | undefined; readonly source: string },
): readonly Example[] {
  const known = new Set(inputs.map(({ name }) => name));
  const names = Object.keys(rows[0] ?? {}).filter((name) => !known.has(name));
  const usual = [...TARGETS, ...outputs.map(({ name }) => name)];
  const column =
    target ??
    usual.find((name) => names.includes(name)) ??
    (names.length === 1 ? names[0] : undefined);
  if (column === undefined || !(column in (rows[0] ?? {}))) {
    const others = names.length === 0 ? '' : ` Columns that are no input: ${names.join(', ')}.`;
    throw predictionFailures.create(
      'AO686',
      `${source} has no column${target === undefined ? '' : ` "${target}"`} with what was expected.${others}`,
      { hint: 'ao eval challenger --file FILE.csv --target COLUMN' },
    );
  }
  return rows.flatMap((row): Example[] => {
    const value = row[column] ?? '';
    if (value.trim() === '') return [];
    const number = Number(value);
    return [
      {
        input: toInput(row, inputs),
        expected: Number.isNaN(number) ? value : number,
        metadata: row,
      },
    ];
  });
}

/** Numbers as numbers, so that groups can be made of them; the reader takes both. */
function toInput(row: CsvRow, inputs: Signature['inputs']): Row {
  return Object.fromEntries(
    inputs.flatMap(({ name, type }) => {
      const text = row[name];
      if (text === undefined) return [];
      const isNumber =
        (type === 'number' || type === 'integer') &&
        text.trim() !== '' &&
        !Number.isNaN(Number(text));
      return [[name, isNumber ? Number(text) : text] as const];
    }),
  );
}
