/** `coaia fuse dataset-items get`: one item. */
import { defineCommand } from '#surface';
import { datasetsApi } from '../../datasets/ports.ts';

export const command = defineCommand({
  words: 'fuse dataset-items get',
  summary: 'Show one item',
  needs: datasetsApi,
  positionals: [{ name: 'id', summary: 'Id of the item', required: true }],
  options: {},
  examples: ['coaia fuse dataset-items get item-7'],
  async run({ open, out }, { args }) {
    const api = await open();
    out.json(await api.getDatasetItem(args.id));
  },
});
