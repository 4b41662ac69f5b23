import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseSessionSearch } from '../observability/sessions/session-search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/sessions/{id}`: one conversation. */
export const sessionRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sessions/$sessionId',
  validateSearch: parseSessionSearch,
  component: lazyRouteComponent(
    () => import('../observability/sessions/session-page.tsx'),
    'SessionPage',
  ),
});
