import { defineCommand } from '#surface';
import { readShell } from '../read-shell.ts';
import { renderHook, SHELLS } from '../shell-scripts.ts';

export const command = defineCommand({
  words: 'env hook',
  summary: 'Print lines that load the environment of a trusted folder on entering it',
  description:
    'Opt-in: eval "$(coaia env hook bash)" in the start-up file, and coaia env trust in each folder. Variables that are set already stay, and leaving the folder takes away what was loaded.',
  positionals: [{ name: 'shell', summary: SHELLS.join(', '), required: true }],
  options: {},
  examples: ['eval "$(coaia env hook bash)"', 'coaia env hook fish | source'],
  async run({ out }, { args }) {
    out.raw(renderHook(readShell(args.shell)));
  },
});
