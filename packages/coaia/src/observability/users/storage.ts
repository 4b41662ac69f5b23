/** SQL of what belongs to one user: everything hangs on the traces that name the user. */
import type { Database, Dialect, Transaction } from '#store';

/** Postgres gives counts as texts. */
type Total = number | string;

const OF_USER = '(SELECT t.id FROM traces t WHERE t.project_id = ? AND t.user_id = ?)';

/** Sessions in which nobody but the user has traces. */
const OWN_SESSIONS = `(SELECT DISTINCT t.session_id FROM traces t
  WHERE t.project_id = ? AND t.user_id = ? AND t.session_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM traces o WHERE o.project_id = t.project_id AND o.session_id = t.session_id
      AND (o.user_id IS NULL OR o.user_id <> t.user_id)))`;

/** What hangs on a user's traces; sessions are those that are the user's alone. */
export interface UserCounts {
  readonly traces: number;
  readonly observations: number;
  readonly scores: number;
  readonly sessions: number;
  readonly comments: number;
  readonly media: number;
}

/** What erasing the user would delete. Reads much, so it runs away from the event loop. */
export async function readUserCounts(
  db: Database,
  projectId: string,
  userId: string,
): Promise<UserCounts> {
  const one = [projectId, userId] as const;
  const count = async (sql: string, parameters: readonly string[]) => {
    const [row] = await db.scan<{ readonly n: Total }>(`SELECT count(*) AS n ${sql}`, parameters);
    return Number(row?.n ?? 0);
  };
  const [traces, observations, scores, sessions, comments, media] = await Promise.all([
    count('FROM traces WHERE project_id = ? AND user_id = ?', one),
    count(`FROM observations WHERE project_id = ? AND trace_id IN ${OF_USER}`, [projectId, ...one]),
    count(
      `FROM scores WHERE project_id = ? AND (trace_id IN ${OF_USER} OR (trace_id IS NULL AND session_id IN ${OWN_SESSIONS}))`,
      [projectId, ...one, ...one],
    ),
    count(`FROM ${OWN_SESSIONS} s`, one),
    count(`FROM comments c WHERE c.project_id = ? AND ${ON_USER}`, [
      projectId,
      ...one,
      projectId,
      ...one,
      ...one,
    ]),
    count(`FROM (${MEDIA}) m`, [projectId, ...one, ...one]),
  ]);
  return { traces, observations, scores, sessions, comments, media };
}

const ON_USER = `((c.object_type = 'TRACE' AND c.object_id IN ${OF_USER})
  OR (c.object_type = 'OBSERVATION' AND c.object_id IN (
    SELECT o.id FROM observations o WHERE o.project_id = ? AND o.trace_id IN ${OF_USER}))
  OR (c.object_type = 'SESSION' AND c.object_id IN ${OWN_SESSIONS}))`;

// Files that stand in the user's traces and nowhere else.
const MEDIA = `SELECT DISTINCT l.media_id FROM media_links l
  WHERE l.project_id = ? AND l.subject_type IN ('trace', 'observation') AND l.parent_id IN ${OF_USER}
    AND NOT EXISTS (SELECT 1 FROM media_links k
      WHERE k.project_id = l.project_id AND k.media_id = l.media_id
        AND (k.subject_type = 'dataset_item' OR k.parent_id NOT IN ${OF_USER}))`;

/** Some traces of the user with their sessions. */
export function readSomeTraces(
  tx: Transaction,
  projectId: string,
  userId: string,
  limit: number,
): Promise<readonly { readonly id: string; readonly session_id: string | null }[]> {
  return tx.read(
    `SELECT id, session_id FROM traces WHERE project_id = ? AND user_id = ?
     ORDER BY timestamp, id LIMIT ${limit}`,
    [projectId, userId],
  );
}

/** Comments on traces and on their observations; to be called while the observations are there. */
export async function removeTraceComments(
  tx: Transaction,
  dialect: Dialect,
  projectId: string,
  traceIds: readonly string[],
): Promise<number> {
  const list = JSON.stringify(traceIds);
  const onTraces = await tx.run(
    `DELETE FROM comments WHERE project_id = ? AND object_type = 'TRACE' AND ${dialect.inList('object_id')}`,
    [projectId, list],
  );
  const onObservations = await tx.run(
    `DELETE FROM comments WHERE project_id = ? AND object_type = 'OBSERVATION' AND object_id IN (
       SELECT o.id FROM observations o WHERE o.project_id = ? AND ${dialect.inList('o.trace_id')})`,
    [projectId, projectId, list],
  );
  return onTraces + onObservations;
}

/** Takes files out of traces; returns the ids of the files. */
export async function removeTraceMedia(
  tx: Transaction,
  dialect: Dialect,
  projectId: string,
  traceIds: readonly string[],
): Promise<readonly string[]> {
  const where = `FROM media_links WHERE project_id = ? AND subject_type IN ('trace', 'observation') AND ${dialect.inList('parent_id')}`;
  const values = [projectId, JSON.stringify(traceIds)];
  const rows = await tx.read<{ readonly media_id: string }>(
    `SELECT DISTINCT media_id ${where}`,
    values,
  );
  if (rows.length > 0) await tx.run(`DELETE ${where}`, values);
  return rows.map((row) => row.media_id);
}

/** Those of the sessions that hold no trace any more. */
export async function readLeftSessions(
  tx: Transaction,
  dialect: Dialect,
  projectId: string,
  sessionIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.read<{ readonly id: string }>(
    `SELECT s.id FROM sessions s WHERE s.project_id = ? AND ${dialect.inList('s.id')} AND NOT EXISTS (
       SELECT 1 FROM traces t WHERE t.project_id = s.project_id AND t.session_id = s.id)`,
    [projectId, JSON.stringify(sessionIds)],
  );
  return rows.map(({ id }) => id);
}

/** Scores and comments on sessions themselves. */
export async function removeSessionParts(
  tx: Transaction,
  dialect: Dialect,
  projectId: string,
  sessionIds: readonly string[],
): Promise<{ readonly scores: number; readonly comments: number }> {
  const values = [projectId, JSON.stringify(sessionIds)];
  const scores = await tx.run(
    `DELETE FROM scores WHERE project_id = ? AND trace_id IS NULL AND ${dialect.inList('session_id')}`,
    values,
  );
  const comments = await tx.run(
    `DELETE FROM comments WHERE project_id = ? AND object_type = 'SESSION' AND ${dialect.inList('object_id')}`,
    values,
  );
  return { scores, comments };
}

/** Those of the files that stand nowhere any more. */
export function readLooseOf(
  db: Database,
  projectId: string,
  mediaIds: readonly string[],
): Promise<readonly { readonly id: string; readonly sha256: string }[]> {
  return db.read(
    `SELECT m.id, m.sha256 FROM media m WHERE m.project_id = ? AND ${db.dialect.inList('m.id')} AND NOT EXISTS (
       SELECT 1 FROM media_links l WHERE l.project_id = m.project_id AND l.media_id = m.id)`,
    [projectId, JSON.stringify(mediaIds)],
  );
}
