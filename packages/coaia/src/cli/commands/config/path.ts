import { existsSync } from 'node:fs';
import { toEditPath } from '#config';
import { defineCommand } from '#surface';
import { toEditPlace } from './settings.ts';

export const command = defineCommand({
  words: 'config path',
  summary: 'Print the path of the settings file',
  positionals: [],
  options: {
    project: { type: 'boolean', summary: 'The path of ./coaia.json' },
  },
  examples: ['coaia config path', 'coaia config path --project'],
  run: async (context, { options }) => {
    const path = toEditPath(toEditPlace(context, options.project === true));
    if (context.flags.json) context.out.json({ path, exists: existsSync(path) });
    else context.out.line(path);
  },
});
