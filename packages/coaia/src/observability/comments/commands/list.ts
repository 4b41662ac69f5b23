/** `coaia fuse comments list`: comments, newest first. */
import { defineCommand, listOptions } from '#surface';
import type { Column } from '#surface';
import type { Comment, CommentQuery, CommentsApi, Paged } from '@coaia/client';
import { commentsApi } from '../../ports.ts';
import { toOneLine } from '../../terminal/numbers.ts';
import { COMMENT_OBJECTS } from '../comment.ts';

const LARGEST_PAGE = 100;

export const command = defineCommand({
  words: 'fuse comments list',
  summary: 'List comments, newest first',
  description:
    'A table on a terminal; elsewhere, and with --json, the answer of the API, as CoAiAPy prints it.',
  needs: commentsApi,
  positionals: [],
  options: {
    'object-type': {
      type: 'string',
      choices: COMMENT_OBJECTS,
      placeholder: 'TYPE',
      summary: 'About objects of this type',
    },
    'object-id': {
      type: 'string',
      placeholder: 'ID',
      summary: 'About this object; with --object-type',
    },
    author: {
      type: 'string',
      aliases: ['author-id'],
      placeholder: 'ID',
      summary: 'By this user',
    },
    page: { type: 'number', default: 1, summary: 'Page, from 1' },
    limit: { type: 'number', default: 50, summary: 'Size of a page, at most 100' },
    all: { type: 'boolean', summary: 'Every page' },
    ...listOptions,
  },
  examples: [
    'coaia fuse comments list',
    'coaia fuse comments list --object-type trace --object-id t1 --json',
  ],
  async run(context, { options }) {
    const given = {
      page: options.page,
      limit: options.limit,
      objectType: options['object-type'],
      objectId: options['object-id'],
      authorUserId: options.author,
    };
    const query = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as CommentQuery;
    const api = await context.open();
    const answer = options.all === true ? await readAll(api, query) : await api.listComments(query);
    const { data: rows } = answer;
    const view = { things: 'comments', rows, columns: COLUMNS, page: answer, isJsonInPipes: true };
    context.out.list(view, options);
  },
});

/** Every page, joined under the meta of the whole; a comment that moves meanwhile comes once. */
async function readAll(api: CommentsApi, query: CommentQuery): Promise<Paged<Comment>> {
  const found = new Map<string, Comment>();
  for (let page = 1; ; page++) {
    const { data, meta } = await api.listComments({ ...query, page, limit: LARGEST_PAGE });
    for (const comment of data) found.set(comment.id, comment);
    if (data.length === 0 || page >= meta.totalPages) break;
  }
  const data = [...found.values()];
  const meta = { page: 1, limit: data.length, totalItems: data.length, totalPages: 1 };
  return { data, meta };
}

const COLUMNS: readonly Column<Comment>[] = [
  { header: 'ID', value: ({ id }) => id, drop: 1 },
  { header: 'Created', value: ({ createdAt }) => createdAt.slice(0, 16) },
  { header: 'Type', value: ({ objectType }) => objectType },
  { header: 'Object ID', value: ({ objectId }) => objectId },
  { header: 'Author', value: ({ authorUserId }) => authorUserId ?? 'N/A', drop: 2 },
  { header: 'Comment', value: ({ content }) => toOneLine(content, 60) },
];
