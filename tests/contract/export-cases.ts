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

const save = (server: ApiServer) =>
  server.send('PUT', '/integrations/blob-storage', { body: JSON.stringify(BODY) });

const ids = { id: 'default' };

export const EXPORT_CASES: NounCases = {
  cases: {
    blobStorageIntegrations_getBlobStorageIntegrations: { answer: { data: [EXPORT] } },
    blobStorageIntegrations_upsertBlobStorageIntegration: { answer: EXPORT, body: BODY },
    blobStorageIntegrations_getBlobStorageIntegrationStatus: {
      answer: STATUS,
      ids,
      before: save,
    },
    blobStorageIntegrations_deleteBlobStorageIntegration: {
      answer: { message: 'string' },
      ids,
      before: save,
    },
  },
  async prepare(server) {
    await save(server);
    return {};
  },
};
