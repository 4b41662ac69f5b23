import type { CursorPage, Task } from '@coaia/client';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../lib/api.ts';
import type { TasksView } from './search.ts';

const base = '/api/v1/tasks';

const states: Readonly<Record<TasksView, string | undefined>> = {
  open: 'queued,running,waiting',
  failed: 'failed',
  ended: 'succeeded,cancelled',
  all: undefined,
};

/** Key of everything that was read about a project's tasks. */
export function toTasksKey(project: string) {
  return ['tasks', project] as const;
}

/** Path of a list of tasks, as a program reads it. */
export function toTasksPath(view: TasksView): string {
  const state = states[view];
  return state === undefined ? `${base}?limit=100` : `${base}?state=${state}&limit=100`;
}

/** The command that reads the same. */
export function toTasksCommand(view: TasksView): string {
  const state = states[view];
  return state === undefined ? 'coaia tasks list' : `coaia tasks list --state ${state}`;
}

/** Tasks of some states, page after page. */
export function tasksQuery(project: string, view: TasksView, kind: string | undefined) {
  return infiniteQueryOptions({
    queryKey: [...toTasksKey(project), view, kind],
    queryFn: ({ pageParam, signal }) =>
      sendRequest<CursorPage<Task>>(base, {
        query: { state: states[view], kind, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.meta.cursor ?? undefined,
    refetchInterval: 2000,
  });
}

/** The queues that are paused, by the kind of their tasks. */
export function pausedQuery(project: string) {
  return queryOptions({
    queryKey: [...toTasksKey(project), 'paused'],
    queryFn: async ({ signal }) => {
      type Queue = { readonly name: string; readonly paused: boolean };
      const { data } = await sendRequest<{ readonly data: readonly Queue[] }>(`${base}/queues`, {
        signal,
      });
      return data.filter(({ paused }) => paused).map(({ name }) => name);
    },
    refetchInterval: 10_000,
  });
}

/** What can be done to tasks. */
export const taskCalls = {
  cancel: (id: string) =>
    sendRequest<Task>(`${base}/${encodeURIComponent(id)}/cancel`, { method: 'POST', body: {} }),
  retry: (id: string) =>
    sendRequest<Task>(`${base}/${encodeURIComponent(id)}/retry`, { method: 'POST', body: {} }),
  retryAll: (name?: string) =>
    sendRequest<{ readonly retried: number }>(`${base}/retry`, {
      method: 'POST',
      body: { state: 'failed', ...(name === undefined ? {} : { name }) },
    }),
  setPaused: (queue: string, paused: boolean) =>
    sendRequest<unknown>(
      `${base}/queues/${encodeURIComponent(queue)}/${paused ? 'pause' : 'resume'}`,
      { method: 'POST', body: {} },
    ),
} as const;
