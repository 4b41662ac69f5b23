import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/sessions/{id}`: one conversation. */
export const sessionRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/sessions/$sessionId',
  component: lazyRouteComponent(
    () => import('../observability/sessions/session-page.tsx'),
    'SessionPage',
  ),
});
