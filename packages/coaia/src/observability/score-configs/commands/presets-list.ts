/** `coaia fuse score-configs presets list`: the ready-made score configs. */
import { defineCommand, listOptions } from '#surface';
import { PRESET_COLUMNS } from '../columns.ts';
import { PRESET_CATEGORIES, PRESETS } from '../presets.ts';

export const command = defineCommand({
  words: 'fuse score-configs presets list',
  summary: 'List the ready-made score configs',
  positionals: [],
  options: {
    category: {
      type: 'string',
      choices: PRESET_CATEGORIES,
      summary: 'Only of this category',
      compat: true,
    },
    ...listOptions,
  },
  examples: ['coaia fuse score-configs presets list --category ai'],
  async run({ out }, { options }) {
    const found = PRESETS.filter(
      ({ category }) => options.category === undefined || category === options.category,
    );
    out.list({ things: 'presets', rows: found, columns: PRESET_COLUMNS }, options);
  },
});
