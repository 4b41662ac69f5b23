/** `coaia fuse datasets import`: items from JSON lines or CSV. */
import { EXIT, isCoaiaError } from '#base';
import { defineCommand } from '#surface';
import type { DatasetsApi } from '@coaia/client';
import { findImportFormat, IMPORT_FORMATS, parseRecords } from '../import/read-records.ts';
import { toItemInput } from '../import/map-record.ts';
import { printSendReport, sendItems } from '../import/send-items.ts';
import { datasetsApi } from '../ports.ts';
import { readInput } from '../read-value.ts';

const column = { type: 'string', placeholder: 'COLUMN', repeatable: true } as const;

export const command = defineCommand({
  words: 'fuse datasets import',
  summary: 'Import items from JSON lines or CSV',
  description:
    'Columns are found by the usual names (input, expectedOutput, expected, output, metadata, id, status) or named ' +
    'by options; several columns make an object. Items with an id replace those they were exported from. ' +
    'JSON lines with `messages` become chats whose last answer is expected.',
  needs: datasetsApi,
  positionals: [
    { name: 'name', summary: 'Name of the dataset', required: true },
    { name: 'file', summary: 'The file, or - for stdin', required: true },
  ],
  options: {
    format: {
      type: 'string',
      choices: [...IMPORT_FORMATS],
      summary: 'jsonl or csv; by the ending',
    },
    'input-field': { ...column, summary: 'Column of the input' },
    'output-field': { ...column, summary: 'Column of the expected output' },
    'metadata-field': { ...column, summary: 'Column of the metadata' },
    'id-field': { type: 'string', placeholder: 'COLUMN', summary: 'Column of the item ids' },
    'parse-json': { type: 'boolean', summary: 'Read cells that are JSON as JSON (CSV)' },
    'dry-run': { type: 'boolean', summary: 'Print the items and send nothing' },
  },
  examples: [
    'coaia fuse datasets import qa qa.jsonl',
    'coaia fuse datasets import qa table.csv --input-field question --output-field answer --dry-run',
  ],
  async run(context, { options, args }) {
    const text = await readInput(args.file, context);
    const records = parseRecords(text, findImportFormat(args.file, options.format));
    const mapping = {
      input: options['input-field'] ?? [],
      output: options['output-field'] ?? [],
      metadata: options['metadata-field'] ?? [],
      id: options['id-field'],
      parseJson: options['parse-json'] === true,
    };
    const items = records.map((record) => ({
      ...toItemInput(record, mapping),
      datasetName: args.name,
    }));
    if (options['dry-run'] === true) {
      context.out.json(items);
      return EXIT.done;
    }
    const api = await context.open();
    if (await hasCreated(api, args.name)) context.out.notice(`Created the dataset ${args.name}.`);
    return printSendReport(context, await sendItems(api, items));
  },
});

/** Makes the dataset when it is not there; true when it did. */
async function hasCreated(api: DatasetsApi, name: string): Promise<boolean> {
  try {
    await api.getDataset(name);
    return false;
  } catch (error) {
    if (!isCoaiaError(error) || error.code !== 'COAIA-0003') throw error;
    await api.createDataset({ name });
    return true;
  }
}
