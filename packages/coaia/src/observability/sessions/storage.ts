/** SQL of sessions. */
import type { Database, SqlValue } from '#store';
import type { StoredSession } from './session.ts';

const COLUMNS = 'project_id, id, created_at, environment';

/** Bounds of a list; times in epoch milliseconds, the upper one not included. */
export interface SessionBounds {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly environment?: readonly string[] | undefined;
}

/** One page, newest first. */
export function readSessions(
  db: Database,
  projectId: string,
  bounds: SessionBounds,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly StoredSession[]> {
  const { sql, parameters } = toSource(db, projectId, bounds);
  return db.read(`SELECT ${COLUMNS} ${sql} ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`, [
    ...parameters,
    page.limit,
    page.offset,
  ]);
}

/** How many sessions lie within the bounds. */
export async function readSessionCount(
  db: Database,
  projectId: string,
  bounds: SessionBounds,
): Promise<number> {
  const { sql, parameters } = toSource(db, projectId, bounds);
  const [row] = await db.scan<{ readonly total: number | string }>(
    `SELECT count(*) AS total ${sql}`,
    parameters,
  );
  return Number(row?.total ?? 0);
}

/** One session, or undefined. */
export async function readSession(
  db: Database,
  projectId: string,
  sessionId: string,
): Promise<StoredSession | undefined> {
  const [row] = await db.read<StoredSession>(
    `SELECT ${COLUMNS} FROM sessions WHERE project_id = ? AND id = ?`,
    [projectId, sessionId],
  );
  return row;
}

function toSource(db: Database, projectId: string, bounds: SessionBounds) {
  const conditions = ['project_id = ?'];
  const parameters: SqlValue[] = [projectId];
  if (bounds.from !== undefined) {
    conditions.push('created_at >= ?');
    parameters.push(bounds.from);
  }
  if (bounds.to !== undefined) {
    conditions.push('created_at < ?');
    parameters.push(bounds.to);
  }
  if (bounds.environment !== undefined) {
    conditions.push(db.dialect.inList('environment'));
    parameters.push(JSON.stringify(bounds.environment));
  }
  return { sql: `FROM sessions WHERE ${conditions.join(' AND ')}`, parameters };
}
