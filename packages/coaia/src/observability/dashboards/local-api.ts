/** The calls about dashboards over the embedded store. */
import type { Scope } from '#base';
import type { DashboardsApi } from '@coaia/client';
import { parseRequest } from '../parse-request.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { deleteDashboard, listDashboards } from './dashboards.ts';
import { exportDashboard, importDashboard } from './files.ts';
import { getReadyDashboard, listReadyDashboards } from './ready.ts';
import { listQuery } from './schema.ts';

/** The same checks as over HTTP. */
export function createLocalDashboards(ports: ObservabilityPorts, scope: Scope): DashboardsApi {
  return {
    listDashboards: async (query) => listDashboards(ports, scope, parseRequest(listQuery, query)),
    exportDashboard: (id) => exportDashboard(ports, scope, id),
    importDashboard: (file) => importDashboard(ports, scope, file),
    listReadyDashboards: () => Promise.resolve({ data: listReadyDashboards() }),
    addReadyDashboard: async (name) => importDashboard(ports, scope, getReadyDashboard(name)),
    async deleteDashboard(id) {
      await deleteDashboard(ports, scope, id);
      return { message: 'Dashboard deleted' };
    },
  };
}
