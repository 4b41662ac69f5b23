/** `coaia stash list`: the keys. */
import { toIso } from '#base';
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import { stashApi } from '../entries/entry.ts';

interface Row {
  readonly key: string;
  readonly bytes: number;
  readonly expiresAt: string | null;
}

export const command = defineCommand({
  words: 'stash list',
  summary: 'List the keys that something is kept under',
  description: 'A pattern has *, ? and [abc] as in Redis. Values are not shown.',
  needs: stashApi,
  positionals: [{ name: 'pattern', summary: 'Only keys that fit, such as "run:*"' }],
  options: {
    limit: { type: 'number', default: 1000, summary: 'At most this many' },
    ...listOptions,
  },
  examples: ['coaia stash list', 'coaia stash list "run:*" --json'],
  async run({ open, out }, { args, options }) {
    const store = await open();
    const keys = await store.list(args.pattern ?? '*', options.limit);
    const rows = keys.map(({ key, bytes, expiresAt }): Row => {
      const end = expiresAt === null ? null : toIso(expiresAt);
      return { key, bytes, expiresAt: end };
    });
    out.list({ things: 'keys', rows, columns: COLUMNS }, options);
    if (rows.length === options.limit)
      out.notice(`Only the first ${options.limit} are shown; --limit shows more.`);
  },
});

const COLUMNS: readonly Column<Row>[] = [
  { header: 'Key', value: ({ key }) => key },
  { header: 'Bytes', value: ({ bytes }) => String(bytes), align: 'right' },
  { header: 'Expires', value: ({ expiresAt }) => expiresAt?.slice(0, 16) ?? 'never', drop: 1 },
];
