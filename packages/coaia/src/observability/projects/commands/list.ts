/** `coaia fuse projects`: the projects that the keys open. */
import { defineCommand } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { PROJECT_COLUMNS } from '../project-columns.ts';

export const command = defineCommand({
  words: 'fuse projects list',
  summary: 'List the projects that the keys open',
  description:
    'A table on a terminal; elsewhere, and with --json, the answer of the API, as CoAiAPy prints it.',
  needs: observabilityApi,
  positionals: [],
  options: {},
  examples: ['coaia fuse projects', 'coaia fuse projects --json'],
  async run(context) {
    const { out, flags } = context;
    const answer = await (await openApi(context)).listProjects();
    if (flags.json || !out.isTerminal) out.json(answer);
    else out.table('projects', answer.data, PROJECT_COLUMNS);
  },
});
