import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseDashboardSearch } from '../observability/dashboards/dashboard-search.ts';
import { projectRoute } from './project-route.tsx';

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
