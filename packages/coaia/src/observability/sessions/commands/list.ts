/** `coaia fuse sessions list`: sessions, newest first. */
import { systemClock } from '#base';
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { Session, SessionQuery } from '@coaia/client';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { parseTimeArgument } from '../../traces/time-argument.ts';

const LARGEST_PAGE = 100;

export const command = defineCommand({
  words: 'fuse sessions list',
  summary: 'List sessions, newest first',
  needs: observabilityApi,
  positionals: [],
  options: {
    from: { type: 'string', placeholder: 'TIME', summary: 'First heard of at or after' },
    to: { type: 'string', placeholder: 'TIME', summary: 'First heard of before' },
    tz: {
      type: 'string',
      placeholder: 'ZONE',
      summary: 'Zone of times that name none (default UTC)',
    },
    environment: {
      type: 'string',
      repeatable: true,
      summary: 'In this environment; may be repeated',
    },
    page: { type: 'number', default: 1, summary: 'Page, from 1' },
    limit: { type: 'number', default: 50, summary: 'Size of a page, at most 100' },
    all: { type: 'boolean', summary: 'Every page' },
    ...listOptions,
  },
  examples: ['coaia fuse sessions list', 'coaia fuse sessions list --from -7d --all --json'],
  async run(context, { options }) {
    const zone = { now: systemClock(), zone: options.tz };
    const time = (text: string | undefined) =>
      text === undefined ? undefined : parseTimeArgument(text, zone);
    const given = {
      fromTimestamp: time(options.from),
      toTimestamp: time(options.to),
      environment: options.environment,
    };
    const query = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as SessionQuery;
    const api = await openApi(context);
    const found = new Map<string, Session>();
    const limit = options.all === true ? LARGEST_PAGE : options.limit;
    for (let { page } = options; ; page++) {
      const { data, meta } = await api.listSessions({ ...query, page, limit });
      for (const session of data) found.set(session.id, session);
      if (options.all !== true || data.length === 0 || page >= meta.totalPages) break;
    }
    const rows = [...found.values()];
    context.out.list({ things: 'sessions', rows, columns: COLUMNS }, options);
  },
});

const COLUMNS: readonly Column<Session>[] = [
  { header: 'Session ID', value: ({ id }) => id },
  { header: 'Created', value: ({ createdAt }) => createdAt.slice(0, 16) },
  { header: 'Environment', value: ({ environment }) => environment, drop: 1 },
];
