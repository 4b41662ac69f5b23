/** `coaia orgs projects`: all projects of the organization, not only the one that the keys open. */
import { defineCommand, listOptions } from '#surface';
import { administrationApi } from '../../administration-api.ts';

export const command = defineCommand({
  words: 'orgs projects',
  summary: 'List the projects of the organization',
  needs: administrationApi,
  positionals: [],
  options: listOptions,
  examples: ['coaia orgs projects', 'coaia orgs projects --json'],
  async run(context, { options }) {
    const rows = await (await context.open()).listOrganizationProjects();
    const columns = [
      { header: 'ID', value: (row: (typeof rows)[number]) => row.id },
      { header: 'Name', value: (row: (typeof rows)[number]) => row.name },
      { header: 'Created', value: (row: (typeof rows)[number]) => row.createdAt, drop: 1 },
    ];
    context.out.list({ things: 'projects', rows, columns }, options);
  },
});
