/** `coaia users list`: the people of the organization. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { AccountMember } from '@coaia/client';
import { administrationApi } from '../../administration-api.ts';

const COLUMNS: readonly Column<AccountMember>[] = [
  { header: 'ID', value: ({ userId }) => userId, drop: 2 },
  { header: 'Email', value: ({ email }) => email },
  { header: 'Name', value: ({ name }) => name, drop: 1 },
  { header: 'Role', value: ({ role }) => role },
];

export const command = defineCommand({
  words: 'users list',
  summary: 'List the people of the organization and their roles',
  description: 'The users that traces name are another thing: coaia fuse users list.',
  needs: administrationApi,
  positionals: [],
  options: listOptions,
  examples: ['coaia users list', 'coaia users list --json'],
  async run(context, { options }) {
    const rows = await (await context.open()).listAccounts();
    context.out.list({ things: 'users', rows, columns: COLUMNS }, options);
  },
});
