/** Dashboards and widgets in the suites that walk every operation. */
import type { ApiServer } from './api-server.ts';
import type { NounCases } from './operation-cases.ts';
import { PAGE } from './shapes.ts';

const WIDGET = {
  id: 'string',
  createdAt: 'time',
  updatedAt: 'time',
  name: 'string',
  description: 'string',
  view: 'string',
  dimensions: 'any',
  metrics: 'any',
  filters: 'any',
  chartType: 'string',
  chartConfig: 'any',
} as const;

const DASHBOARD = {
  id: 'string',
  createdAt: 'time',
  updatedAt: 'time',
  name: 'string',
  description: 'string',
  definition: 'any',
  filters: 'any',
} as const;

const PLACEMENT = {
  type: 'string',
  id: 'string',
  widgetId: 'string',
  x: 'int',
  y: 'int',
  width: 'int',
  height: 'int',
} as const;

const NEW_WIDGET = {
  name: 'case',
  view: 'observations',
  dimensions: [],
  metrics: [{ measure: 'count', agg: 'count' }],
  filters: [],
  chartType: 'NUMBER',
};

/** Ids that only the server knows. */
const made = { dashboardId: '', widgetId: '', goneDashboard: '', goneWidget: '', goneTile: '' };

async function create(server: ApiServer, path: string, body: unknown): Promise<string> {
  const init = { body: JSON.stringify(body) };
  return (await server.send('POST', `/unstable${path}`, init)).body.id as string;
}

const toTiles = () => `/dashboards/${made.dashboardId}/placements`;
const toTile = () => ({ type: 'widget', widgetId: made.widgetId });
let turn = 0;

export const DASHBOARD_CASES: NounCases = {
  cases: {
    unstable_dashboardWidgets_list: { answer: { data: [WIDGET], meta: PAGE } },
    unstable_dashboardWidgets_create: { answer: WIDGET, body: NEW_WIDGET },
    unstable_dashboardWidgets_get: { answer: WIDGET },
    unstable_dashboardWidgets_update: {
      answer: WIDGET,
      get body() {
        turn += 1;
        return { name: `changed by case ${turn}` };
      },
    },
    unstable_dashboardWidgets_delete: {
      answer: { message: 'string' },
      get ids() {
        return { widgetId: made.goneWidget };
      },
      async before(server) {
        made.goneWidget = await create(server, '/dashboard-widgets', NEW_WIDGET);
      },
    },
    unstable_dashboards_list: { answer: { data: [DASHBOARD], meta: PAGE } },
    unstable_dashboards_create: { answer: DASHBOARD, body: { name: 'made by a case' } },
    unstable_dashboards_get: { answer: DASHBOARD },
    unstable_dashboards_update: { answer: DASHBOARD, body: { description: 'changed by a case' } },
    unstable_dashboards_delete: {
      answer: { message: 'string' },
      get ids() {
        return { dashboardId: made.goneDashboard };
      },
      async before(server) {
        made.goneDashboard = await create(server, '/dashboards', { name: 'gone' });
      },
    },
    unstable_dashboards_addPlacement: {
      answer: PLACEMENT,
      get body() {
        return toTile();
      },
    },
    unstable_dashboards_updatePlacement: {
      answer: PLACEMENT,
      get body() {
        turn += 1;
        return { y: turn };
      },
    },
    unstable_dashboards_deletePlacement: {
      answer: { message: 'string' },
      get ids() {
        return { dashboardId: made.dashboardId, placementId: made.goneTile };
      },
      async before(server) {
        made.goneTile = await create(server, toTiles(), toTile());
      },
    },
  },
  async prepare(server) {
    made.widgetId = await create(server, '/dashboard-widgets', NEW_WIDGET);
    made.dashboardId = await create(server, '/dashboards', { name: 'case' });
    const placementId = await create(server, toTiles(), toTile());
    return { dashboardId: made.dashboardId, widgetId: made.widgetId, placementId };
  },
};
