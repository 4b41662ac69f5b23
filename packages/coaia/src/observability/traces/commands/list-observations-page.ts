/** `coaia fuse traces list-observations`: one page of observations in the second form of the API. */
import { systemClock } from '#base';
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { ObservationV2, ObservationV2Query } from '@coaia/client';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { OBSERVATION_TYPES } from '../../terminal/observation-types.ts';
import { parseTimeArgument } from '../time-argument.ts';

export const command = defineCommand({
  words: 'fuse traces list-observations',
  summary: 'List observations page by page, with a cursor',
  description:
    'Prints the answer of the API, a table on a terminal. Its meta.cursor, given with --cursor, leads to the next page; the last page has none. `fuse observations list` reads all pages.',
  needs: observabilityApi,
  positionals: [],
  options: {
    'trace-id': { type: 'string', placeholder: 'ID', summary: 'Of this trace', compat: true },
    name: { type: 'string', summary: 'With this name', compat: true },
    type: {
      type: 'string',
      choices: OBSERVATION_TYPES,
      placeholder: 'TYPE',
      summary: 'Of this type',
      compat: true,
    },
    limit: { type: 'number', default: 50, summary: 'At most this many', compat: true },
    cursor: { type: 'string', summary: 'Where the page before ended', compat: true },
    environment: { type: 'string', summary: 'In this environment', compat: true },
    user: { type: 'string', aliases: ['user-id'], placeholder: 'ID', summary: 'Of this user' },
    from: { type: 'string', placeholder: 'TIME', summary: 'Started at or after' },
    to: { type: 'string', placeholder: 'TIME', summary: 'Started before' },
    ...listOptions,
  },
  examples: ['coaia fuse traces list-observations --trace-id t1 --limit 10'],
  async run(context, { options }) {
    const time = (text: string | undefined) =>
      text === undefined ? undefined : parseTimeArgument(text, { now: systemClock(), zone: 'UTC' });
    const given = {
      traceId: options['trace-id'],
      name: options.name,
      type: options.type,
      cursor: options.cursor,
      userId: options.user,
      environment: options.environment === undefined ? undefined : [options.environment],
      fromStartTime: time(options.from),
      toStartTime: time(options.to),
      limit: options.limit,
    };
    const query = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as ObservationV2Query;
    const page = await (await openApi(context)).listObservationsV2(query);
    context.out.list(
      { things: 'observations', rows: page.data, columns: COLUMNS, page, isJsonInPipes: true },
      options,
    );
  },
});

const toCell = (value: unknown) => (typeof value === 'string' ? value : 'N/A');

const COLUMNS: readonly Column<ObservationV2>[] = [
  { header: 'Type', value: (one) => toCell(one['type']) },
  { header: 'Name', value: (one) => toCell(one['name']) },
  { header: 'Started', value: (one) => toCell(one['startTime']).slice(0, 19) },
  { header: 'Observation ID', value: ({ id }) => toCell(id) },
  { header: 'Trace ID', value: (one) => toCell(one['traceId']), drop: 1 },
];
