import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseSessionsSearch } from '../observability/sessions/sessions-query.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/sessions`: the conversations. */
export const sessionsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sessions',
  validateSearch: parseSessionsSearch,
  component: lazyRouteComponent(
    () => import('../observability/sessions/sessions-page.tsx'),
    'SessionsPage',
  ),
});
