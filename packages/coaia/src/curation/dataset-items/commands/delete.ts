/** `coaia fuse dataset-items delete`: removes items. */
import { EXIT, isCoaiaError, notFound } from '#base';
import { defineCommand } from '#surface';
import { datasetsApi } from '../../datasets/ports.ts';
import { toCount } from '../../datasets/text.ts';

export const command = defineCommand({
  words: 'fuse dataset-items delete',
  summary: 'Delete items and their links to runs',
  description: 'Earlier versions of the dataset (`--version`) still show them.',
  needs: datasetsApi,
  positionals: [{ name: 'ids', summary: 'Ids of items', required: true, variadic: true }],
  options: {},
  examples: ['coaia fuse dataset-items delete item-7 item-8'],
  async run({ open, out, flags }, { args }) {
    const api = await open();
    const deleted: string[] = [];
    const missing: string[] = [];
    for (const id of new Set(args.ids)) {
      try {
        await api.deleteDatasetItem(id);
        deleted.push(id);
      } catch (error) {
        if (!isCoaiaError(error) || error.code !== 'COAIA-0003') throw error;
        missing.push(id);
      }
    }
    if (deleted.length === 0) throw notFound('Dataset item', missing.join(', '));
    if (flags.json) out.json({ deleted, missing });
    else out.confirm(`Deleted ${toCount(deleted.length, 'item')}.`);
    if (missing.length === 0) return EXIT.done;
    out.notice(`Not found: ${missing.join(', ')}.`);
    return EXIT.partial;
  },
});
