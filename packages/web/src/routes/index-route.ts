import { createRoute, redirect } from '@tanstack/react-router';
import { ApiError } from '../lib/api.ts';
import { sessionQuery } from '../lib/server.ts';
import { rootRoute } from './root-route.tsx';

/** `/` leads to the home of this session's project. */
export const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient
      .query({ ...sessionQuery, staleTime: 'static' })
      .catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 401)
          throw redirect({ to: '/sign-in', replace: true });
        return undefined;
      });
    throw redirect({
      to: '/p/$project',
      params: { project: session?.project.id ?? 'default' },
      replace: true,
    });
  },
});
