/** `coaia fuse dataset-items create`: one item, or many from a file. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import { toItemInput } from '../../datasets/import/map-record.ts';
import { findImportFormat, parseRecords } from '../../datasets/import/read-records.ts';
import { printSendReport, sendItems } from '../../datasets/import/send-items.ts';
import { datasetsApi } from '../../datasets/ports.ts';
import { readInput } from '../../datasets/read-value.ts';
import { itemOptions, readItemFields, readTraceFields } from '../item-options.ts';

const MAPPING = { input: [], output: [], metadata: [], id: undefined, parseJson: false };

export const command = defineCommand({
  words: 'fuse dataset-items create',
  summary: 'Add an item to a dataset',
  description: 'An item with an id that is there gets a new version.',
  needs: datasetsApi,
  positionals: [
    { name: 'dataset', summary: 'Name of the dataset' },
    { name: 'item', summary: 'The input, as --input' },
  ],
  options: {
    ...itemOptions,
    dataset: { type: 'string', summary: 'The dataset, instead of the argument' },
    id: { type: 'string', summary: 'Id of the item; made when absent', compat: true },
    'from-trace': {
      type: 'string',
      placeholder: 'ID',
      summary: 'Take input and output of this trace; other options win',
    },
    file: { type: 'string', placeholder: 'PATH', summary: 'Many items: JSON lines or CSV' },
  },
  examples: [
    'coaia fuse dataset-items create qa -i "What is 2+2?" -e 4',
    'coaia fuse dataset-items create qa --from-trace 4bf92f3577b34da6a3ce929d0e0e4736',
  ],
  async run(context, { options: given, args }) {
    const options = { ...given, input: given.input ?? args.item };
    const datasetName = args.dataset ?? options.dataset;
    if (datasetName === undefined)
      throw invalidRequest(
        'The item needs a dataset.',
        undefined,
        'coaia fuse dataset-items create DATASET',
      );
    if (options.file !== undefined) {
      const records = parseRecords(
        await readInput(options.file, context),
        findImportFormat(options.file, undefined),
      );
      const items = records.map((record) => ({ ...toItemInput(record, MAPPING), datasetName }));
      return printSendReport(context, await sendItems(await context.open(), items));
    }
    const fromTrace = options['from-trace'];
    if (options.input === undefined && fromTrace === undefined)
      throw invalidRequest('An item needs --input, --from-trace or --file.');
    const fields = await readItemFields(options, context);
    const api = await context.open();
    const copied = fromTrace === undefined ? {} : await readTraceFields(api, fromTrace);
    const id = options.id === undefined ? {} : { id: options.id };
    context.out.json(await api.createDatasetItem({ ...copied, ...fields, ...id, datasetName }));
    return undefined;
  },
});
