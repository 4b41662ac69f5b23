import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseSessionsSearch } from '../observability/sessions/sessions-query.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/users`: the people whom traces name. */
export const usersRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/users',
  validateSearch: parseSessionsSearch,
  component: lazyRouteComponent(() => import('../observability/users/users-page.tsx'), 'UsersPage'),
});
