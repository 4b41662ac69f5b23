/** `coaia fuse score-configs presets list`: the ready-made score configs. */
import { defineCommand } from '#surface';
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
  },
  examples: ['coaia fuse score-configs presets list --category ai'],
  async run({ out, flags }, { options }) {
    const found = PRESETS.filter(
      ({ category }) => options.category === undefined || category === options.category,
    );
    if (flags.json) out.json(found);
    else out.table('presets', found, PRESET_COLUMNS);
  },
});
