/** `ao run down`: ends the service of the project. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { stopRunning } from '../stop.ts';
import { openBuiltIn } from '../tasks/own-task.ts';

export const command = defineCommand({
  words: 'ops down',
  summary: 'Stop the service of the project',
  description: 'What is being predicted is answered first. Fine when nothing runs.',
  positionals: [],
  options: {},
  takesRest: true,
  restUsage: '',
  examples: ['ao down'],
  async run(context, { rest }) {
    const { out, flags } = context;
    const { project, code } = await openBuiltIn(context, 'down', rest);
    if (code !== undefined) return code;
    const state = await stopRunning(project.folder);
    if (flags.json) out.json({ stopped: state !== undefined, url: state?.url ?? null });
    else
      out.confirm(
        state === undefined ? `${project.name} was not running.` : `Stopped ${project.name}.`,
      );
    return EXIT.done;
  },
});
