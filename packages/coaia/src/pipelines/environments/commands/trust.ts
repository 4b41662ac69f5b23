import { toAbsolutePath } from '#config';
import { defineCommand } from '#surface';
import { openEnvironments } from '../open-environments.ts';
import { trustFolder } from '../trust.ts';

export const command = defineCommand({
  words: 'env trust',
  summary: 'Let the hook load the environment of a folder',
  description:
    'Whoever can change the file can then set variables in your shell, except those that decide which programs run.',
  positionals: [{ name: 'folder', summary: 'The folder; this one when it is left out' }],
  options: { remove: { type: 'boolean', summary: 'No longer' } },
  examples: ['coaia env trust', 'coaia env trust --remove'],
  async run(context, { args, options }) {
    const { out, flags, cwd, env } = context;
    const { home } = openEnvironments(context);
    const isTrusted = options.remove !== true;
    const folder = trustFolder(home, toAbsolutePath(args.folder ?? '.', { cwd, env }), isTrusted);
    if (flags.json) out.json({ folder, trusted: isTrusted });
    else out.confirm(`${folder} is ${isTrusted ? '' : 'no longer '}trusted.`);
  },
});
