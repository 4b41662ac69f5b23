import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseAnnotateSearch, parseReviewSearch } from '../curation/annotate/annotate-search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/annotate`: the annotation queues. */
export const annotateRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/annotate',
  validateSearch: parseAnnotateSearch,
  component: lazyRouteComponent(
    () => import('../curation/annotate/annotate-page.tsx'),
    'AnnotatePage',
  ),
});

/** `/p/{project}/annotate/{queue}`: one item after the other. */
export const reviewRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/annotate/$queueId',
  validateSearch: parseReviewSearch,
  component: lazyRouteComponent(() => import('../curation/annotate/review-page.tsx'), 'ReviewPage'),
});
