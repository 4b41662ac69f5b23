import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { homeQuery } from '../observability/home/home-query.ts';
import { projectRoute } from './project-route.tsx';

/** `/p/{project}`: health, last traces, first steps. */
export const homeRoute = createRoute({
  getParentRoute: () => projectRoute,
  path: '/',
  loader: ({ context, params }) =>
    void context.queryClient.query(homeQuery(params.project)).catch(() => undefined),
  component: lazyRouteComponent(() => import('../observability/home/home-page.tsx'), 'HomePage'),
});
