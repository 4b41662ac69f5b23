/** `coaia fuse score-configs available`: the configs that scores can use. */
import { defineCommand, listOptions } from '#surface';
import { scoresApi } from '../../ports.ts';
import { CONFIG_COLUMNS } from '../columns.ts';
import { createConfigFinder } from '../config-finder.ts';

export const command = defineCommand({
  words: 'fuse score-configs available',
  summary: 'List the score configs that can be applied',
  needs: scoresApi,
  positionals: [],
  options: {
    category: {
      type: 'string',
      placeholder: 'TEXT',
      summary: 'Whose name or description has this text',
      compat: true,
    },
    'cached-only': {
      type: 'boolean',
      summary: 'Only what the local cache has; asks no server',
      compat: true,
    },
    ...listOptions,
  },
  examples: [
    'coaia fuse score-configs available --category narrative',
    'coaia fuse scc available --cached-only --json',
  ],
  async run(context, { options }) {
    const finder = createConfigFinder(context, await context.open());
    const all = await (options['cached-only'] === true ? finder.listCached() : finder.listFresh());
    const wanted = options.category?.toLowerCase() ?? '';
    const found = all.filter(({ name, description }) =>
      `${name}\n${description ?? ''}`.toLowerCase().includes(wanted),
    );
    const view = { things: 'score configs', rows: found, columns: CONFIG_COLUMNS };
    context.out.list(view, options);
  },
});
