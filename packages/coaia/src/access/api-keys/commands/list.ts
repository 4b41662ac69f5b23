/** `coaia keys list`: the keys there are, without their secrets. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { ApiKey } from '@coaia/client';
import { administrationApi } from '../../administration-api.ts';
import { findOwner, ownerOptions } from '../key-owner.ts';

const COLUMNS: readonly Column<ApiKey>[] = [
  { header: 'ID', value: ({ id }) => id },
  { header: 'Public key', value: ({ publicKey }) => publicKey },
  { header: 'Secret', value: ({ displaySecretKey }) => displaySecretKey, drop: 3 },
  { header: 'Note', value: ({ note }) => note ?? '', drop: 2 },
  { header: 'Last used', value: ({ lastUsedAt }) => lastUsedAt ?? 'never', drop: 1 },
];

export const command = defineCommand({
  words: 'keys list',
  summary: 'List the keys of a project or of the organization',
  needs: administrationApi,
  positionals: [],
  options: { ...ownerOptions, ...listOptions },
  examples: ['coaia keys list', 'coaia keys list --organization --json'],
  async run(context, { options }) {
    const api = await context.open();
    const rows = await api.listKeys(await findOwner(api, options));
    context.out.list({ things: 'keys', rows, columns: COLUMNS }, options);
  },
});
