import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, isUnreachable } from './api.ts';
import { createStore } from './external-store.ts';

/** True after the server refused this browser's cookie. */
export const signedOut = createStore(false);

/** True while calls get no answer at all. */
export const unreachable = createStore(false);

function readFailure(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) signedOut.write(true);
  if (isUnreachable(error)) unreachable.write(true);
}

/** The cache of everything the page has read. Lists are renewed by the user or by live events only. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: readFailure,
    onSuccess: () => unreachable.write(false),
  }),
  mutationCache: new MutationCache({ onError: readFailure }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 300_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => isUnreachable(error) && count < 2,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
