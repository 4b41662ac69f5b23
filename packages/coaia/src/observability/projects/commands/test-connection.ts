/** `coaia fuse test-connection`: do address and keys work, and for which project. */
import { notFound } from '#base';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { findDestination } from '../../spans/destination.ts';

export const command = defineCommand({
  words: 'fuse test-connection',
  summary: 'Check address and keys, and name the project they open',
  description:
    'Exit 0 and the project when everything works; 3 when a setting is missing or the keys are refused; 4 when the server does not answer.',
  needs: observabilityApi,
  positionals: [],
  options: {},
  examples: ['coaia fuse test-connection', 'coaia fuse test-connection --json'],
  async run(context) {
    const { out, flags } = context;
    const api = await context.open();
    const { name } = await findDestination(context);
    const { data } = await api.listProjects();
    const [project] = data;
    if (project === undefined) throw notFound('Project', 'of these keys');
    const target = name === 'local' ? 'the local store' : name;
    if (flags.json) out.json({ success: true, target: name, project });
    else out.line(`Connected to ${target}: project ${project.name} (${project.id}).`);
  },
});
