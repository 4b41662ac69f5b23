/** Exports over HTTP: as Langfuse has them, and Coaia's own runs. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import {
  deleteExport,
  getExportStatus,
  listExportRuns,
  listExports,
  saveExport,
} from './exports.ts';
import { exportPorts } from './ports.ts';
import { runExport } from './run-export.ts';
import {
  exportAnswer,
  exportBody,
  exportListAnswer,
  exportStatusAnswer,
  runBody,
  runListAnswer,
} from './schema.ts';
import { z } from 'zod';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/integrations/blob-storage',
  operation: 'blobStorageIntegrations.getBlobStorageIntegrations',
  summary: 'Show the export of the project; secrets are never answered.',
  access: 'either',
  needs: exportPorts,
  response: exportListAnswer,
  handler: async ({ api, scope }) => ({ json: await listExports(api, scope) }),
});

const save = defineRoute({
  method: 'PUT',
  path: '/api/public/integrations/blob-storage',
  operation: 'blobStorageIntegrations.upsertBlobStorageIntegration',
  summary: 'Create or change the export of the project, after a test upload.',
  access: 'either',
  needs: exportPorts,
  body: exportBody,
  response: exportAnswer,
  handler: async ({ api, scope, body }) => ({ json: await saveExport(api, scope, body) }),
});

const status = defineRoute({
  method: 'GET',
  path: '/api/public/integrations/blob-storage/:id',
  operation: 'blobStorageIntegrations.getBlobStorageIntegrationStatus',
  summary: 'Read how far an export is.',
  access: 'either',
  needs: exportPorts,
  response: exportStatusAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getExportStatus(api, scope, params['id'] ?? ''),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/integrations/blob-storage/:id',
  operation: 'blobStorageIntegrations.deleteBlobStorageIntegration',
  summary: 'Forget an export; files that were written stay.',
  access: 'either',
  needs: exportPorts,
  response: z.object({ message: z.string() }),
  handler: async ({ api, scope, params }) => ({
    json: await deleteExport(api, scope, params['id'] ?? ''),
  }),
});

const runs = defineRoute({
  method: 'GET',
  path: '/api/v1/exports/runs',
  operation: 'exports.listRuns',
  summary: 'List the last runs of the export with their files and errors.',
  access: 'project',
  needs: exportPorts,
  response: runListAnswer,
  handler: async ({ api, scope }) => ({ json: await listExportRuns(api, scope) }),
});

const run = defineRoute({
  method: 'POST',
  path: '/api/v1/exports/runs',
  operation: 'exports.run',
  summary: 'Export every window that is complete now.',
  access: 'project',
  needs: exportPorts,
  body: runBody,
  response: runListAnswer,
  handler: async ({ api, scope, body, signal }) => ({
    json: { data: await runExport(api, scope.projectId, { ...body, signal }) },
  }),
});

export const exportRoutes: readonly Route[] = [list, save, status, remove, runs, run];
