/** A comment as the Langfuse API returns it. */
import { toIso } from '#base';
import type { CommentRow } from '#store';
import type { Comment } from '@coaia/client';

export const COMMENT_OBJECTS = ['TRACE', 'OBSERVATION', 'SESSION', 'PROMPT'] as const;

/** Characters of the longest comment, as Langfuse has it. */
export const MAX_COMMENT = 5000;

export function toComment(row: CommentRow): Comment {
  return {
    id: row.id,
    projectId: row.project_id,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
    objectType: row.object_type,
    objectId: row.object_id,
    content: row.content,
    authorUserId: row.author_user_id,
  };
}
