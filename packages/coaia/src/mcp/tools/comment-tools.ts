/** Tools about comments. */
import { isObject, notFound } from '#base';
import type { McpApi } from '#main/open-mcp';
import { readText } from '../arguments.ts';
import { COUNT, TEXT } from '../tool.ts';
import type { Tool } from '../tool.ts';
import { toGiven } from './ingest.ts';

type Wire = Readonly<Record<string, unknown>>;

const OBJECTS = { type: 'string', enum: ['TRACE', 'OBSERVATION', 'SESSION', 'PROMPT'] } as const;

/** A comment names the project that it is written in. */
async function findProjectId(api: McpApi): Promise<string> {
  const { data } = await api.request<{ readonly data: readonly unknown[] }>('GET', ['projects']);
  const [project] = data;
  if (isObject(project) && typeof project['id'] === 'string') return project['id'];
  throw notFound('Project', 'of the keys');
}

export const commentTools: readonly Tool[] = [
  {
    name: 'coaia_fuse_comments_list',
    description: 'List comments, newest first; object_id needs object_type.',
    input: {
      type: 'object',
      properties: {
        object_type: OBJECTS,
        object_id: TEXT,
        author_user_id: TEXT,
        page: COUNT,
        limit: COUNT,
      },
    },
    isReadOnly: true,
    async run({ api }, input) {
      const query = toGiven({
        objectType: input['object_type'],
        objectId: input['object_id'],
        authorUserId: input['author_user_id'],
        page: input['page'],
        limit: input['limit'],
      }) as Record<string, string>;
      const { data, meta } = await (
        await api()
      ).request<{ readonly data: readonly Wire[]; readonly meta: Wire }>('GET', ['comments'], {
        query,
      });
      return { comments: data, meta };
    },
  },
  {
    name: 'coaia_fuse_comments_get',
    description: 'Read one comment.',
    input: { type: 'object', properties: { comment_id: TEXT }, required: ['comment_id'] },
    isReadOnly: true,
    async run({ api }, input) {
      const segments = ['comments', readText(input, 'comment_id')];
      return { comment: await (await api()).request<Wire>('GET', segments) };
    },
  },
  {
    name: 'coaia_fuse_comments_create',
    description: 'Comment on a trace, an observation, a session or a prompt version.',
    input: {
      type: 'object',
      properties: { text: TEXT, object_type: OBJECTS, object_id: TEXT, author_user_id: TEXT },
      required: ['text', 'object_type', 'object_id'],
    },
    isReadOnly: false,
    async run({ api }, input) {
      const calls = await api();
      const body = toGiven({
        projectId: await findProjectId(calls),
        objectType: input['object_type'],
        objectId: input['object_id'],
        content: input['text'],
        authorUserId: input['author_user_id'],
      });
      return { comment: await calls.request<Wire>('POST', ['comments'], { body }) };
    },
  },
];
