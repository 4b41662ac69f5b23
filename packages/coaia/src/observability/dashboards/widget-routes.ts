/** Widgets over HTTP, as Langfuse has them. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { observabilityPorts } from '../ports.ts';
import {
  listQuery,
  messageAnswer,
  widgetAnswer,
  widgetBody,
  widgetListAnswer,
  widgetPatch,
} from './schema.ts';
import { createWidget, deleteWidget, getWidget, listWidgets, updateWidget } from './widgets.ts';

const list = defineRoute({
  method: 'GET',
  path: '/api/public/unstable/dashboard-widgets',
  operation: 'unstableDashboardWidgets.list',
  summary: 'List dashboard widgets, the last changed first.',
  access: 'project',
  needs: observabilityPorts,
  query: listQuery,
  response: widgetListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listWidgets(api, scope, query) }),
});

const create = defineRoute({
  method: 'POST',
  path: '/api/public/unstable/dashboard-widgets',
  operation: 'unstableDashboardWidgets.create',
  summary: 'Make a widget; it is refused when its view cannot answer it.',
  access: 'project',
  needs: observabilityPorts,
  body: widgetBody,
  response: widgetAnswer,
  handler: async ({ api, scope, body }) => ({ json: await createWidget(api, scope, body) }),
});

const get = defineRoute({
  method: 'GET',
  path: '/api/public/unstable/dashboard-widgets/:widgetId',
  operation: 'unstableDashboardWidgets.get',
  summary: 'Read one widget.',
  access: 'project',
  needs: observabilityPorts,
  response: widgetAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getWidget(api, scope, params['widgetId'] ?? ''),
  }),
});

const update = defineRoute({
  method: 'PATCH',
  path: '/api/public/unstable/dashboard-widgets/:widgetId',
  operation: 'unstableDashboardWidgets.update',
  summary: 'Change the sent fields of a widget.',
  access: 'project',
  needs: observabilityPorts,
  body: widgetPatch,
  response: widgetAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateWidget(api, scope, params['widgetId'] ?? '', body),
  }),
});

const remove = defineRoute({
  method: 'DELETE',
  path: '/api/public/unstable/dashboard-widgets/:widgetId',
  operation: 'unstableDashboardWidgets.delete',
  summary: 'Remove a widget that stands on no dashboard.',
  access: 'project',
  needs: observabilityPorts,
  response: messageAnswer,
  handler: async ({ api, scope, params }) => {
    await deleteWidget(api, scope, params['widgetId'] ?? '');
    return { json: { message: 'Dashboard widget deleted' } };
  },
});

export const widgetRoutes: readonly Route[] = [list, create, get, update, remove];
