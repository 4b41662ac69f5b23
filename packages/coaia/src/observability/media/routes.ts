/** Media over HTTP: records as Langfuse has them, bytes under signed addresses of this server. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { MAX_MEDIA_BYTES } from './media.ts';
import { readMediaAnswer, writeMedia } from './media-bytes.ts';
import { toServerAddress } from './media-addresses.ts';
import { createUpload, getMedia, listMedia, updateMedia } from './media-records.ts';
import { messageAnswer } from '../traces/schema.ts';
import { mediaPorts } from './ports.ts';
import {
  mediaAnswer,
  mediaListAnswer,
  mediaListQuery,
  patchBody,
  uploadAnswer,
  uploadBody,
} from './schema.ts';

const create = defineRoute({
  method: 'POST',
  path: '/api/public/media',
  operation: 'media.getUploadUrl',
  summary: 'Announce a file and get the address to upload it to; null when it is here already.',
  access: 'project',
  needs: mediaPorts,
  body: uploadBody,
  response: uploadAnswer,
  status: 201,
  handler: async ({ api, scope, body, headers }) => ({
    json: await createUpload(api, scope, body, toServerAddress(api, headers)),
  }),
});

const patch = defineRoute({
  method: 'PATCH',
  path: '/api/public/media/:mediaId',
  operation: 'media.patch',
  summary: 'Say what became of an upload.',
  access: 'project',
  needs: mediaPorts,
  body: patchBody,
  response: messageAnswer,
  handler: async ({ api, scope, params, body }) => {
    await updateMedia(api, scope, params['mediaId'] ?? '', body);
    // The contract says 204, the server of Langfuse answers this, and coaiapy insists on it.
    return { json: { message: 'OK' } };
  },
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/media/:mediaId',
  operation: 'media.get',
  summary: 'Read a media record with an address to download it from.',
  access: 'project',
  needs: mediaPorts,
  response: mediaAnswer,
  handler: async ({ api, scope, params, headers }) => ({
    json: await getMedia(api, scope, params['mediaId'] ?? '', toServerAddress(api, headers)),
  }),
});

const list = defineRoute({
  method: 'GET',
  path: '/api/v1/media',
  operation: 'media.list',
  summary: 'List uploaded media with the traces, observations and dataset items they stand in.',
  access: 'project',
  needs: mediaPorts,
  query: mediaListQuery,
  response: mediaListAnswer,
  handler: async ({ api, scope, query, headers }) => ({
    json: await listMedia(api, scope, query, toServerAddress(api, headers)),
  }),
});

const upload = defineRoute({
  method: 'PUT',
  path: '/api/v1/media-content/:token',
  operation: 'mediaContent.put',
  summary: 'Upload the bytes of a file under a signed address.',
  access: 'open',
  needs: mediaPorts,
  streamBody: true,
  bodyLimit: MAX_MEDIA_BYTES,
  handler: async ({ api, params, body }) => {
    await writeMedia(api, params['token'] ?? '', body as AsyncIterable<Uint8Array>);
    return { json: { message: 'OK' } };
  },
});

const download = defineRoute({
  method: 'GET',
  path: '/api/v1/media-content/:token',
  operation: 'mediaContent.get',
  summary: 'Download a file, or a range of it, under a signed address.',
  access: 'open',
  needs: mediaPorts,
  handler: async ({ api, params, headers }) => ({
    response: await readMediaAnswer(api, params['token'] ?? '', headers.get('range')),
  }),
});

export const mediaRoutes: readonly Route[] = [create, patch, get, list, upload, download];
