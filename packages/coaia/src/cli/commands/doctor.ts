import { EXIT } from '#base';
import { defineCommand } from '#surface';

export const command = defineCommand({
  words: 'doctor',
  summary: 'Check this installation and say what to do',
  positionals: [],
  options: {},
  examples: ['coaia doctor'],
  run: async () => EXIT.done,
});
