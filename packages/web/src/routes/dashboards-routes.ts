import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseDashboardSearch } from '../observability/dashboards/dashboard-search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/dashboards`: the dashboards of a project. */
export const dashboardsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/dashboards',
  component: lazyRouteComponent(
    () => import('../observability/dashboards/dashboards-page.tsx'),
    'DashboardsPage',
  ),
});

/** `/p/{project}/dashboards/{id}`: one dashboard. */
export const dashboardRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/dashboards/$dashboardId',
  validateSearch: parseDashboardSearch,
  component: lazyRouteComponent(
    () => import('../observability/dashboards/dashboard-page.tsx'),
    'DashboardPage',
  ),
});
