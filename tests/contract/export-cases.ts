/** Exports to blob storage in the suites that walk every operation. */
import type { ApiServer } from './api-server.ts';
import type { NounCases } from './operation-cases.ts';

const EXPORT = {
  id: 'string',
  projectId: 'string',
  type: 'string',
  bucketName: 'string',
  endpoint: 'string?',
  region: 'string',
  accessKeyId: 'string?',
  prefix: 'string',
  exportFrequency: 'string',
  enabled: 'boolean',
  forcePathStyle: 'boolean',
  fileType: 'string',
  exportMode: 'string',
  exportStartDate: 'time?',
  compressed: 'boolean',
  exportSource: 'string',
  exportFieldGroups: 'any',
  nextSyncAt: 'time?',
  lastSyncAt: 'time?',
  lastError: 'string?',
  lastErrorAt: 'time?',
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const STATUS = {
  id: 'string',
  projectId: 'string',
  syncStatus: 'string',
  enabled: 'boolean',
  lastSyncAt: 'time?',
  nextSyncAt: 'time?',
  lastError: 'string?',
  lastErrorAt: 'time?',
} as const;

/** Into a folder that `startServer` allows; switched off, so that answers stay as they are. */
const BODY = {
  projectId: 'default',
  type: 'FOLDER',
  bucketName: 'cases',
  region: 'local',
  prefix: 'case/',
  exportFrequency: 'hourly',
  enabled: false,
  forcePathStyle: false,
  fileType: 'JSONL',
  exportMode: 'FROM_TODAY',
};

const send = (server: ApiServer, method: string, path: string, body: unknown) =>
  server.send(method, path, { body: JSON.stringify(body) });

const save = (server: ApiServer, projectId = 'default') =>
  send(server, 'PUT', '/integrations/blob-storage', { ...BODY, projectId });

/** The project whose export is deleted; a new one before each call, since other cases run at the same time. */
const doomed = { id: '' };

export const EXPORT_CASES: NounCases = {
  cases: {
    blobStorageIntegrations_getBlobStorageIntegrations: { answer: { data: [EXPORT] } },
    blobStorageIntegrations_upsertBlobStorageIntegration: { answer: EXPORT, body: BODY },
    blobStorageIntegrations_getBlobStorageIntegrationStatus: {
      answer: STATUS,
      ids: { id: 'default' },
    },
    blobStorageIntegrations_deleteBlobStorageIntegration: {
      answer: { message: 'string' },
      get ids() {
        return { ...doomed };
      },
      async before(server) {
        const name = `export ${Math.random()}`;
        const { body } = await send(server, 'POST', '/projects', { name, retention: 0 });
        doomed.id = body.id;
        await save(server, doomed.id);
      },
    },
  },
  async prepare(server) {
    await save(server);
    return {};
  },
};
