/** `coaia fuse traces export`: traces as JSON lines or CSV. */
import { renderCsvRow } from '#base';
import { defineCommand } from '#surface';
import type { TraceListItem } from '@coaia/client';
import { observabilityApi } from '../../ports.ts';
import { openApi } from '../../terminal/open-api.ts';
import { toCount } from '../../terminal/numbers.ts';
import { filterOptions, readTracePages, toTraceQuery } from '../../terminal/trace-filters.ts';
import { readObservationsOf } from '../../terminal/trace-observations.ts';

const CSV_FIELDS = [
  'id',
  'timestamp',
  'name',
  'userId',
  'sessionId',
  'environment',
  'release',
  'version',
  'tags',
  'latency',
  'totalCost',
  'input',
  'output',
  'metadata',
] as const satisfies readonly (keyof TraceListItem)[];

export const command = defineCommand({
  words: 'fuse traces export',
  summary: 'Write traces as JSON lines or CSV',
  description:
    'Every trace that the filters let through, oldest first, one page in memory at a time.',
  needs: observabilityApi,
  positionals: [],
  options: {
    ...filterOptions,
    format: {
      type: 'string',
      choices: ['jsonl', 'csv'],
      default: 'jsonl',
      summary: 'jsonl or csv',
    },
    limit: { type: 'number', summary: 'At most this many (default all)' },
    'include-observations': { type: 'boolean', summary: 'With observations in full (jsonl only)' },
  },
  examples: [
    'coaia fuse traces export --from -7d > traces.jsonl',
    'coaia traces export --format csv --tags shop',
  ],
  async run(context, { options }) {
    const { out } = context;
    const query = toTraceQuery(options);
    const api = await openApi(context);
    const isCsv = options.format === 'csv';
    if (isCsv) out.line(renderCsvRow(CSV_FIELDS));
    let count = 0;
    const pages = {
      'order-by': 'timestamp.asc',
      page: undefined,
      limit: options.limit,
      all: options.limit === undefined,
    };
    for await (const page of readTracePages(api, query, pages)) {
      const traces =
        options['include-observations'] === true && !isCsv
          ? await readObservationsOf(api, page)
          : page;
      for (const trace of traces) {
        out.line(
          isCsv ? renderCsvRow(CSV_FIELDS.map((field) => trace[field])) : JSON.stringify(trace),
        );
      }
      count += traces.length;
    }
    out.notice(`Exported ${toCount(count, 'trace')}.`);
  },
});
