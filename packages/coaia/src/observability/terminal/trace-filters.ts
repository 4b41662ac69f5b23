/** Which traces a command speaks about: the filters as options, and reading every page of them. */
import { systemClock } from '#base';
import type { ObservabilityApi, TraceListItem, TraceQuery } from '@coaia/client';
import { parseTimeArgument } from '../traces/time-argument.ts';
import { toTags } from './trace-fields.ts';

export const filterOptions = {
  session: {
    type: 'string',
    aliases: ['session-id'],
    placeholder: 'ID',
    summary: 'Of this session',
  },
  user: { type: 'string', aliases: ['user-id'], placeholder: 'ID', summary: 'Of this user' },
  name: { type: 'string', summary: 'With this name' },
  tags: { type: 'list', aliases: ['tag'], summary: 'With all of these tags: a b or a,b' },
  from: { type: 'string', placeholder: 'TIME', summary: 'From this time on' },
  to: { type: 'string', placeholder: 'TIME', summary: 'Before this time' },
  version: { type: 'string', summary: 'With this version' },
  release: { type: 'string', summary: 'With this release' },
  environment: {
    type: 'string',
    repeatable: true,
    summary: 'In this environment; may be repeated',
  },
  query: {
    type: 'string',
    placeholder: 'TEXT',
    summary: 'Filter grammar of the page: level:ERROR latency:>2s (Coaia only)',
  },
  tz: {
    type: 'string',
    placeholder: 'ZONE',
    summary: 'Zone of times that name none (default UTC)',
  },
} as const;

export const pageOptions = {
  'order-by': {
    type: 'string',
    placeholder: 'FIELD.asc|desc',
    summary: 'Order (default timestamp.desc)',
  },
  page: { type: 'number', summary: 'Page, from 1' },
  limit: { type: 'number', summary: 'At most this many (default 50)' },
  all: { type: 'boolean', summary: 'Every page' },
} as const;

type Texts = 'session' | 'user' | 'name' | 'from' | 'to' | 'version' | 'release' | 'query' | 'tz';

export type FilterValues = { readonly [K in Texts]: string | undefined } & {
  readonly tags: readonly string[] | undefined;
  readonly environment: readonly string[] | undefined;
};

export interface PageValues {
  readonly 'order-by': string | undefined;
  readonly page: number | undefined;
  readonly limit: number | undefined;
  readonly all: boolean | undefined;
}

/** The query of the filters that were given. Throws COAIA-1060 for a wrong time. */
export function toTraceQuery(options: FilterValues): TraceQuery {
  const context = { now: systemClock(), zone: options.tz };
  const time = (text: string | undefined) =>
    text === undefined ? undefined : parseTimeArgument(text, context);
  const query = {
    sessionId: options.session,
    userId: options.user,
    name: options.name,
    tags: options.tags === undefined ? undefined : toTags(options.tags),
    fromTimestamp: time(options.from),
    toTimestamp: time(options.to),
    version: options.version,
    release: options.release,
    environment: options.environment,
    q: options.query,
  };
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

/** The largest page a Langfuse server gives. */
const LARGEST_PAGE = 100;

/**
 * The traces of one page, or with `all` (or a limit over 100) of as many pages as it takes, one page at a time.
 * A trace that moves to the next page while pages are read comes once.
 */
export async function* readTracePages(
  api: ObservabilityApi,
  query: TraceQuery,
  options: PageValues,
): AsyncGenerator<readonly TraceListItem[]> {
  const order = options['order-by'] === undefined ? {} : { orderBy: options['order-by'] };
  const wanted = options.all === true ? Number.POSITIVE_INFINITY : (options.limit ?? 50);
  const limit = options.all === true ? LARGEST_PAGE : Math.min(LARGEST_PAGE, wanted);
  const seen = new Set<string>();
  for (let page = options.page ?? 1; ; page++) {
    const answer = await api.listTraces({ ...query, ...order, page, limit });
    const fresh = answer.data.filter(({ id }) => !seen.has(id)).slice(0, wanted - seen.size);
    for (const { id } of fresh) seen.add(id);
    yield fresh;
    const isLast = page >= (answer.meta.totalPages ?? 0) || answer.data.length === 0;
    if (isLast || seen.size >= wanted) return;
  }
}

/** All pages joined. */
export async function readTraces(
  api: ObservabilityApi,
  query: TraceQuery,
  options: PageValues,
): Promise<readonly TraceListItem[]> {
  const traces: TraceListItem[] = [];
  for await (const page of readTracePages(api, query, options)) traces.push(...page);
  return traces;
}
