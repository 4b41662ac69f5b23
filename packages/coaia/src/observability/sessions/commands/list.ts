/** `coaia fuse sessions list`: sessions, newest first. */
import { systemClock } from '#base';
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { ObservabilityApi, Paged, Session, SessionQuery } from '@coaia/client';
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
    const page =
      options.all === true
        ? await readAll(api, query)
        : await api.listSessions({ ...query, page: options.page, limit: options.limit });
    const view = { things: 'sessions', rows: page.data, columns: COLUMNS, page };
    context.out.list(view, options);
  },
});

/** Every page, joined under the meta of the whole; a session that moves meanwhile comes once. */
async function readAll(api: ObservabilityApi, query: SessionQuery): Promise<Paged<Session>> {
  const found = new Map<string, Session>();
  for (let page = 1; ; page++) {
    const { data, meta } = await api.listSessions({ ...query, page, limit: LARGEST_PAGE });
    for (const session of data) found.set(session.id, session);
    if (data.length === 0 || page >= meta.totalPages) break;
  }
  const data = [...found.values()];
  const meta = { page: 1, limit: data.length, totalItems: data.length, totalPages: 1 };
  return { data, meta };
}

const COLUMNS: readonly Column<Session>[] = [
  { header: 'Session ID', value: ({ id }) => id },
  { header: 'Created', value: ({ createdAt }) => createdAt.slice(0, 16) },
  { header: 'Environment', value: ({ environment }) => environment, drop: 1 },
];
