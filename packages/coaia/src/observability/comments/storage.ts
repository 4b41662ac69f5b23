/** SQL of comments. */
import type { CommentRow, Database, SqlValue } from '#store';

const COLUMNS =
  'project_id, id, object_type, object_id, author_user_id, created_at, updated_at, content';

/** Bounds of a list; absent ones do not count. */
export interface CommentBounds {
  readonly objectType?: string | undefined;
  readonly objectId?: string | undefined;
  readonly authorUserId?: string | undefined;
}

/** One page, newest first. */
export function readComments(
  db: Database,
  projectId: string,
  bounds: CommentBounds,
  page: { readonly limit: number; readonly offset: number },
): Promise<readonly CommentRow[]> {
  const { sql, parameters } = toSource(projectId, bounds);
  return db.read(`SELECT ${COLUMNS} ${sql} ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?`, [
    ...parameters,
    page.limit,
    page.offset,
  ]);
}

/** How many comments lie within the bounds. */
export async function readCommentCount(
  db: Database,
  projectId: string,
  bounds: CommentBounds,
): Promise<number> {
  const { sql, parameters } = toSource(projectId, bounds);
  const [row] = await db.read<{ readonly total: number | string }>(
    `SELECT count(*) AS total ${sql}`,
    parameters,
  );
  return Number(row?.total ?? 0);
}

/** One comment, or undefined. */
export async function readComment(
  db: Database,
  projectId: string,
  commentId: string,
): Promise<CommentRow | undefined> {
  const [row] = await db.read<CommentRow>(
    `SELECT ${COLUMNS} FROM comments WHERE project_id = ? AND id = ?`,
    [projectId, commentId],
  );
  return row;
}

function toSource(projectId: string, bounds: CommentBounds) {
  const conditions = ['project_id = ?'];
  const parameters: SqlValue[] = [projectId];
  const columns = {
    object_type: bounds.objectType,
    object_id: bounds.objectId,
    author_user_id: bounds.authorUserId,
  };
  for (const [column, value] of Object.entries(columns)) {
    if (value === undefined) continue;
    conditions.push(`${column} = ?`);
    parameters.push(value);
  }
  return { sql: `FROM comments WHERE ${conditions.join(' AND ')}`, parameters };
}
