/** The page's list of traces: by cursor, with previews. */
import type { Scope } from '#base';
import { readCounter } from '../counters.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { readScoreMarks } from '../scores/storage.ts';
import { readTraces, TRACE_ORDERS, type TraceOrder } from '../traces/storage.ts';
import type { StoredTrace } from '../traces/trace.ts';
import { parseTraceOrder } from '../traces/traces.ts';
import {
  parseListCursor,
  parseIndexedCursor,
  toListCursor,
  type KeysetOrder,
} from './list-cursor.ts';
import { addCondition, toListFilter, type ListScope } from './list-filter.ts';
import { toTracePreviewLine, type TracePreviewLine } from './trace-line.ts';

export interface TraceLinesQuery extends ListScope {
  readonly orderBy?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** `total` only when nothing narrows the list: then a maintained counter knows it. */
export interface TraceLines {
  readonly data: readonly TracePreviewLine[];
  readonly meta: { readonly cursor?: string; readonly total?: number };
}

/** One page of lines after a cursor. */
export async function listTraceLines(
  ports: ObservabilityPorts,
  scope: Scope,
  query: TraceLinesQuery,
): Promise<TraceLines> {
  const order = parseTraceOrder(query.orderBy);
  const keyset = toKeyset(order);
  const filter = toListFilter(ports, query);
  const [lines, total] = await Promise.all([
    readLines(ports, scope, {
      filter: addCondition(filter, toAfter(query.cursor, keyset)),
      order,
      limit: query.limit,
      keyset,
    }),
    filter.condition === undefined ? readCounter(ports.db, scope.projectId, 'traces') : undefined,
  ]);
  return { data: lines.data, meta: { ...lines.meta, ...(total === undefined ? {} : { total }) } };
}

function toAfter(cursor: string | undefined, keyset: KeysetOrder) {
  if (cursor === undefined) return undefined;
  return keyset.expression === 't.timestamp'
    ? parseIndexedCursor(cursor, keyset)
    : parseListCursor(cursor, keyset);
}

interface LinesSelection {
  readonly filter: ReturnType<typeof toListFilter>;
  readonly order: TraceOrder;
  readonly keyset: KeysetOrder;
  readonly limit: number;
}

async function readLines(ports: ObservabilityPorts, scope: Scope, selection: LinesSelection) {
  const { filter, order, limit, keyset } = selection;
  const rows = await readTraces(ports.db, scope.projectId, {
    filter,
    order,
    limit: limit + 1,
    offset: 0,
    content: 'preview',
  });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    data: await toTraceLines(ports, scope, shown),
    meta:
      last === undefined ? {} : { cursor: toListCursor(keyset, toSortValue(last, order), last.id) },
  };
}

/** Lines with their scores, which take one more statement for the whole page. */
export async function toTraceLines(
  ports: ObservabilityPorts,
  scope: Scope,
  rows: readonly StoredTrace[],
): Promise<readonly TracePreviewLine[]> {
  const marks = await readScoreMarks(
    ports.db,
    scope.projectId,
    rows.map(({ id }) => id),
  );
  const byTrace = Map.groupBy(marks, (mark) => mark.trace_id);
  return rows.map((row) => toTracePreviewLine(row, byTrace.get(row.id) ?? []));
}

const TEXT_ORDERS: ReadonlySet<string> = new Set([
  'id',
  'name',
  'userId',
  'sessionId',
  'release',
  'version',
]);

function toKeyset({ field, direction }: TraceOrder): KeysetOrder {
  return {
    name: `${field}.${direction}`,
    expression: TRACE_ORDERS[field],
    id: 't.id',
    direction,
    kind: TEXT_ORDERS.has(field) ? 'text' : 'number',
  };
}

const SORT_VALUES: Readonly<
  Record<TraceOrder['field'], (row: StoredTrace) => string | number | null>
> = {
  timestamp: (row) => row.timestamp,
  id: (row) => row.id,
  name: (row) => row.name,
  userId: (row) => row.user_id,
  sessionId: (row) => row.session_id,
  release: (row) => row.release,
  version: (row) => row.version,
  public: (row) => row.public,
  bookmarked: (row) => row.bookmarked,
  latency: (row) =>
    row.end_time === null || row.start_time === null ? null : row.end_time - row.start_time,
  totalCost: (row) => row.total_cost,
  totalTokens: (row) => row.total_tokens,
  observationCount: (row) => row.observation_count,
};

function toSortValue(row: StoredTrace, order: TraceOrder): string | number | null {
  return SORT_VALUES[order.field](row);
}
