/** The page's list of sessions. */
import { toIso, type Scope } from '#base';
import { readCounter } from '../counters.ts';
import { readFailures } from '../errors.ts';
import { parseOrder } from '../list-order.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { parseListCursor, toListCursor, type KeysetOrder } from './list-cursor.ts';
import { toListFilter, toTraceWhere, type ListScope } from './list-filter.ts';
import {
  readSessionPlaces,
  readSessionScores,
  readSessionShares,
  SESSION_ORDERS,
  type SessionOrderField,
  type SessionShare,
} from './session-storage.ts';
import { toScoreLine, type ScoreLine } from './trace-line.ts';

const TIMEOUT_MS = 8000;
const ORDER_FIELDS = Object.keys(SESSION_ORDERS) as readonly SessionOrderField[];

/** One session; sums over all its traces, null where nothing is known. */
export interface SessionLine {
  readonly id: string;
  readonly createdAt: string;
  readonly environment: string;
  readonly traceCount: number;
  readonly userIds: readonly string[];
  readonly firstActivity: string;
  readonly lastActivity: string;
  readonly durationMs: number;
  readonly totalCost: number | null;
  readonly totalTokens: number | null;
  readonly errorCount: number;
  readonly scores: readonly ScoreLine[];
}

export interface SessionLinesQuery extends ListScope {
  readonly orderBy?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page; with a filter, the sessions that have a matching trace. */
export async function listSessionLines(
  ports: ObservabilityPorts,
  scope: Scope,
  query: SessionLinesQuery,
  signal: AbortSignal,
) {
  const { db } = ports;
  const { projectId } = scope;
  const order = parseSessionOrder(query.orderBy);
  const keyset = toKeyset(order);
  const filter = toListFilter(ports, query);
  const places = await readSessionPlaces(
    db,
    projectId,
    {
      order,
      limit: query.limit + 1,
      where: filter.condition === undefined ? undefined : toTraceWhere(projectId, filter),
      after: query.cursor === undefined ? undefined : parseListCursor(query.cursor, keyset),
    },
    { timeoutMs: TIMEOUT_MS, signal },
  );
  const shown = places.slice(0, query.limit);
  const last = places.length > query.limit ? shown.at(-1) : undefined;
  const isAll = filter.condition === undefined;
  return {
    data: await toSessionLines(ports, projectId, shown),
    meta: {
      ...(last === undefined ? {} : { cursor: toListCursor(keyset, last.sort_value, last.id) }),
      ...(isAll ? { total: await readCounter(db, projectId, 'sessions') } : {}),
    },
  };
}

/** Lines of the given sessions, in their order; sums take two more statements for the whole page. */
export async function toSessionLines(
  ports: ObservabilityPorts,
  projectId: string,
  rows: readonly {
    readonly id: string;
    readonly created_at: number;
    readonly environment: string;
  }[],
): Promise<readonly SessionLine[]> {
  const ids = rows.map(({ id }) => id);
  const [shares, scores] = await Promise.all([
    readSessionShares(ports.db, projectId, ids),
    readSessionScores(ports.db, projectId, ids),
  ]);
  const shared = Map.groupBy(shares, (share) => share.session_id);
  const scored = Map.groupBy(scores, (score) => score.session_id);
  return rows.map((row) => ({
    id: row.id,
    createdAt: toIso(row.created_at),
    environment: row.environment,
    ...toSums(shared.get(row.id) ?? [], row.created_at),
    scores: (scored.get(row.id) ?? []).map(toScoreLine),
  }));
}

function toSums(shares: readonly SessionShare[], createdAt: number) {
  const first = Math.min(createdAt, ...shares.map((share) => share.first_activity));
  const start = shares.length === 0 ? createdAt : Math.min(...shares.map((s) => s.first_activity));
  const lastEnd = Math.max(start, ...shares.map((share) => share.last_end));
  return {
    traceCount: addUp(shares.map((share) => Number(share.traces))) ?? 0,
    userIds: shares.flatMap(({ user_id: user }) => (user === null ? [] : [user])),
    firstActivity: toIso(shares.length === 0 ? first : start),
    lastActivity: toIso(Math.max(start, ...shares.map((share) => share.last_activity))),
    durationMs: lastEnd - start,
    totalCost: addUp(shares.map((share) => share.total_cost)),
    totalTokens: addUp(shares.map((share) => share.total_tokens)),
    errorCount: addUp(shares.map((share) => Number(share.errors))) ?? 0,
  };
}

/** Null when every part is unknown. */
function addUp(parts: readonly (number | null)[]): number | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.reduce((sum, part) => sum + part, 0);
}

function parseSessionOrder(text: string | undefined) {
  if (text === undefined) return { field: 'lastActivity', direction: 'desc' } as const;
  const order = parseOrder(text, ORDER_FIELDS);
  if (order !== undefined) return order;
  throw readFailures.create('COAIA-1025', `Sessions cannot be sorted by "${text}".`, {
    hint: `use one of ${ORDER_FIELDS.join(', ')} followed by .asc or .desc`,
  });
}

function toKeyset(order: {
  readonly field: SessionOrderField;
  readonly direction: 'asc' | 'desc';
}): KeysetOrder {
  return {
    name: `session.${order.field}.${order.direction}`,
    expression: SESSION_ORDERS[order.field],
    id: 's.id',
    direction: order.direction,
    kind: 'number',
  };
}
