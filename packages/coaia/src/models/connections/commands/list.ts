/** `coaia models connections list`: which model servers the project is connected to. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { LlmConnection } from '@coaia/client';
import { connectionsApi } from '../../ports.ts';
import { listAllConnections } from '../find-by-name.ts';

export const command = defineCommand({
  words: 'models connections list',
  summary: 'List the connections to model servers',
  description: 'Secret keys are never shown, only their last characters.',
  needs: connectionsApi,
  positionals: [],
  options: listOptions,
  examples: ['coaia models connections list', 'coaia models connections list --json'],
  async run({ open, out }, { options }) {
    const rows = await listAllConnections(await open());
    out.list({ things: 'connections', rows, columns: COLUMNS }, options);
    if (rows.length === 0)
      out.notice(
        'For Ollama on this machine: coaia models connections set ollama --base-url http://127.0.0.1:11434/v1',
      );
  },
});

const COLUMNS: readonly Column<LlmConnection>[] = [
  { header: 'Name', value: ({ provider }) => provider },
  { header: 'Adapter', value: ({ adapter }) => adapter },
  { header: 'Base URL', value: ({ baseURL }) => baseURL ?? 'default' },
  { header: 'Key', value: ({ displaySecretKey }) => displaySecretKey, drop: 2 },
  { header: 'Models', value: ({ customModels }) => customModels.join(', ') || 'default', drop: 1 },
  { header: 'Updated', value: ({ updatedAt }) => updatedAt.slice(0, 16), drop: 3 },
];
