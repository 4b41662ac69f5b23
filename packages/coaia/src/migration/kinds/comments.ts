/** Comments, with the ids of their authors also where nobody of that id is known here. */
import type { CommentRow } from '#store';
import { readNumbered } from '../sources/pages.ts';
import { readId, readText, readTime, toFields } from '../sources/wire.ts';
import type { Wire } from '../sources/wire.ts';
import type { Kind } from './kind.ts';

const LIST = { segments: ['comments'], limit: 100 };

const OBJECTS = ['TRACE', 'OBSERVATION', 'SESSION', 'PROMPT'] as const;

const FIELDS = ['objectType', 'objectId', 'content', 'authorUserId', 'createdAt'] as const;

export const comments: Kind = {
  name: 'comments',
  readPage: ({ api }, position) => readNumbered(api, LIST, position),
  toId: readId,
  toContent: (item) => toFields(item, FIELDS),
  async write({ tx, scope, now }, items) {
    const rows = items.map((item) => ({ item, row: toRow(item, scope.projectId, now) }));
    await tx.upsert(
      'comments',
      rows.flatMap(({ row }) => (row === undefined ? [] : [row])),
    );
    return rows
      .filter(({ row }) => row === undefined)
      .map(({ item }) => ({
        id: readId(item),
        reason: `comments on ${String(item['objectType'])} have no place here`,
      }));
  },
};

function toRow(item: Wire, projectId: string, now: number): CommentRow | undefined {
  const type = OBJECTS.find((one) => one === item['objectType']);
  if (type === undefined) return undefined;
  const created = readTime(item, 'createdAt') ?? now;
  return {
    project_id: projectId,
    id: readId(item),
    object_type: type,
    object_id: readId(item, 'objectId'),
    author_user_id: readText(item, 'authorUserId'),
    created_at: created,
    updated_at: readTime(item, 'updatedAt') ?? created,
    content: readText(item, 'content') ?? '',
  };
}
