import { EXIT } from '#base';
import { removeSetting, toEditPath } from '#config';
import { defineCommand } from '#surface';
import { toEditPlace } from './settings.ts';

export const command = defineCommand({
  words: 'config unset',
  summary: 'Remove a setting from your config.json or the project',
  positionals: [{ name: 'name', summary: 'Name of the setting, or any key', required: true }],
  options: {
    project: { type: 'boolean', summary: 'Remove it from ./coaia.json' },
  },
  examples: ['coaia config unset port', 'coaia config unset langfuse_base_url --project'],
  run: async (context, { args, options }) => {
    const { out, flags } = context;
    const where = toEditPlace(context, options.project === true);
    const removed = removeSetting(args.name, where);
    const path = toEditPath(where);
    if (flags.json) out.json({ name: args.name, removed, path });
    else
      out.confirm(removed ? `removed ${args.name}   (${path})` : `${args.name} is not in ${path}`);
    return EXIT.done;
  },
});
