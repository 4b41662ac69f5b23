/** `coaia orgs list`: the organizations of this store. */
import { defineCommand, listOptions } from '#surface';
import { administrationApi } from '../../administration-api.ts';

export const command = defineCommand({
  words: 'orgs list',
  summary: 'List the organizations of this store',
  needs: administrationApi,
  positionals: [],
  options: listOptions,
  examples: ['coaia orgs list', 'coaia orgs list --json'],
  async run(context, { options }) {
    const rows = (await (await context.open()).listOrganizations()).map(({ id, name }) => ({
      id,
      name,
    }));
    const columns = [
      { header: 'ID', value: (row: (typeof rows)[number]) => row.id },
      { header: 'Name', value: (row: (typeof rows)[number]) => row.name },
    ];
    context.out.list({ things: 'organizations', rows, columns }, options);
  },
});
