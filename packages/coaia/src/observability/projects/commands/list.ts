/** `coaia fuse projects`: the projects that the keys open. */
import { defineCommand, listOptions } from '#surface';
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
  options: listOptions,
  examples: ['coaia fuse projects', 'coaia fuse projects --json'],
  async run(context, { options }) {
    const answer = await (await openApi(context)).listProjects();
    const { data: rows } = answer;
    context.out.list(
      { things: 'projects', rows, columns: PROJECT_COLUMNS, page: answer, isJsonInPipes: true },
      options,
    );
  },
});
