/** The calls about exports over the embedded store. */
import type { Scope } from '#base';
import type { ExportsApi } from '@coaia/client';
import { parseRequest } from '../parse-request.ts';
import {
  deleteExport,
  getExportStatus,
  listExportRuns,
  listExports,
  saveExport,
} from './exports.ts';
import type { ExportPorts } from './ports.ts';
import { runExport } from './run-export.ts';
import { exportBody } from './schema.ts';

/** The same checks as over HTTP; runs happen in this process. */
export function createLocalExports(ports: ExportPorts, scope: Scope): ExportsApi {
  return {
    listExports: () => listExports(ports, scope),
    saveExport: async (input) => saveExport(ports, scope, parseRequest(exportBody, input)),
    getExportStatus: (exportId) => getExportStatus(ports, scope, exportId),
    deleteExport: async (exportId) => {
      await deleteExport(ports, scope, exportId);
    },
    runExport: async (windows) => ({
      data: await runExport(ports, scope.projectId, { windows }),
    }),
    listExportRuns: () => listExportRuns(ports, scope),
    getProjectId: async () => scope.projectId,
  };
}
