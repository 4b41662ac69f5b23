/** `coaia fuse projects current`: the project that the keys, or the local store, stand for. */
import { notFound } from '#base';
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';

export const command = defineCommand({
  words: 'fuse projects current',
  summary: 'Show the project that commands work on',
  needs: observabilityApi,
  positionals: [],
  options: {},
  examples: ['coaia fuse projects current', 'coaia fuse projects current --json'],
  async run(context) {
    const { out, flags } = context;
    const { data } = await (await openApi(context)).listProjects();
    const [project] = data;
    if (project === undefined) throw notFound('Project', 'of these keys');
    if (flags.json) out.json(project);
    else out.line(`${project.id}\t${project.name}`);
  },
});
