import { join } from 'node:path';
import { toAbsolutePath } from '#config';
import { backupDatabase } from '#store';
import { defineCommand } from '#surface';
import { renderBytes } from './byte-size.ts';
import { findStore } from './store-location.ts';

export const command = defineCommand({
  words: 'db backup',
  summary: 'Copy the store to a file, also while a server writes',
  description:
    'The copy holds every write that was acknowledged before the command started. Without FILE it is coaia-<time>.db in the current folder. A portable backup (gzip of JSON lines) can be restored into SQLite and Postgres alike and is the only kind a Postgres store has.',
  positionals: [{ name: 'file', summary: 'Where to write the backup' }],
  options: {
    format: {
      type: 'string',
      summary: 'Kind of backup; default sqlite, for a Postgres store portable',
      choices: ['sqlite', 'portable'],
    },
    force: { type: 'boolean', summary: 'Overwrite a file that is already there' },
  },
  examples: [
    'coaia db backup',
    'coaia db backup ~/backups/coaia.db --force',
    'coaia db backup coaia.jsonl.gz --format portable',
  ],
  run: async (context, { args, options }) => {
    const { location } = findStore(context);
    const given = options.format ?? (location.kind === 'sqlite' ? 'sqlite' : 'portable');
    const format = given === 'portable' ? 'portable' : 'sqlite';
    const file =
      args.file === undefined
        ? join(context.cwd, toName(format))
        : toAbsolutePath(args.file, context);
    const result = await backupDatabase(location, { file, format, force: options.force === true });
    if (context.flags.json) context.out.json({ ...result, rows: result.rows ?? null });
    else context.out.confirm(`Backed up to ${result.file} (${renderBytes(result.bytes)}).`);
  },
});

function toName(format: 'sqlite' | 'portable'): string {
  const time = new Date().toISOString().replaceAll(/[-:]|\..*/g, '');
  return format === 'sqlite' ? `coaia-${time}.db` : `coaia-${time}.jsonl.gz`;
}
