/** What can be done with comments. */
import { createId, notFound, toPageMeta } from '#base';
import type { Scope } from '#base';
import type { Comment, Paged } from '@coaia/client';
import { findTotal } from '../counters.ts';
import { hasSubject, toSubjectName } from '../find-subject.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { toComment } from './comment.ts';
import { commentFailures } from './errors.ts';
import type { CommentBody, CommentListQuery } from './schema.ts';
import { readComment, readCommentCount, readComments } from './storage.ts';

/**
 * Adds a comment to an object that exists. Fails with COAIA-1100 (another project) and COAIA-0003 (no such object).
 * The author is taken as given: an id of whoever uses the keys.
 */
export async function createComment(
  ports: ObservabilityPorts,
  scope: Scope,
  body: CommentBody,
): Promise<{ readonly id: string }> {
  const { projectId } = scope;
  if (body.projectId !== projectId)
    throw commentFailures.create(
      'COAIA-1100',
      `projectId ${body.projectId} is not the project of these keys, ${projectId}.`,
    );
  const now = ports.clock();
  const id = createId();
  await ports.db.write(async (tx) => {
    if (!(await hasSubject(tx, projectId, body.objectType, body.objectId)))
      throw notFound(toSubjectName(body.objectType), body.objectId);
    await tx.upsert('comments', [
      {
        project_id: projectId,
        id,
        object_type: body.objectType,
        object_id: body.objectId,
        author_user_id: body.authorUserId ?? null,
        created_at: now,
        updated_at: now,
        content: body.content,
      },
    ]);
  });
  return { id };
}

/** One page of comments, newest first. */
export async function listComments(
  ports: ObservabilityPorts,
  scope: Scope,
  query: CommentListQuery,
): Promise<Paged<Comment>> {
  const { page, limit, ...bounds } = query;
  const offset = (page - 1) * limit;
  const rows = await readComments(ports.db, scope.projectId, bounds, { limit, offset });
  const total = await findTotal({ offset, limit, rows: rows.length }, () =>
    readCommentCount(ports.db, scope.projectId, bounds),
  );
  return { data: rows.map(toComment), meta: toPageMeta(page, limit, total) };
}

/** One comment. Fails with COAIA-0003. */
export async function getComment(
  ports: ObservabilityPorts,
  scope: Scope,
  commentId: string,
): Promise<Comment> {
  const row = await readComment(ports.db, scope.projectId, commentId);
  if (row === undefined) throw notFound('Comment', commentId);
  return toComment(row);
}
