import { loadSettingsTools } from '#config';
import { defineCommand } from '#surface';

export const command = defineCommand({
  words: 'config schema',
  summary: 'Print the JSON Schema of coaia.json, for editors',
  positionals: [],
  options: {},
  examples: ['coaia config schema', 'coaia config schema > coaia.schema.json'],
  run: async ({ out }) => out.json((await loadSettingsTools()).toConfigSchema()),
});
