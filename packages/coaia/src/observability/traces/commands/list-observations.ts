/** `coaia fuse observations`: observations, of one trace or of all. */
import { systemClock } from '#base';
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { Observation, ObservationQuery } from '@coaia/client';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { findTraceId } from '../../terminal/find-trace.ts';
import { toDuration } from '../../terminal/numbers.ts';
import { OBSERVATION_LEVELS, OBSERVATION_TYPES } from '../../terminal/observation-types.ts';
import { findDuration, toStatus, toTokens } from '../../terminal/trace-facts.ts';
import { parseTimeArgument } from '../time-argument.ts';

export const command = defineCommand({
  words: 'fuse observations list',
  summary: 'List observations',
  needs: observabilityApi,
  positionals: [{ name: 'traceId', summary: 'Of this trace, or @last' }],
  options: {
    'trace-id': { type: 'string', placeholder: 'ID', summary: 'The same as the argument' },
    type: {
      type: 'string',
      short: 't',
      choices: OBSERVATION_TYPES,
      placeholder: 'TYPE',
      summary: 'Of this type',
    },
    name: { type: 'string', short: 'n', summary: 'With this name' },
    user: {
      type: 'string',
      short: 'u',
      aliases: ['user-id'],
      placeholder: 'ID',
      summary: 'Of this user',
    },
    level: {
      type: 'string',
      choices: OBSERVATION_LEVELS,
      placeholder: 'LEVEL',
      summary: 'Of this level',
    },
    parent: { type: 'string', short: 'p', placeholder: 'ID', summary: 'Below this observation' },
    from: { type: 'string', placeholder: 'TIME', summary: 'Started at or after' },
    to: { type: 'string', placeholder: 'TIME', summary: 'Started before' },
    tz: {
      type: 'string',
      placeholder: 'ZONE',
      summary: 'Zone of times that name none (default UTC)',
    },
    page: { type: 'number', default: 1, summary: 'Page, from 1' },
    limit: { type: 'number', default: 50, summary: 'Size of a page, at most 100' },
    all: { type: 'boolean', summary: 'Every page' },
    ...listOptions,
  },
  examples: [
    'coaia fuse observations list @last',
    'coaia fuse observations list --level ERROR --from -1h --json',
  ],
  async run(context, { options, args }) {
    const zone = { now: systemClock(), zone: options.tz };
    const time = (text: string | undefined) =>
      text === undefined ? undefined : parseTimeArgument(text, zone);
    const given = {
      type: options.type,
      name: options.name,
      userId: options.user,
      level: options.level,
      parentObservationId: options.parent,
      fromStartTime: time(options.from),
      toStartTime: time(options.to),
    };
    const api = await openApi(context);
    const trace = options['trace-id'] ?? args.traceId;
    const query: ObservationQuery = {
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      ...(trace === undefined ? {} : { traceId: await findTraceId(api, trace) }),
    };
    const found: Observation[] = [];
    const limit = options.all === true ? 100 : options.limit;
    for (let { page } = options; ; page++) {
      const answer = await api.listObservations({ ...query, page, limit });
      found.push(...answer.data);
      if (options.all !== true || answer.data.length === 0 || page >= answer.meta.totalPages) break;
    }
    context.out.list({ things: 'observations', rows: found, columns: COLUMNS }, options);
  },
});

const COLUMNS: readonly Column<Observation>[] = [
  { header: 'Type', value: ({ type }) => type },
  { header: 'Name', value: ({ name }) => name ?? 'N/A' },
  { header: 'Started', value: ({ startTime }) => startTime.slice(0, 19) },
  { header: 'Duration', value: (one) => toDuration(findDuration(one)), align: 'right' },
  { header: 'Status', value: (one) => toStatus(one) },
  { header: 'Tokens', value: (one) => String(toTokens(one)), align: 'right', drop: 3 },
  { header: 'Observation ID', value: ({ id }) => id },
  { header: 'Trace ID', value: ({ traceId }) => traceId ?? 'N/A', drop: 2 },
];
