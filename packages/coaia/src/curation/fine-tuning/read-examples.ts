/** Training files from a dataset. */
import { invalidRequest } from '#base';
import type { DatasetsApi } from '@coaia/client';
import { datasetFailures } from '../datasets/errors.ts';
import { readDatasetItems } from '../datasets/read-pages.ts';
import { toExamples, toSplit } from '../datasets/training/examples.ts';
import { toFormat } from '../datasets/training/formats.ts';
import type { Example } from '../datasets/training/messages.ts';

interface ExampleOptions {
  readonly dataset: string;
  readonly split: number | undefined;
  readonly 'system-instruction': string | undefined;
}

/** Lines of the active items that have both sides. Fails with COAIA-0002, COAIA-0003 and COAIA-2110. */
export async function readExamples(
  api: Pick<DatasetsApi, 'getDataset' | 'listDatasetItems'>,
  options: ExampleOptions,
): Promise<{ readonly training: string; readonly validation?: string }> {
  const { dataset, split } = options;
  if (split !== undefined && !(split > 0 && split < 1))
    throw invalidRequest('--split takes a share between 0 and 1.');
  await api.getDataset(dataset);
  const items = await readDatasetItems(api, { datasetName: dataset });
  const { examples } = toExamples(items, { system: options['system-instruction'], dedupe: false });
  if (examples.length === 0)
    throw datasetFailures.create(
      'COAIA-2110',
      `The dataset ${dataset} has no item with an input and an expected output.`,
    );
  if (split === undefined) return { training: toLines(examples) };
  const [train, validation] = toSplit(examples, split);
  return { training: toLines(train), validation: toLines(validation) };
}

function toLines(examples: readonly Example[]): string {
  return examples.map((example) => `${JSON.stringify(toFormat(example, 'openai'))}\n`).join('');
}
