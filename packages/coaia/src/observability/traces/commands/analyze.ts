/** `coaia fuse traces analyze`: counts, durations, cost and failures of many traces, in groups. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import { observabilityApi } from '../../ports.ts';
import { toDuration, toMoney } from '../../terminal/numbers.ts';
import { openApi } from '../../terminal/open-api.ts';
import { filterOptions, readTraces, toTraceQuery } from '../../terminal/trace-filters.ts';
import { GROUPINGS, toTraceSummaries } from '../trace-summaries.ts';
import type { Grouping, TraceSummary } from '../trace-summaries.ts';

export const command = defineCommand({
  words: 'fuse traces analyze',
  summary: 'Count, time and price traces in groups',
  description: 'Every trace that the filters let through, up to --limit of the newest.',
  needs: observabilityApi,
  positionals: [],
  options: {
    ...filterOptions,
    by: {
      type: 'string',
      choices: [...GROUPINGS],
      default: 'name',
      summary: `What the groups share: ${GROUPINGS.join(', ')}`,
    },
    limit: { type: 'number', default: 10_000, summary: 'At most this many traces' },
    ...listOptions,
  },
  examples: [
    'coaia fuse traces analyze --from -7d',
    'coaia fuse traces analyze --by day --name checkout --csv',
  ],
  async run(context, { options }) {
    const pages = { 'order-by': undefined, page: undefined, limit: options.limit, all: undefined };
    const traces = await readTraces(await openApi(context), toTraceQuery(options), pages);
    const rows = toTraceSummaries(traces, options.by as Grouping);
    context.out.list({ things: 'groups', rows, columns: toColumns(options.by) }, options);
  },
});

function toColumns(by: string): readonly Column<TraceSummary>[] {
  const seconds = (value: number) => toDuration(value * 1000);
  return [
    { header: `${by[0]?.toUpperCase()}${by.slice(1)}`, value: ({ group }) => group ?? 'N/A' },
    { header: 'Traces', value: ({ traces }) => String(traces), align: 'right' },
    {
      header: 'Observations',
      value: ({ observations }) => String(observations),
      align: 'right',
      drop: 2,
    },
    { header: 'Errors', value: ({ errors }) => String(errors ?? 'N/A'), align: 'right' },
    { header: 'p50', value: ({ p50 }) => seconds(p50), align: 'right' },
    { header: 'p95', value: ({ p95 }) => seconds(p95), align: 'right' },
    { header: 'Longest', value: ({ longest }) => seconds(longest), align: 'right', drop: 1 },
    { header: 'Cost', value: ({ cost }) => toMoney(cost), align: 'right' },
  ];
}
