/** Asking a version for many rows, and where examples come from. */
import { createSeeded } from '#curation';
import type { DatasetsApi } from '@coaia/client';
import { describe, expect, it } from 'vitest';
import { runtimeFailures } from '../../runtimes/errors.ts';
import type { Batch } from '../../tensors/tensor.ts';
import type { VersionManifest } from '../../versions/version.ts';
import { SIGNATURE } from '../testing/make-predictions.ts';
import { toPredictRows } from './predict-rows.ts';
import type { CsvRow } from '../read-csv.ts';
import { readDatasetExamples, toCsvExamples } from './read-examples.ts';

const MANIFEST = {
  model: 'cars',
  version: 2,
  timeoutMs: 1000,
  rules: { onNa: 'reject', outOfRange: 'flag' },
  signature: SIGNATURE,
} as VersionManifest;

/** Answers ten times the weight; fails where a row weighs 13. */
function openLink() {
  const sizes: number[] = [];
  return {
    sizes,
    async predict(_target: unknown, batch: Batch) {
      sizes.push(batch.rows);
      const wt = Array.from(batch.columns[0]?.data ?? [], Number);
      if (wt.includes(13)) throw runtimeFailures.create('AO450', 'thirteen');
      const data = Float64Array.from(wt, (one) => one * 10);
      const outputs = [
        { name: 'prediction', datatype: 'FP64', shape: [batch.rows], data } as const,
      ];
      return { outputs, warnings: [], timings: { queueMs: 0, workerMs: 0, batchRows: 1 } };
    },
  };
}

const row = (wt: unknown) => ({ wt, region: 'north', income: 1, beside: 'x' });

describe('asking a version', () => {
  it('asks for many rows at a time and finds the ones that fail', async () => {
    const link = openLink();
    const rows = Array.from({ length: 300 }, (_, index) => row(index === 100 ? 13 : 2));
    const answers = await toPredictRows(link, MANIFEST)(rows);
    expect(answers).toHaveLength(300);
    expect(answers[100]).toBeUndefined();
    expect(answers.filter((one) => one?.['prediction'] === 20)).toHaveLength(299);
    expect([link.sizes[0], link.sizes.length]).toEqual([256, 18]);
    expect(await toPredictRows(link, MANIFEST)([row('heavy'), row('3')])).toEqual([
      undefined,
      { prediction: 30 },
    ]);
  });

  it('ends when the version cannot answer at all', async () => {
    const away = { predict: () => Promise.reject(runtimeFailures.create('AO452', 'not ready')) };
    await expect(toPredictRows(away, MANIFEST)([row(1)])).rejects.toMatchObject({ code: 'AO452' });
  });
});

describe('examples', () => {
  const random = createSeeded(1);
  const rows = Array.from({ length: 3 }, () => ({
    wt: String(random()),
    region: 'north',
    mpg: '21',
    note: '',
  }));

  const read = (content: readonly CsvRow[], target?: string) =>
    toCsvExamples(content, SIGNATURE, { target, source: 'a.csv' });

  it('of a file have what was expected in the column that is named, usual or left over', () => {
    const [first] = read(rows, 'mpg');
    expect(first).toMatchObject({
      input: { wt: Number(rows[0]?.wt), region: 'north' },
      expected: 21,
    });
    const plain = rows.map(({ wt, region, mpg }) => ({ wt, region, mpg }));
    expect(read(plain)[0]?.expected).toBe(21);
    const named = rows.map((one, index) => ({ ...one, expected: index === 0 ? '' : '5' }));
    expect(read(named).map(({ expected }) => expected)).toEqual([5, 5]);
    expect(() => read(rows)).toThrow(
      'a.csv has no column with what was expected. Columns that are no input: mpg, note.',
    );
    expect(() => read(rows, 'colour')).toThrow('a.csv has no column "colour"');
  });

  it('of a dataset are its active items with both sides', async () => {
    const item = { status: 'ACTIVE', input: { wt: 1 }, expectedOutput: 3, metadata: { site: 'b' } };
    const pages = [
      [item, { ...item, status: 'ARCHIVED' }],
      [
        { ...item, expectedOutput: null },
        { ...item, input: 'text' },
      ],
    ];
    const api = {
      getDataset: async () => ({}),
      listDatasetItems: async ({ page = 1 }) => ({
        data: pages[page - 1] ?? [],
        meta: { page, limit: 100, totalItems: 4, totalPages: 2 },
      }),
    } as unknown as Pick<DatasetsApi, 'getDataset' | 'listDatasetItems'>;
    expect(await readDatasetExamples(api, 'hard')).toEqual([
      { input: { wt: 1 }, expected: 3, metadata: { site: 'b' } },
    ]);
  });
});
