/** `coaia fuse users list`: who uses the programs, with volume, cost and errors. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { TraceUser, TraceUserPage, UsersApi } from '@coaia/client';
import { usersApi } from '../ports.ts';

export const command = defineCommand({
  words: 'fuse users list',
  summary: 'List the users that traces name, the last seen first',
  needs: usersApi,
  positionals: [],
  options: {
    query: { type: 'string', short: 'q', summary: 'Count only traces that match this filter' },
    'order-by': {
      type: 'string',
      placeholder: 'FIELD.DIR',
      summary:
        'lastSeen, firstSeen, traceCount, errorCount, errorRate, totalCost or totalTokens, with .asc or .desc',
    },
    limit: { type: 'number', default: 50, summary: 'At most this many' },
    all: { type: 'boolean', summary: 'Every user' },
    ...listOptions,
  },
  examples: [
    'coaia fuse users list --order-by totalCost.desc --limit 10',
    'coaia fuse users list --query level:ERROR',
  ],
  async run({ open, out }, { options }) {
    const query = {
      limit: options.all === true ? 100 : options.limit,
      ...(options.query === undefined ? {} : { q: options.query }),
      ...(options['order-by'] === undefined ? {} : { orderBy: options['order-by'] }),
    };
    const rows = await readUsers(await open(), query, options.all === true);
    out.list({ things: 'users', rows, columns: COLUMNS }, options);
  },
});

async function readUsers(
  api: UsersApi,
  query: { readonly limit: number },
  isAll: boolean,
): Promise<readonly TraceUser[]> {
  const rows: TraceUser[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page: TraceUserPage = await api.listUsers({
      ...query,
      ...(cursor === undefined ? {} : { cursor }),
    });
    rows.push(...page.data);
    cursor = page.meta.cursor;
    if (!isAll || cursor === undefined) return rows;
  }
}

const COLUMNS: readonly Column<TraceUser>[] = [
  { header: 'User', value: ({ id }) => id },
  { header: 'Traces', value: ({ traceCount }) => String(traceCount), align: 'right' },
  {
    header: 'Sessions',
    value: ({ sessionCount }) => String(sessionCount),
    align: 'right',
    drop: 2,
  },
  { header: 'Errors', value: ({ errorCount }) => String(errorCount), align: 'right', drop: 1 },
  {
    header: 'Cost',
    value: ({ totalCost }) => (totalCost === null ? '' : `$${totalCost.toFixed(4)}`),
    align: 'right',
  },
  { header: 'First seen', value: ({ firstSeen }) => firstSeen.slice(0, 16), drop: 3 },
  { header: 'Last seen', value: ({ lastSeen }) => lastSeen.slice(0, 16) },
];
