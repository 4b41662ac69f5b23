import { version } from '#base';
import { defineCommand } from '#surface';
import { toVersionLine } from '../version.ts';

export const command = defineCommand({
  words: 'version',
  summary: 'Show the version',
  positionals: [],
  options: {},
  examples: ['coaia version', 'coaia version --json'],
  run: async ({ out, flags }) => {
    const line = toVersionLine();
    if (!flags.json) out.line(line);
    else {
      const { node, sqlite } = process.versions;
      out.json({ version, node, sqlite, platform: process.platform, arch: process.arch });
    }
  },
});
