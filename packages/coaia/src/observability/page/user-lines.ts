/** The page's list of users: what each person's traces add up to. */
import { toIso, type Scope } from '#base';
import { readFailures } from '../errors.ts';
import { parseOrder } from '../list-order.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { parseListCursor, toListCursor, type KeysetOrder } from './list-cursor.ts';
import { addCondition, toListFilter, toTraceWhere, type ListScope } from './list-filter.ts';
import { fragment } from '../filter/fragment.ts';
import { readUserScores, readUsers, USER_ORDERS, type UserRow } from './user-storage.ts';

const TIMEOUT_MS = 8000;
const ORDER_FIELDS = Object.keys(USER_ORDERS) as readonly (keyof typeof USER_ORDERS)[];

/** Mean of a user's scores with one name; a yes counts 1. */
export interface UserScore {
  readonly name: string;
  readonly mean: number | null;
  readonly count: number;
}

/** One user; sums over the traces that match, null where nothing is known. */
export interface UserLine {
  readonly id: string;
  readonly traceCount: number;
  readonly sessionCount: number;
  readonly observationCount: number;
  /** Traces with at least one error. */
  readonly errorCount: number;
  /** Share of those, 0 to 1. */
  readonly errorRate: number;
  readonly totalCost: number | null;
  readonly totalTokens: number | null;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly scores: readonly UserScore[];
}

export interface UserLinesQuery extends ListScope {
  readonly orderBy?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One page of users, the last seen first unless asked otherwise. */
export async function listUserLines(
  ports: ObservabilityPorts,
  scope: Scope,
  query: UserLinesQuery,
  signal: AbortSignal,
) {
  const { db } = ports;
  const { projectId } = scope;
  const keyset = toKeyset(query.orderBy);
  const filter = addCondition(toListFilter(ports, query), fragment('t.user_id IS NOT NULL'));
  const options = { timeoutMs: TIMEOUT_MS, signal };
  const selection = {
    where: toTraceWhere(projectId, filter),
    expression: keyset.expression,
    direction: keyset.direction,
    after: query.cursor === undefined ? undefined : parseListCursor(query.cursor, keyset),
    limit: query.limit + 1,
  };
  const rows = await readUsers(db, selection, options);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  const ids = shown.map(({ id }) => id);
  const scores = await readUserScores(db, projectId, ids, options);
  const scored = Map.groupBy(scores, (score) => score.user_id);
  return {
    data: shown.map((row) => toUserLine(row, scored.get(row.id) ?? [])),
    meta: last === undefined ? {} : { cursor: toListCursor(keyset, last.sort_value, last.id) },
  };
}

function toUserLine(
  row: UserRow,
  scores: readonly {
    readonly name: string;
    readonly mean: number | null;
    readonly count: number;
  }[],
): UserLine {
  return {
    id: row.id,
    traceCount: row.traces,
    sessionCount: row.sessions,
    observationCount: row.observations,
    errorCount: row.errors,
    errorRate: row.errors / row.traces,
    totalCost: row.total_cost,
    totalTokens: row.total_tokens,
    firstSeen: toIso(row.first_seen),
    lastSeen: toIso(row.last_seen),
    scores: scores.map(({ name, mean, count }) => ({ name, mean, count })),
  };
}

function toKeyset(orderBy: string | undefined): KeysetOrder {
  const order = orderBy === undefined ? PRESET : parseOrder(orderBy, ORDER_FIELDS);
  if (order === undefined) {
    throw readFailures.create('COAIA-1025', `Users cannot be sorted by "${orderBy}".`, {
      hint: `use one of ${ORDER_FIELDS.join(', ')} followed by .asc or .desc`,
    });
  }
  return {
    name: `user.${order.field}.${order.direction}`,
    expression: USER_ORDERS[order.field],
    id: 't.user_id',
    direction: order.direction,
    kind: 'number',
  };
}

const PRESET = { field: 'lastSeen', direction: 'desc' } as const;
