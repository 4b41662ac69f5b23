/** Tiles and files of dashboards over HTTP. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { z } from 'zod';
import { observabilityPorts } from '../ports.ts';
import { exportDashboard, importDashboard } from './files.ts';
import { addPlacement, removePlacement, updatePlacement } from './placements.ts';
import { getReadyDashboard, listReadyDashboards } from './ready.ts';
import {
  dashboardAnswer,
  dashboardFile,
  messageAnswer,
  placement,
  placementBody,
  placementPatch,
  readyListAnswer,
} from './schema.ts';

const add = defineRoute({
  method: 'POST',
  path: '/api/public/unstable/dashboards/:dashboardId/placements',
  operation: 'unstableDashboards.addPlacement',
  summary: 'Put a tile on a dashboard; without a place below everything else.',
  access: 'project',
  needs: observabilityPorts,
  body: placementBody,
  response: placement,
  handler: async ({ api, scope, params, body }) => ({
    json: await addPlacement(api, scope, params['dashboardId'] ?? '', body),
  }),
});

const move = defineRoute({
  method: 'PATCH',
  path: '/api/public/unstable/dashboards/:dashboardId/placements/:placementId',
  operation: 'unstableDashboards.updatePlacement',
  summary: 'Move or resize a tile.',
  access: 'project',
  needs: observabilityPorts,
  body: placementPatch,
  response: placement,
  handler: async ({ api, scope, params, body }) => {
    const asked = { id: params['placementId'] ?? '', patch: body };
    return { json: await updatePlacement(api, scope, params['dashboardId'] ?? '', asked) };
  },
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/unstable/dashboards/:dashboardId/placements/:placementId',
  operation: 'unstableDashboards.deletePlacement',
  summary: 'Take a tile off a dashboard; its widget stays.',
  access: 'project',
  needs: observabilityPorts,
  response: messageAnswer,
  handler: async ({ api, scope, params }) => {
    await removePlacement(api, scope, params['dashboardId'] ?? '', params['placementId'] ?? '');
    return { json: { message: 'Placement deleted' } };
  },
});

const toFile = defineRoute({
  method: 'GET',
  path: '/api/v1/dashboards/:dashboardId/file',
  operation: 'dashboards.export',
  summary: 'A dashboard with its widgets as one file.',
  access: 'project',
  needs: observabilityPorts,
  response: dashboardFile,
  handler: async ({ api, scope, params }) => ({
    json: await exportDashboard(api, scope, params['dashboardId'] ?? ''),
  }),
});

const fromFile = defineRoute({
  method: 'POST',
  path: '/api/v1/dashboards/file',
  operation: 'dashboards.import',
  summary: 'Make the dashboard of a file, with new widgets.',
  access: 'project',
  needs: observabilityPorts,
  body: z.unknown(),
  response: dashboardAnswer,
  handler: async ({ api, scope, body }) => ({ json: await importDashboard(api, scope, body) }),
});

const listReady = defineRoute({
  method: 'GET',
  path: '/api/v1/ready-dashboards',
  operation: 'dashboards.listReady',
  summary: 'The dashboards that come with the program.',
  access: 'project',
  needs: observabilityPorts,
  response: readyListAnswer,
  handler: () => Promise.resolve({ json: { data: listReadyDashboards() } }),
});

const addReady = defineRoute({
  method: 'POST',
  path: '/api/v1/ready-dashboards/:name',
  operation: 'dashboards.addReady',
  summary: 'Make a ready dashboard one of the project.',
  access: 'project',
  needs: observabilityPorts,
  response: dashboardAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await importDashboard(api, scope, getReadyDashboard(params['name'] ?? '')),
  }),
});

export const placementRoutes: readonly Route[] = [add, move, remove];
export const dashboardFileRoutes: readonly Route[] = [toFile, fromFile, listReady, addReady];
