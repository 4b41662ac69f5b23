/** `coaia cache info`: what lies in the local cache of score configs. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findHome, homePaths } from '#config';
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import { readConfigCache } from '../cache-file.ts';

interface CachedProject {
  readonly path: string;
  readonly project: string;
  readonly server: string;
  readonly configs: number;
  readonly lastSync: string | null;
}

export const command = defineCommand({
  words: 'cache info',
  summary: 'Show the local cache of score configs',
  positionals: [],
  options: listOptions,
  examples: ['coaia cache info --json'],
  async run(context, { options }) {
    const { out } = context;
    const folder = homePaths(findHome(context)).scoreConfigs;
    const files = listFiles(folder).map((name) => {
      const path = join(folder, name);
      const found = readConfigCache(path, undefined, (text) => out.notice(text))?.cache;
      return {
        path,
        project: found?.project_name ?? found?.project_id ?? 'N/A',
        server: found?.base_url ?? 'N/A',
        configs: found?.configs.length ?? 0,
        lastSync: found?.last_sync ?? null,
      };
    });
    out.list({ things: 'cached projects', rows: files, columns: COLUMNS }, options);
  },
});

const COLUMNS: readonly Column<CachedProject>[] = [
  { header: 'Project', value: ({ project }) => project },
  { header: 'Server', value: ({ server }) => server, drop: 1 },
  { header: 'Configs', value: ({ configs }) => String(configs), align: 'right' },
  { header: 'Last sync', value: ({ lastSync }) => lastSync ?? 'N/A' },
];

function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[^.].*\.json$/.test(name))
      .toSorted();
  } catch {
    return [];
  }
}
