import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, Outlet } from '@tanstack/react-router';
import { HintLayer } from '../ui/hint.tsx';
import { Toaster } from '../ui/toaster.tsx';
import { CrashPage, NotFoundPage } from '../shell/failure-pages.tsx';

/** The root: the page, the toast, the hint. */
export const rootRoute = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  component: () => (
    <>
      <Outlet />
      <Toaster />
      <HintLayer />
    </>
  ),
  notFoundComponent: () => (
    <main className="flex h-full flex-col">
      <NotFoundPage />
    </main>
  ),
  errorComponent: CrashPage,
});
