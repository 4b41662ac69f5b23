import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseCompareSearch, parseExperimentsSearch } from '../curation/experiments/search.ts';
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

/** `/p/{project}/experiments/compare`: runs side by side. */
export const compareRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/experiments/compare',
  validateSearch: parseCompareSearch,
  component: lazyRouteComponent(
    () => import('../curation/experiments/compare/compare-page.tsx'),
    'ComparePage',
  ),
});
