import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { tracesQuery } from '../observability/traces/queries.ts';
import {
  defaultSort,
  parseTracesSearch,
  toListScope,
  toMinute,
} from '../observability/traces/traces-search.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}/traces`: the rows are asked for while the page's own code still loads. */
export const tracesRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/traces',
  validateSearch: parseTracesSearch,
  loaderDeps: ({ search: { q, from, to, range, sort } }) => ({ q, from, to, range, sort }),
  loader: ({ context, params, deps }) => {
    const search = parseTracesSearch(deps);
    const scope = toListScope(search, toMinute(Date.now()));
    void context.queryClient
      .infiniteQuery(tracesQuery(params.project, scope, search.sort ?? defaultSort))
      .catch(() => undefined);
  },
  component: lazyRouteComponent(
    () => import('../observability/traces/traces-page.tsx'),
    'TracesPage',
  ),
});
