import { migrateDatabase } from '#store';
import { defineCommand } from '#surface';
import { findStore } from './store-location.ts';

export const command = defineCommand({
  words: 'db migrate',
  summary: 'Bring the store to the schema of this program',
  description:
    'Keeps a copy of a SQLite store beside it first. Interrupting it is harmless: each step happens whole or not at all.',
  positionals: [],
  options: {},
  examples: ['coaia db migrate'],
  run: async (context) => {
    const { from, to, copy } = await migrateDatabase(findStore(context).location);
    if (context.flags.json) {
      context.out.json({ from, to, copy: copy ?? null });
      return;
    }
    if (from === to) context.out.confirm(`Schema ${to} is current; nothing to do.`);
    else context.out.confirm(`Migrated from schema ${from} to ${to}.`);
    if (copy !== undefined) context.out.notice(`The store as it was is kept as ${copy}.`);
  },
});
