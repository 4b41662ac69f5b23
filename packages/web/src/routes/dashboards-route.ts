import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
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
