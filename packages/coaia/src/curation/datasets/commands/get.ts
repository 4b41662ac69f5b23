/** `coaia fuse datasets get`: a dataset with its items, or as a training file. */
import { defineCommand } from '#surface';
import { compatOptions } from '../compat-options.ts';
import { datasetsApi } from '../ports.ts';
import { ITEM_COLUMNS } from '../item-columns.ts';
import { readDatasetItems } from '../read-pages.ts';
import { checkTraining, findFormat, trainingOptions, writeTraining } from '../training/export.ts';

export const command = defineCommand({
  words: 'fuse datasets get',
  summary: 'Show a dataset with its items, or write it as a training file',
  needs: datasetsApi,
  positionals: [{ name: 'name', summary: 'Name of the dataset', required: true }],
  options: {
    ...compatOptions,
    ...trainingOptions,
    'include-archived': {
      type: 'boolean',
      summary: 'Archived items too (only shown, not trained on)',
    },
    version: {
      type: 'string',
      placeholder: 'TIME',
      summary: 'The items as they were then (ISO 8601)',
    },
  },
  examples: [
    'coaia fuse datasets get qa',
    'coaia fuse datasets get qa -oft --system-instruction "Answer briefly." > qa.jsonl',
  ],
  async run(context, { options, args }) {
    const { out, flags } = context;
    const format = findFormat(options);
    checkTraining(options);
    const api = await context.open();
    const [dataset, items] = await Promise.all([
      api.getDataset(args.name),
      readDatasetItems(api, {
        datasetName: args.name,
        ...(options.version === undefined ? {} : { version: options.version }),
        ...(options['include-archived'] === true && format === undefined
          ? { includeArchived: true }
          : {}),
      }),
    ]);
    if (format !== undefined) writeTraining(context, items, format, options);
    else if (flags.json) out.json({ ...dataset, items });
    else {
      out.line(out.style('bold', dataset.name));
      if (dataset.description !== null) out.line(dataset.description);
      out.line(`id        ${dataset.id}`);
      out.line(`created   ${dataset.createdAt}`);
      out.line(`updated   ${dataset.updatedAt}`);
      if (dataset.metadata !== null) out.line(`metadata  ${JSON.stringify(dataset.metadata)}`);
      out.table('items', items, ITEM_COLUMNS);
    }
  },
});
