/** Counts of the values that a list of traces holds, for the sidebar. Runs away from the event loop. */
import type { Scope } from '#base';
import type { SqlValue } from '#store';
import { TRACE_LEVEL } from '../filter/trace-fields.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { toListFilter, toTraceWhere, type ListScope } from './list-filter.ts';

/** Newest matching traces that are counted; more make the answer "truncated". */
const TRACE_BOUND = 50_000;
/** Newest traces whose observations are looked at for models and types. */
const OBSERVED_BOUND = 2000;
const TOP = 20;
const TIMEOUT_MS = 8000;

/** Facets that are columns of the trace, by the name the page knows. */
const COLUMNS = {
  environment: 'environment',
  name: 'name',
  level: 'level',
  userId: 'user_id',
  sessionId: 'session_id',
  release: 'release',
  version: 'version',
} as const;

const FACETS = [...Object.keys(COLUMNS), 'tags', 'model', 'type'];

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

export interface TraceFacets {
  /** Matching traces; when truncated, the number that was counted. */
  readonly total: number;
  readonly facets: Readonly<Record<string, readonly FacetValue[]>>;
  readonly truncated: boolean;
}

interface FacetRow {
  readonly facet: string;
  readonly value: string | null;
  readonly count: number | string;
}

/** Counts per value, the twenty most frequent of each facet; models and types count traces, not observations. */
export async function listTraceFacets(
  ports: ObservabilityPorts,
  scope: Scope,
  list: ListScope,
  signal: AbortSignal,
): Promise<TraceFacets> {
  const where = toTraceWhere(scope.projectId, toListFilter(ports, list));
  const { sql, parameters } = toStatement(ports, where.sql, where.parameters, scope.projectId);
  const rows = await ports.db.scan<FacetRow>(sql, parameters, { timeoutMs: TIMEOUT_MS, signal });
  const total = Number(rows.find(({ facet }) => facet === 'total')?.count ?? 0);
  const facets = Object.fromEntries(
    FACETS.map((name) => [name, toValues(rows.filter(({ facet }) => facet === name))]),
  );
  const counted = Math.min(total, TRACE_BOUND);
  return { total: counted, facets, truncated: total > TRACE_BOUND || total > OBSERVED_BOUND };
}

/** Most frequent first. */
function toValues(rows: readonly FacetRow[]): readonly FacetValue[] {
  return rows
    .flatMap(({ value, count }) => (value === null ? [] : [{ value, count: Number(count) }]))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** One statement: the matching traces once, then one count per facet over them. */
function toStatement(
  ports: ObservabilityPorts,
  where: string,
  values: readonly SqlValue[],
  projectId: string,
) {
  const { dialect } = ports.db;
  const columns = Object.entries(COLUMNS).map(([facet, column]) =>
    toTop(facet, column, 'count(*)', `matched WHERE ${column} IS NOT NULL`),
  );
  const observed = ['model', 'type'].map((column) =>
    toTop(
      column,
      `o.${column}`,
      'count(DISTINCT o.trace_id)',
      `newest CROSS JOIN observations o WHERE o.project_id = ? AND o.trace_id = newest.id AND o.${column} IS NOT NULL`,
    ),
  );
  const tags = toTop(
    'tags',
    'tag.value',
    'count(*)',
    `matched CROSS JOIN ${dialect.jsonArrayRows('matched.tags', 'tag')} WHERE matched.tags <> '[]'`,
  );
  const sql = `WITH matched AS MATERIALIZED (
      SELECT t.id, t.timestamp, t.environment, t.name, t.user_id, t.session_id, t.release, t.version, t.tags, ${TRACE_LEVEL} AS level
      FROM traces t WHERE ${where} ORDER BY t.timestamp DESC, t.id DESC LIMIT ${TRACE_BOUND + 1}),
    newest AS MATERIALIZED (SELECT id FROM matched ORDER BY timestamp DESC LIMIT ${OBSERVED_BOUND})
    SELECT 'total' AS facet, NULL AS value, count(*) AS count FROM matched
    UNION ALL ${[...columns, tags, ...observed].join(' UNION ALL ')}`;
  return { sql, parameters: [...values, ...observed.map(() => projectId)] };
}

function toTop(facet: string, value: string, count: string, source: string): string {
  return `SELECT facet, value, count FROM (SELECT '${facet}' AS facet, ${value} AS value, ${count} AS count
    FROM ${source} GROUP BY ${value} ORDER BY count DESC, value LIMIT ${TOP}) AS top_${facet.toLowerCase()}`;
}
