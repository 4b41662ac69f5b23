import { toAbsolutePath } from '#config';
import { restoreDatabase } from '#store';
import { defineCommand } from '#surface';
import { findStore } from './store-location.ts';

export const command = defineCommand({
  words: 'db restore',
  summary: 'Put a checked backup in the place of the store',
  description:
    'Reads the whole backup first; a damaged one changes nothing. The store that was there is kept under another name, which is printed. Refuses while a server runs.',
  positionals: [
    { name: 'file', summary: 'Backup made by coaia db backup, either format', required: true },
  ],
  options: {},
  examples: ['coaia db restore coaia-20260102T030405.db', 'coaia db restore coaia.jsonl.gz'],
  run: async (context, { args }) => {
    const { location, home } = findStore(context);
    const file = toAbsolutePath(args.file, context);
    const result = await restoreDatabase(location, { file, home });
    if (context.flags.json) {
      context.out.json({ ...result, rows: result.rows ?? null, keptAs: result.keptAs ?? null });
      return;
    }
    context.out.confirm(`Restored ${file}.`);
    if (result.keptAs === undefined) return;
    const what = location.kind === 'sqlite' ? 'file' : 'schema';
    context.out.notice(`The store that was there is kept as ${what} ${result.keptAs}.`);
  },
});
