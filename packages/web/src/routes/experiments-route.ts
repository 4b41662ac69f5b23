import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseExperimentsSearch } from '../curation/experiments/search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/experiments`: the runs. */
export const experimentsRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/experiments',
  validateSearch: parseExperimentsSearch,
  component: lazyRouteComponent(
    () => import('../curation/experiments/experiments-page.tsx'),
    'ExperimentsPage',
  ),
});
