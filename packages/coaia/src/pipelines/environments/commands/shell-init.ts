import { defineCommand } from '#surface';
import { renderInit, SHELLS } from '../shell-scripts.ts';
import type { Shell } from '../shell-scripts.ts';
import { readShell } from '../read-shell.ts';

export const command = defineCommand({
  words: 'shell-init',
  summary: 'Print a function that lets coaia env change this shell',
  description: `For bash and zsh: eval "$(coaia shell-init bash)" in the start-up file; for fish: coaia shell-init fish | source. Then env source, env use, env save, env set --temp and env unset --temp change the shell itself.`,
  positionals: [{ name: 'shell', summary: SHELLS.join(', '), required: true }],
  options: {},
  examples: ['eval "$(coaia shell-init bash)"', 'coaia shell-init fish | source'],
  async run({ out }, { args }) {
    const shell: Shell = readShell(args.shell);
    out.raw(renderInit(shell));
  },
});
