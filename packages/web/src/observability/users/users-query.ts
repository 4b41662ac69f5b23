import type { ErasedUser, TraceUser, TraceUserPage } from '@coaia/client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';
import type { ListScope } from '../traces/traces-search.ts';

/** One line of the list. */
export type UserLine = TraceUser;

/** Key of everything read about a project's users. */
export function toUsersKey(project: string) {
  return ['users', project] as const;
}

/** The users, page by page. */
export function usersQuery(project: string, scope: ListScope, orderBy: string) {
  return infiniteQueryOptions({
    queryKey: [...toUsersKey(project), 'list', scope, orderBy] as const,
    queryFn: ({ pageParam, signal }) =>
      sendRequest<TraceUserPage>(toProjectPath(project, 'users'), {
        query: { ...scope, orderBy, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.meta.cursor,
  });
}

const toUserPath = (project: string, userId: string) =>
  toProjectPath(project, `users/${encodeURIComponent(userId)}`);

/** What erasing a user would delete. Counted anew each time it is asked. */
export function erasureQuery(project: string, userId: string) {
  return queryOptions({
    queryKey: [...toUsersKey(project), 'erasure', userId],
    queryFn: ({ signal }) =>
      sendRequest<ErasedUser>(toUserPath(project, userId), {
        method: 'DELETE',
        query: { dryRun: 'true' },
        signal,
      }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Deletes everything that a user left. */
export function eraseUser(project: string, userId: string): Promise<ErasedUser> {
  return sendRequest<ErasedUser>(toUserPath(project, userId), { method: 'DELETE' });
}
