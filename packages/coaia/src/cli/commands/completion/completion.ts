import { homePaths, findHome } from '#config';
import { defineCommand } from '#surface';
import { install, planInstall } from '../../completion/install.ts';
import { renderCompletion } from '../../completion/shells.ts';
import { SHELLS } from '../../completion/value-kinds.ts';
import { usageError } from '../../errors.ts';
import { allCommands } from '../../tables.ts';

export const command = defineCommand({
  words: 'completion',
  summary: 'Print or install completion for your shell',
  description:
    'The script holds commands, options and their choices; names of prompts, datasets, traces and so on come from a small cache file, without the network. Run it again after an update.',
  positionals: [{ name: 'shell', summary: SHELLS.join(', '), required: true }],
  options: {
    install: { type: 'boolean', summary: 'Write it where the shell finds it' },
  },
  examples: [
    'coaia completion bash',
    'coaia completion zsh --install',
    'eval "$(coaia completion bash)"',
  ],
  run: async ({ out, flags, env, cwd }, { args, options }) => {
    const shell = SHELLS.find((one) => one === args.shell.toLowerCase());
    if (shell === undefined)
      throw usageError(
        `There is no completion for ${args.shell}.`,
        `use one of ${SHELLS.join(', ')}`,
      );
    const plan =
      options.install === true
        ? planInstall(shell, env, homePaths(findHome({ env, cwd })).home)
        : undefined;
    const script = await renderCompletion(shell, allCommands);
    if (plan === undefined) {
      out.raw(script);
      return;
    }
    install(plan, script);
    if (flags.json) out.json({ shell, path: plan.path, startUp: plan.startUp?.path ?? null });
    else {
      out.confirm(
        `Wrote ${plan.path}${plan.startUp === undefined ? '' : ` and a line in ${plan.startUp.path}`}.`,
      );
      out.notice('Open a new shell to use it.');
    }
  },
});
