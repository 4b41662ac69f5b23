import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { parseTraceSearch } from '../observability/trace/trace-search.ts';
import { treeQuery } from '../observability/trace/tree-query.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/traces/{id}`: one trace. */
export const traceRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/traces/$traceId',
  validateSearch: parseTraceSearch,
  loader: ({ context, params }) =>
    void context.queryClient
      .query(treeQuery(params.project, params.traceId))
      .catch(() => undefined),
  component: lazyRouteComponent(() => import('../observability/trace/trace-page.tsx'), 'TracePage'),
});
