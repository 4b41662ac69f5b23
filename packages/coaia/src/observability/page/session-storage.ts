/** SQL of the page's list of sessions. */
import type { Database, ScanOptions, SqlValue } from '#store';
import type { Fragment } from '../filter/fragment.ts';

/** Sort fields: SQL over a session `s` joined with its traces `t`. */
export const SESSION_ORDERS = {
  lastActivity: 'coalesce(max(t.timestamp), s.created_at)',
  createdAt: 's.created_at',
  traceCount: 'count(t.id)',
  errorCount: 'coalesce(sum(t.error_count), 0)',
  totalCost: 'sum(t.total_cost)',
  totalTokens: 'sum(t.total_tokens)',
  duration: 'max(coalesce(t.end_time, t.timestamp)) - min(t.timestamp)',
} as const;

export type SessionOrderField = keyof typeof SESSION_ORDERS;

/** A session's place in the list. */
export interface SessionPlace {
  readonly id: string;
  readonly created_at: number;
  readonly environment: string;
  readonly sort_value: number | null;
}

export interface SessionSelection {
  readonly order: { readonly field: SessionOrderField; readonly direction: 'asc' | 'desc' };
  readonly limit: number;
  /** Sessions with at least one trace that matches; absent: all. */
  readonly where: Fragment | undefined;
  readonly after: Fragment | undefined;
}

/** Ids of one page in order. Reads every session's index entries, so it runs away from the event loop. */
export function readSessionPlaces(
  db: Database,
  projectId: string,
  selection: SessionSelection,
  options: ScanOptions,
): Promise<readonly SessionPlace[]> {
  const { where, after, order } = selection;
  const expression = SESSION_ORDERS[order.field];
  const direction = order.direction === 'asc' ? 'ASC' : 'DESC';
  const matching =
    where === undefined
      ? ''
      : ` AND s.id IN (SELECT t.session_id FROM traces t WHERE ${where.sql})`;
  const having = after === undefined ? '' : ` HAVING ${after.sql}`;
  const parameters: SqlValue[] = [
    projectId,
    ...(where?.parameters ?? []),
    ...(after?.parameters ?? []),
    selection.limit,
  ];
  return db.scan(
    `SELECT s.id, s.created_at, s.environment, ${expression} AS sort_value
     FROM sessions s LEFT JOIN traces t ON t.project_id = s.project_id AND t.session_id = s.id
     WHERE s.project_id = ?${matching} GROUP BY s.project_id, s.id, s.created_at, s.environment${having}
     ORDER BY ${expression} ${direction} NULLS LAST, s.id ${direction} LIMIT ?`,
    parameters,
    options,
  );
}

/** Sums over one user's traces in one session. */
export interface SessionShare {
  readonly session_id: string;
  readonly user_id: string | null;
  readonly traces: number | string;
  readonly first_activity: number;
  readonly last_activity: number;
  readonly last_end: number;
  readonly total_cost: number | null;
  readonly total_tokens: number | null;
  readonly errors: number | string;
}

/** What the traces of some sessions add up to, by session and user. */
export function readSessionShares(
  db: Database,
  projectId: string,
  sessionIds: readonly string[],
): Promise<readonly SessionShare[]> {
  if (sessionIds.length === 0) return Promise.resolve([]);
  return db.read(
    `SELECT session_id, user_id, count(*) AS traces, min(timestamp) AS first_activity, max(timestamp) AS last_activity,
       max(coalesce(end_time, timestamp)) AS last_end, sum(total_cost) AS total_cost, sum(total_tokens) AS total_tokens,
       sum(error_count) AS errors
     FROM traces WHERE project_id = ? AND session_id IS NOT NULL AND ${db.dialect.inList('session_id')}
     GROUP BY session_id, user_id ORDER BY min(timestamp)`,
    [projectId, JSON.stringify(sessionIds)],
  );
}

/** Scores given to sessions as a whole. */
export function readSessionScores(
  db: Database,
  projectId: string,
  sessionIds: readonly string[],
): Promise<
  readonly {
    readonly session_id: string;
    readonly name: string;
    readonly value: number | null;
    readonly string_value: string | null;
    readonly data_type: string;
  }[]
> {
  if (sessionIds.length === 0) return Promise.resolve([]);
  return db.read(
    `SELECT session_id, name, value, string_value, data_type FROM scores
     WHERE project_id = ? AND session_id IS NOT NULL AND ${db.dialect.inList('session_id')} ORDER BY timestamp, id`,
    [projectId, JSON.stringify(sessionIds)],
  );
}
