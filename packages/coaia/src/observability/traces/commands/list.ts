/** `coaia fuse traces`: the traces, newest first. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { TraceListItem } from '@coaia/client';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import {
  filterOptions,
  pageOptions,
  readTraces,
  toTraceQuery,
} from '../../terminal/trace-filters.ts';
import { readObservationsOf } from '../../terminal/trace-observations.ts';
import type { TraceWithObservations } from '../../terminal/trace-observations.ts';

export const command = defineCommand({
  words: 'fuse traces list',
  summary: 'List traces, newest first',
  needs: observabilityApi,
  positionals: [
    {
      name: 'filter',
      summary: 'Filter grammar of the page, as --query: level:ERROR latency:>2s (Coaia only)',
      variadic: true,
    },
  ],
  options: {
    ...filterOptions,
    ...pageOptions,
    'include-observations': {
      type: 'boolean',
      summary: 'With the observations of every trace, by one query',
      compat: true,
    },
    ...listOptions,
  },
  examples: [
    'coaia fuse traces',
    'coaia fuse traces list --session chat-7 --from -2h --json',
    'coaia traces list --tags a,b --all --order-by timestamp.asc',
    "coaia traces list 'level:ERROR latency:>2s'",
  ],
  async run(context, { options, args }) {
    const filter = [options.query, ...args.filter].filter((text) => text !== undefined);
    const query = toTraceQuery({
      ...options,
      query: filter.length === 0 ? undefined : filter.join(' '),
    });
    const api = await openApi(context);
    const found = await readTraces(api, query, options);
    const traces =
      options['include-observations'] === true ? await readObservationsOf(api, found) : found;
    context.out.list<TraceListItem | TraceWithObservations>(
      { things: 'traces', rows: traces, columns: TRACE_COLUMNS },
      options,
    );
  },
});

/** Columns of CoAiAPy's table; ids are never cut. */
export const TRACE_COLUMNS: readonly Column<TraceListItem | TraceWithObservations>[] = [
  { header: 'Name', value: ({ name }) => name ?? 'N/A' },
  { header: 'User ID', value: ({ userId }) => userId ?? 'N/A', drop: 4 },
  { header: 'Started', value: ({ timestamp }) => timestamp.slice(0, 16) },
  { header: 'Status', value: (trace) => toStatus(trace) },
  { header: 'Session ID', value: ({ sessionId }) => sessionId ?? 'N/A', drop: 3 },
  { header: 'Trace ID', value: ({ id }) => id },
  { header: 'Release', value: ({ release }) => release ?? 'N/A', drop: 6 },
  { header: 'Version', value: ({ version }) => version ?? 'N/A', drop: 5 },
  {
    header: 'Observations',
    value: ({ observations }) => `${observations.length} observations`,
    drop: 2,
  },
];

const LEVELS = ['ERROR', 'WARNING'] as const;

/** The worst level of its observations where it is known: Coaia's lists say it, Langfuse's do not. */
function toStatus(trace: TraceListItem | TraceWithObservations): string {
  if ('level' in trace && typeof trace.level === 'string') return trace.level;
  const levels = (trace.observations as readonly unknown[]).map(
    (one) => (one as { readonly level?: string }).level,
  );
  return (
    LEVELS.find((level) => levels.includes(level)) ?? (levels.some(Boolean) ? 'DEFAULT' : 'N/A')
  );
}
