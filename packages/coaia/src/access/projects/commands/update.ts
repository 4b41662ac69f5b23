/** `coaia projects update`: name, retention and metadata of a project. */
import { invalidRequest, notFound } from '#base';
import { defineCommand } from '#surface';
import { administrationApi } from '../../administration-api.ts';
import { projectOptions, toDraft } from '../project-options.ts';

export const command = defineCommand({
  words: 'projects update',
  summary: 'Rename a project, set its retention and metadata',
  needs: administrationApi,
  positionals: [{ name: 'projectId', summary: 'Id of the project', required: true }],
  options: {
    name: { type: 'string', placeholder: 'NAME', summary: 'The new name, 3 to 60 characters' },
    ...projectOptions,
  },
  examples: [
    'coaia projects update default --name Production',
    'coaia projects update default --retention 90',
  ],
  async run(context, { args, options }) {
    const api = await context.open();
    const draft = toDraft(options);
    if (options.name === undefined && Object.keys(draft).length === 0)
      throw invalidRequest('Nothing to change; give --name, --retention or --metadata.');
    const name = options.name ?? (await readName(api, args.projectId));
    const project = await api.updateProject(args.projectId, { name, ...draft });
    if (context.flags.json) context.out.json(project);
    else context.out.confirm(`Updated project ${project.id}.`);
  },
});

/** The API of Langfuse wants the name with every change. */
async function readName(
  api: { listOrganizationProjects(): Promise<readonly { id: string; name: string }[]> },
  projectId: string,
): Promise<string> {
  const found = (await api.listOrganizationProjects()).find(({ id }) => id === projectId);
  if (found === undefined) throw notFound('Project', projectId);
  return found.name;
}
