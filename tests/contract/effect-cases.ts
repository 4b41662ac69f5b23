/** How the suite of effects calls operations whose ordinary cases change nothing, and what it leaves out. */
import { createHash } from 'node:crypto';
import type { ApiServer } from './api-server.ts';
import type { Ids } from './operation-cases.ts';

/** What replaces the same of the ordinary case. */
export interface EffectCase {
  readonly body?: unknown;
  readonly ids?: Ids;
  readonly before?: (server: ApiServer) => Promise<unknown>;
}

const BYTES = Buffer.from('media of an effect');
const SUM = createHash('sha256').update(BYTES).digest();
const MEDIA_ID = SUM.toString('base64url').slice(0, 22);
const MEDIA = {
  traceId: 'trace-b',
  field: 'input',
  contentType: 'text/plain',
  contentLength: BYTES.length,
  sha256Hash: SUM.toString('base64'),
};

const SPAN = {
  traceId: 'ef'.repeat(16),
  spanId: 'ef'.repeat(8),
  name: 'effect',
  startTimeUnixNano: '1767225600000000000',
  endTimeUnixNano: '1767225601000000000',
};

const TRACE_EVENT = {
  id: 'effect-event',
  type: 'trace-create',
  timestamp: '2026-01-01T00:00:00.000Z',
  body: { id: 'effect', name: 'effect' },
};

const SCORE = { id: 'effect-score', traceId: 'trace-b', name: 'effect', value: 1 };
const MODEL = { modelName: 'effect', matchPattern: '^effect$', unit: 'TOKENS', inputPrice: 1 };

const post = (server: ApiServer, path: string, body: unknown) =>
  server.send('POST', path, { body: JSON.stringify(body) });

export const EFFECTS: Readonly<Record<string, EffectCase>> = {
  annotationQueues_createQueueAssignment: { body: { userId: 'effect' } },
  annotationQueues_deleteQueueAssignment: {
    body: { userId: 'effect' },
    async before(server) {
      const { body } = await server.read('/annotation-queues');
      await post(server, `/annotation-queues/${body.data.at(-1).id}/assignments`, {
        userId: 'effect',
      });
    },
  },
  datasetItems_create: { body: { datasetName: 'case/set', id: 'effect-item', input: 'effect' } },
  ingestion_batch: { body: { batch: [TRACE_EVENT] } },
  legacy_scoreV1_delete: {
    ids: { scoreId: SCORE.id },
    before: (server) => post(server, '/scores', SCORE),
  },
  media_getUploadUrl: { body: MEDIA },
  media_patch: {
    body: { uploadedAt: '2026-01-02T03:04:05.000Z', uploadHttpStatus: 200 },
    ids: { mediaId: MEDIA_ID },
    async before(server) {
      const { body } = await post(server, '/media', MEDIA);
      const headers = { 'content-type': MEDIA.contentType };
      await fetch(body.uploadUrl, { method: 'PUT', headers, body: BYTES });
    },
  },
  models_get: { ids: { id: 'effect-model' } },
  models_upsert: { ids: { id: 'effect-model' }, body: MODEL },
  opentelemetry_exportTraces: { body: { resourceSpans: [{ scopeSpans: [{ spans: [SPAN] }] }] } },
  // The project of the key, which `projects_get` shows.
  projects_update: { ids: { projectId: 'default' }, body: { name: 'effect', metadata: { a: 1 } } },
  promptVersion_update: { body: { newLabels: ['effect'] } },
  trace_delete: { ids: { traceId: SPAN.traceId } },
  trace_deleteMultiple: { body: { traceIds: ['effect'] } },
};

/** Reads beside the contract that show what no operation of the contract does. */
export const MORE_READS: readonly string[] = [
  '/api/v1/annotation-queues/{queueId}/assignments',
  '/api/v1/projects/default/feedback',
  `/media/${MEDIA_ID}`,
];

/** Writing operations whose effect cannot be read; each with the reason. */
export const SILENT: Readonly<Record<string, string>> = {
  media_getUploadUrl: 'media is there once its bytes are; media_patch shows the whole upload',
};

/** Reading operations that answer the same whatever is written; each with the reason. */
export const CONSTANT: Readonly<Record<string, string>> = {
  health_health: 'says that the server is there',
  organizations_getOrganizationApiKeys:
    'only our own addresses make and delete keys of organizations',
  scim_getResourceTypes: 'says what this server can',
  scim_getSchemas: 'says what this server can',
  scim_getServiceProviderConfig: 'says what this server can',
};

/** Fields that every answer makes anew: signed addresses and when they end, and when a key was used. */
export const VOLATILE: ReadonlySet<string> = new Set([
  'url',
  'urlExpiry',
  'uploadUrl',
  'lastUsedAt',
]);
