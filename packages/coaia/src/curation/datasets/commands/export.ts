/** `coaia fuse datasets export`: items as JSON lines that `import` reads, or as a training file. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import { datasetsApi } from '../ports.ts';
import { readDatasetItems } from '../read-pages.ts';
import { toCount } from '../text.ts';
import { checkTraining, findFormat, trainingOptions, writeTraining } from '../training/export.ts';
import type { TrainingValues } from '../training/export.ts';

export const command = defineCommand({
  words: 'fuse datasets export',
  summary: 'Write the items of a dataset as JSON lines, or as a training file',
  description:
    'Without a format every item is written whole, archived ones included, as `fuse datasets import` reads it. ' +
    'Training files hold active items that have an input and an expected output.',
  needs: datasetsApi,
  positionals: [{ name: 'name', summary: 'Name of the dataset', required: true }],
  options: {
    ...trainingOptions,
    version: {
      type: 'string',
      placeholder: 'TIME',
      summary: 'The items as they were then (ISO 8601)',
    },
  },
  examples: [
    'coaia fuse datasets export qa > qa.jsonl',
    'coaia fuse datasets export qa --format sharegpt --split 0.9 -o qa --dedupe --validate',
  ],
  async run(context, { options, args }) {
    const { out, cwd } = context;
    const format = findFormat(options);
    checkTraining(options);
    if (format === undefined) checkWhole(options);
    const api = await context.open();
    await api.getDataset(args.name);
    const items = await readDatasetItems(api, {
      datasetName: args.name,
      ...(options.version === undefined ? {} : { version: options.version }),
      ...(format === undefined ? { includeArchived: true } : {}),
    });
    if (format !== undefined) {
      writeTraining(context, items, format, options);
      return;
    }
    // Oldest first, so that an import creates them in the same order.
    const lines = items.toReversed().map((item) => JSON.stringify(item));
    if (options.output === undefined) for (const line of lines) out.line(line);
    else writeFileSync(resolve(cwd, options.output), lines.map((line) => `${line}\n`).join(''));
    out.notice(`Wrote ${toCount(items.length, 'item')}.`);
  },
});

const TRAINING_ONLY = ['split', 'dedupe', 'validate', 'input-field', 'output-field'] as const;

/** Whole items have no parts; what asks for some would be left undone in silence. */
function checkWhole(options: Pick<TrainingValues, (typeof TRAINING_ONLY)[number]>): void {
  const asked = TRAINING_ONLY.find((name) => options[name] !== undefined);
  if (asked === undefined) return;
  throw invalidRequest(
    `--${asked} is for training files, and no format is given.`,
    undefined,
    'add --format openai',
  );
}
