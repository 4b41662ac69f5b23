/** `coaia projects create`: another project beside the first one. */
import { defineCommand } from '#surface';
import { administrationApi } from '../../administration-api.ts';
import { projectOptions, toDraft } from '../project-options.ts';

export const command = defineCommand({
  words: 'projects create',
  summary: 'Make a project in the organization',
  description:
    'In the store of this home, or on the server whose organization key is set. Keys for it: coaia keys create --project ID.',
  needs: administrationApi,
  positionals: [{ name: 'name', summary: '3 to 60 characters', required: true }],
  options: projectOptions,
  examples: ['coaia projects create staging', 'coaia projects create staging --retention 30'],
  async run(context, { args, options }) {
    const project = await (
      await context.open()
    ).createProject({
      name: args.name,
      ...toDraft(options),
    });
    if (context.flags.json) context.out.json(project);
    else context.out.line(project.id);
  },
});
