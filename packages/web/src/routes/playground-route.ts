import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parsePlaygroundSearch } from '../models/playground/playground-search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/playground`: prompts run side by side. */
export const playgroundRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/playground',
  validateSearch: parsePlaygroundSearch,
  component: lazyRouteComponent(
    () => import('../models/playground/playground-page.tsx'),
    'PlaygroundPage',
  ),
});
