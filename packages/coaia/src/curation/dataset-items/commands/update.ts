/** `coaia fuse dataset-items update`: changes what is given of one item. */
import { invalidRequest } from '#base';
import { defineCommand } from '#surface';
import { datasetsApi } from '../../datasets/ports.ts';
import { itemOptions, readItemFields } from '../item-options.ts';

export const command = defineCommand({
  words: 'fuse dataset-items update',
  summary: 'Change one item; what is not given stays',
  needs: datasetsApi,
  positionals: [{ name: 'id', summary: 'Id of the item', required: true }],
  options: itemOptions,
  examples: ['coaia fuse dataset-items update item-7 --status ARCHIVED'],
  async run(context, { options, args }) {
    const fields = await readItemFields(options, context);
    if (Object.keys(fields).length === 0)
      throw invalidRequest(
        'Nothing to change is given.',
        undefined,
        'coaia fuse dataset-items update --help',
      );
    const api = await context.open();
    const { datasetName, id } = await api.getDatasetItem(args.id);
    context.out.json(await api.createDatasetItem({ ...fields, id, datasetName }));
  },
});
