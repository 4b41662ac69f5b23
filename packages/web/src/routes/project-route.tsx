import { createRoute } from '@tanstack/react-router';
import { AppShell } from '../shell/app-shell.tsx';
import { CrashPage, NotFoundPage } from '../shell/failure-pages.tsx';
import { sessionQuery } from '../lib/server.ts';
import { rootRoute } from './root-route.tsx';

/** `/p/{project}`: the frame of everything that belongs to a project. */
export const projectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/p/$project',
  loader: ({ context }) => void context.queryClient.query(sessionQuery).catch(() => undefined),
  component: function ProjectShell() {
    return <AppShell project={projectRoute.useParams().project} />;
  },
  notFoundComponent: NotFoundPage,
  errorComponent: CrashPage,
});
