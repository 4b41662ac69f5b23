/** Dashboards over HTTP, as Langfuse has them. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import {
  createDashboard,
  deleteDashboard,
  getDashboard,
  listDashboards,
  updateDashboard,
} from './dashboards.ts';
import {
  dashboardAnswer,
  dashboardBody,
  dashboardListAnswer,
  dashboardPatch,
  listQuery,
  messageAnswer,
} from './schema.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/unstable/dashboards',
  operation: 'unstableDashboards.list',
  summary: 'List dashboards, the last changed first.',
  access: 'project',
  needs: observabilityPorts,
  query: listQuery,
  response: dashboardListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listDashboards(api, scope, query) }),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/unstable/dashboards',
  operation: 'unstableDashboards.create',
  summary: 'Make a dashboard.',
  access: 'project',
  needs: observabilityPorts,
  body: dashboardBody,
  response: dashboardAnswer,
  handler: async ({ api, scope, body }) => ({ json: await createDashboard(api, scope, body) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/unstable/dashboards/:dashboardId',
  operation: 'unstableDashboards.get',
  summary: 'Read one dashboard with its placements.',
  access: 'project',
  needs: observabilityPorts,
  response: dashboardAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getDashboard(api, scope, params['dashboardId'] ?? ''),
  }),
});

const update = defineRoute({
  method: 'PATCH',
  path: '/api/public/unstable/dashboards/:dashboardId',
  operation: 'unstableDashboards.update',
  summary: 'Change name, description, placements or filters of a dashboard.',
  access: 'project',
  needs: observabilityPorts,
  body: dashboardPatch,
  response: dashboardAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateDashboard(api, scope, params['dashboardId'] ?? '', body),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/unstable/dashboards/:dashboardId',
  operation: 'unstableDashboards.delete',
  summary: 'Remove a dashboard; its widgets stay.',
  access: 'project',
  needs: observabilityPorts,
  response: messageAnswer,
  handler: async ({ api, scope, params }) => {
    await deleteDashboard(api, scope, params['dashboardId'] ?? '');
    return { json: { message: 'Dashboard deleted' } };
  },
});

export const dashboardCrudRoutes: readonly Route[] = [list, create, get, update, remove];
