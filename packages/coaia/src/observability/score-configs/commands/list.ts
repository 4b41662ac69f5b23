/** `coaia fuse score-configs list`: all score configs. */
import { defineCommand, listOptions } from '#surface';
import { scoresApi } from '../../ports.ts';
import { CONFIG_COLUMNS } from '../columns.ts';
import { createConfigFinder } from '../config-finder.ts';

export const command = defineCommand({
  words: 'fuse score-configs list',
  summary: 'List score configs',
  description: 'All pages, unless --page or --limit asks for a part.',
  needs: scoresApi,
  positionals: [],
  options: {
    page: { type: 'number', summary: 'Only this page, from 1' },
    limit: { type: 'number', summary: 'At most this many' },
    all: { type: 'boolean', summary: 'Every page, which is the default' },
    ...listOptions,
  },
  examples: ['coaia fuse score-configs list', 'coaia fuse scc list --json'],
  async run(context, { options }) {
    const api = await context.open();
    const { page, limit } = options;
    const configs =
      page === undefined
        ? (await createConfigFinder(context, api).listFresh()).slice(0, limit)
        : (await api.listScoreConfigs({ page, limit: limit ?? 50 })).data;
    const view = { things: 'score configs', rows: configs, columns: CONFIG_COLUMNS };
    context.out.list(view, options);
  },
});
