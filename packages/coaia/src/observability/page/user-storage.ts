/** SQL of the page's list of users. */
import type { Database, ScanOptions } from '#store';
import type { Fragment } from '../filter/fragment.ts';

/** Sort fields: SQL over the traces `t` of one user. */
export const USER_ORDERS = {
  lastSeen: 'max(t.timestamp)',
  firstSeen: 'min(t.timestamp)',
  traceCount: 'count(*)',
  errorCount: 'sum(CASE WHEN t.error_count > 0 THEN 1 ELSE 0 END)',
  errorRate: 'avg(CASE WHEN t.error_count > 0 THEN 1e0 ELSE 0e0 END)',
  totalCost: 'sum(t.total_cost)',
  totalTokens: 'sum(t.total_tokens)',
} as const;

export interface UserRow {
  readonly id: string;
  readonly traces: number;
  readonly sessions: number;
  readonly observations: number;
  readonly errors: number;
  readonly total_cost: number | null;
  readonly total_tokens: number | null;
  readonly first_seen: number;
  readonly last_seen: number;
  readonly sort_value: number | null;
}

export interface UserSelection {
  /** Traces that count. */
  readonly where: Fragment;
  readonly expression: string;
  readonly direction: 'asc' | 'desc';
  readonly after: Fragment | undefined;
  readonly limit: number;
}

/** One page of users. Reads every trace that counts, so it runs away from the event loop. */
export function readUsers(
  db: Database,
  { where, expression, direction, after, limit }: UserSelection,
  options: ScanOptions,
): Promise<readonly UserRow[]> {
  const having = after === undefined ? '' : `HAVING ${after.sql}`;
  const word = direction === 'asc' ? 'ASC' : 'DESC';
  // Whole numbers are added as doubles: their sums are decimal texts on Postgres otherwise.
  return db.scan<UserRow>(
    `SELECT t.user_id AS id, count(*) AS traces, count(DISTINCT t.session_id) AS sessions,
       sum(CAST(t.observation_count AS double precision)) AS observations,
       sum(CASE WHEN t.error_count > 0 THEN 1 ELSE 0 END) AS errors,
       sum(t.total_cost) AS total_cost, sum(t.total_tokens) AS total_tokens,
       min(t.timestamp) AS first_seen, max(t.timestamp) AS last_seen, ${expression} AS sort_value
     FROM traces t WHERE ${where.sql} GROUP BY t.user_id ${having}
     ORDER BY ${expression} ${word} NULLS LAST, t.user_id ${word} LIMIT ?`,
    [...where.parameters, ...(after?.parameters ?? []), limit],
    options,
  );
}

export interface UserScoreRow {
  readonly user_id: string;
  readonly name: string;
  readonly mean: number | null;
  readonly count: number;
}

/** Means of the scores on the traces of some users, by name. */
export function readUserScores(
  db: Database,
  projectId: string,
  userIds: readonly string[],
  options: ScanOptions,
): Promise<readonly UserScoreRow[]> {
  if (userIds.length === 0) return Promise.resolve([]);
  return db.scan<UserScoreRow>(
    `SELECT t.user_id, s.name, avg(s.value) AS mean, count(*) AS count
     FROM traces t JOIN scores s ON s.project_id = t.project_id AND s.trace_id = t.id
     WHERE t.project_id = ? AND t.user_id IS NOT NULL AND ${db.dialect.inList('t.user_id')}
     GROUP BY t.user_id, s.name ORDER BY s.name`,
    [projectId, JSON.stringify(userIds)],
    options,
  );
}
