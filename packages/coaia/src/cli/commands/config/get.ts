import { EXIT } from '#base';
import { getSetting } from '#config';
import type { SettingName } from '#config';
import { defineCommand } from '#surface';
import { readSettings } from './settings.ts';

export const command = defineCommand({
  words: 'config get',
  summary: 'Print the value of one setting',
  description: 'Prints the value alone, secrets in full. Exit 1 when nothing sets it.',
  positionals: [{ name: 'name', summary: 'Name of the setting', required: true }],
  options: {},
  examples: ['coaia config get port', 'coaia config get langfuse_base_url'],
  run: async (context, { args }) => {
    const name = getSetting(args.name).name as SettingName;
    const value = readSettings(context).values[name];
    if (context.flags.json) context.out.json(value ?? null);
    else if (value !== undefined) context.out.line(String(value));
    else context.out.notice(`${name} is not set.`);
    return value === undefined ? EXIT.failed : EXIT.done;
  },
});
