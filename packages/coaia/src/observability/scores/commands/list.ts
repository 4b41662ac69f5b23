/** `coaia fuse scores list`: scores of every subject, newest first. */
import { systemClock } from '#base';
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { ScoreItem, ScoreQuery, ScoresApi } from '@coaia/client';
import { scoresApi } from '../../ports.ts';
import { toTags } from '../../terminal/trace-fields.ts';
import { parseTimeArgument } from '../../traces/time-argument.ts';

const filterOptions = {
  'trace-id': { type: 'string', aliases: ['trace'], placeholder: 'ID', summary: 'Of this trace' },
  'observation-id': { type: 'string', placeholder: 'ID', summary: 'Of this observation' },
  'session-id': {
    type: 'string',
    aliases: ['session'],
    placeholder: 'ID',
    summary: 'Of this session',
  },
  'dataset-run-id': { type: 'string', placeholder: 'ID', summary: 'Of this dataset run' },
  user: {
    type: 'string',
    aliases: ['user-id'],
    placeholder: 'ID',
    summary: 'Of traces of this user',
  },
  name: { type: 'string', summary: 'With this name' },
  'config-id': { type: 'string', placeholder: 'ID', summary: 'By this score config' },
  'queue-id': { type: 'string', placeholder: 'ID', summary: 'From this annotation queue' },
  tags: {
    type: 'list',
    aliases: ['trace-tags', 'tag'],
    summary: 'Of traces with all of these tags',
  },
  source: { type: 'string', choices: ['API', 'ANNOTATION', 'EVAL'], summary: 'Written by' },
  'data-type': {
    type: 'string',
    choices: ['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT', 'CORRECTION'],
    summary: 'With this data type',
  },
  environment: {
    type: 'string',
    repeatable: true,
    summary: 'In this environment; may be repeated',
  },
  from: { type: 'string', placeholder: 'TIME', summary: 'From this time on' },
  to: { type: 'string', placeholder: 'TIME', summary: 'Before this time' },
  tz: {
    type: 'string',
    placeholder: 'ZONE',
    summary: 'Zone of times that name none (default UTC)',
  },
} as const;

export const command = defineCommand({
  words: 'fuse scores list',
  summary: 'List scores, newest first',
  description: 'All pages, unless --page or --limit asks for a part.',
  needs: scoresApi,
  positionals: [],
  options: {
    ...filterOptions,
    page: { type: 'number', summary: 'Only this page, from 1' },
    limit: { type: 'number', summary: 'At most this many' },
    all: { type: 'boolean', summary: 'Every page, which is the default' },
    ...listOptions,
  },
  examples: ['coaia fuse scores list --json', 'coaia fuse sc list --name accuracy --from -7d'],
  async run(context, { options }) {
    const times = { now: systemClock(), zone: options.tz };
    const query = toGivenQuery({
      traceId: options['trace-id'],
      observationId: options['observation-id'],
      sessionId: options['session-id'],
      datasetRunId: options['dataset-run-id'],
      userId: options.user,
      name: options.name,
      configId: options['config-id'],
      queueId: options['queue-id'],
      traceTags: options.tags === undefined ? undefined : toTags(options.tags),
      source: options.source,
      dataType: options['data-type'],
      environment: options.environment,
      fromTimestamp:
        options.from === undefined ? undefined : parseTimeArgument(options.from, times),
      toTimestamp: options.to === undefined ? undefined : parseTimeArgument(options.to, times),
    });
    const scores = await readScores(await context.open(), query, options);
    context.out.list({ things: 'scores', rows: scores, columns: SCORE_COLUMNS }, options);
  },
});

function toGivenQuery(query: { readonly [K in keyof ScoreQuery]: ScoreQuery[K] | undefined }) {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined),
  ) as ScoreQuery;
}

const LARGEST_PAGE = 100;

/** One page when it is named, otherwise as many as it takes. */
async function readScores(
  api: ScoresApi,
  query: ScoreQuery,
  options: { readonly page: number | undefined; readonly limit: number | undefined },
): Promise<readonly ScoreItem[]> {
  const { page, limit } = options;
  if (page !== undefined)
    return (await api.listScores({ ...query, page, limit: limit ?? 50 })).data;
  const wanted = limit ?? Number.POSITIVE_INFINITY;
  const scores = new Map<string, ScoreItem>();
  for (let next = 1; scores.size < wanted; next++) {
    const size = Math.min(LARGEST_PAGE, wanted);
    const { data, meta } = await api.listScores({ ...query, page: next, limit: size });
    for (const score of data) scores.set(score.id, score);
    if (data.length === 0 || next >= (meta.totalPages ?? 0)) break;
  }
  return [...scores.values()].slice(0, Math.min(wanted, scores.size));
}

/** Columns of CoAiAPy's table; ids are never cut, and zero is a value. */
export const SCORE_COLUMNS: readonly Column<ScoreItem>[] = [
  { header: 'ID', value: ({ id }) => id, minWidth: 8 },
  { header: 'Name', value: ({ name }) => name, minWidth: 15 },
  { header: 'Value', value: (score) => toShownValue(score), minWidth: 8 },
  { header: 'Created', value: ({ timestamp }) => timestamp.slice(0, 16), minWidth: 16 },
  { header: 'Trace ID', value: ({ traceId }) => traceId ?? 'N/A', minWidth: 12, drop: 1 },
];

/** The label of a category, the word of a boolean, the text, or the number. */
export function toShownValue({ value, stringValue }: ScoreItem): string {
  if (typeof stringValue === 'string' && stringValue !== '') return stringValue;
  return value === undefined || value === null ? 'N/A' : String(value);
}
