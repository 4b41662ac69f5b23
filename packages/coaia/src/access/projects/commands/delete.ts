/** `coaia projects delete`: a project with everything it holds. */
import { EXIT } from '#base';
import { defineCommand } from '#surface';
import { administrationApi } from '../../administration-api.ts';

export const command = defineCommand({
  words: 'projects delete',
  summary: 'Delete a project and everything it holds',
  description:
    'Its keys stop working at once. On the store of this home the command ends when every row is gone; a server goes on in the background.',
  needs: administrationApi,
  positionals: [{ name: 'projectId', summary: 'Id of the project', required: true }],
  options: {},
  examples: ['coaia projects delete staging --yes'],
  async run(context, { args }) {
    const question = `Delete project ${args.projectId} with all its traces, prompts, datasets and keys?`;
    if (!(await context.confirm(question))) return EXIT.failed;
    const answer = await (await context.open()).deleteProject(args.projectId);
    if (context.flags.json) context.out.json({ id: args.projectId, ...answer });
    else context.out.confirm(answer.message);
    return EXIT.done;
  },
});
