/** Everything about dashboards over HTTP. */
import type { Route } from '#surface';
import { dashboardCrudRoutes } from './dashboard-routes.ts';
import { dashboardFileRoutes, placementRoutes } from './placement-routes.ts';
import { metricsViewRoutes } from './view-routes.ts';
import { widgetRoutes } from './widget-routes.ts';

export const dashboardRoutes: readonly Route[] = [
  ...widgetRoutes,
  ...dashboardCrudRoutes,
  ...placementRoutes,
  ...dashboardFileRoutes,
  ...metricsViewRoutes,
];
