/** Comments and media in the suites that walk every operation. */
import { createHash } from 'node:crypto';
import type { NounCases } from './operation-cases.ts';
import { PAGE } from './shapes.ts';

const COMMENT = {
  id: 'string',
  projectId: 'string',
  createdAt: 'time',
  updatedAt: 'time',
  objectType: 'string',
  objectId: 'string',
  content: 'string',
  authorUserId: 'string?',
} as const;

const BYTES = Buffer.from('a case of media');

const NEW_COMMENT = {
  projectId: 'default',
  objectType: 'TRACE',
  objectId: 'trace-a',
  content: 'Looked at by a case.',
};

const NEW_MEDIA = {
  traceId: 'trace-a',
  field: 'input',
  contentType: 'text/plain',
  contentLength: BYTES.length,
  sha256Hash: createHash('sha256').update(BYTES).digest('base64'),
};

const UPLOADED = { uploadedAt: '2026-01-02T03:04:05.000Z', uploadHttpStatus: 200 };

export const COMMENT_CASES: NounCases = {
  cases: {
    comments_create: { answer: { id: 'string' }, body: NEW_COMMENT },
    comments_get: { answer: { data: [COMMENT], meta: PAGE } },
    'comments_get-by-id': { answer: COMMENT },
    media_getUploadUrl: {
      answer: { mediaId: 'string', uploadUrl: 'string?' },
      status: 201,
      body: NEW_MEDIA,
    },
    media_patch: { answer: { message: 'string' }, body: UPLOADED },
    media_get: {
      fresh: ['url', 'urlExpiry'],
      answer: {
        mediaId: 'string',
        contentType: 'string',
        contentLength: 'int',
        uploadedAt: 'time',
        url: 'string',
        urlExpiry: 'string',
      },
    },
  },
  async prepare(server) {
    const comment = await server.send('POST', '/comments', { body: JSON.stringify(NEW_COMMENT) });
    const media = await server.send('POST', '/media', { body: JSON.stringify(NEW_MEDIA) });
    const { mediaId, uploadUrl } = media.body as { mediaId: string; uploadUrl: string };
    await fetch(uploadUrl, {
      method: 'PUT',
      headers: { 'content-type': NEW_MEDIA.contentType },
      body: BYTES,
    });
    await server.send('PATCH', `/media/${mediaId}`, { body: JSON.stringify(UPLOADED) });
    return { commentId: comment.body.id, mediaId };
  },
};
