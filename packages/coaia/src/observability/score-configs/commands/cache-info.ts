/** `coaia cache info`: what lies in the local cache of score configs. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findHome, homePaths } from '#config';
import { defineCommand } from '#surface';
import { readConfigCache } from '../cache-file.ts';

export const command = defineCommand({
  words: 'cache info',
  summary: 'Show the local cache of score configs',
  positionals: [],
  options: {},
  examples: ['coaia cache info --json'],
  async run(context) {
    const { out, flags } = context;
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
    if (flags.json) out.json(files);
    else {
      out.table('cached projects', files, [
        { header: 'Project', value: ({ project }) => project },
        { header: 'Server', value: ({ server }) => server, drop: 1 },
        { header: 'Configs', value: ({ configs }) => String(configs), align: 'right' },
        { header: 'Last sync', value: ({ lastSync }) => lastSync ?? 'N/A' },
      ]);
    }
  },
});

function listFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[^.].*\.json$/.test(name))
      .toSorted();
  } catch {
    return [];
  }
}
