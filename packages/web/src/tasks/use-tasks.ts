import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Task } from '@coaia/client';
import { addToast } from '../lib/toasts.ts';
import { words } from './messages.ts';
import { pausedQuery, taskCalls, tasksQuery, toTasksKey } from './queries.ts';
import type { TasksSearch, TasksView } from './search.ts';
import type { TaskActs } from './task-menu.tsx';

const route = getRouteApi('/p/$project/tasks');

type Change = { readonly [K in keyof TasksSearch]?: TasksSearch[K] | undefined };

/** The address of the tasks, what it shows, and what can be done. */
export function useTasks() {
  const { project } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view: TasksView = search.view ?? 'open';
  const query = useInfiniteQuery({
    ...tasksQuery(project, view, search.kind),
    placeholderData: keepPreviousData,
  });
  const rows = query.data?.pages.flatMap(({ data }): readonly Task[] => data);
  const update = (change: Change) =>
    void navigate({
      search: (before: TasksSearch) => ({ ...before, ...change }) as TasksSearch,
      replace: true,
    });
  return {
    project,
    search,
    view,
    query,
    rows,
    /** Queues that begin nothing new. */
    paused: useQuery(pausedQuery(project)).data ?? [],
    acts: useTaskActs(project),
    setView: (next: TasksView) =>
      update({ view: next === 'open' ? undefined : next, task: undefined }),
    setTask: (task: string | undefined) => update({ task }),
  };
}

/** What `useTasks` gives. */
export type TasksPageView = ReturnType<typeof useTasks>;

function useTaskActs(project: string): TaskActs {
  const client = useQueryClient();
  const navigate = useNavigate();
  const act = async (work: () => Promise<string>) => {
    try {
      addToast({ text: await work() });
    } catch (error) {
      const why = error instanceof Error ? error.message : words.actionFailed;
      addToast({ text: why, tone: 'error', duration: 8000 });
    }
    await client.invalidateQueries({ queryKey: toTasksKey(project) });
  };
  return {
    cancel: ({ id }) =>
      void act(async () => {
        await taskCalls.cancel(id);
        return words.cancelled;
      }),
    retry: ({ id }) =>
      void act(async () => {
        await taskCalls.retry(id);
        return words.retried;
      }),
    retryAll: (name) =>
      void act(async () => words.retriedAll((await taskCalls.retryAll(name)).retried)),
    setPaused: (queue, paused) =>
      void act(async () => {
        await taskCalls.setPaused(queue, paused);
        return paused ? words.pausedSaid(queue) : words.resumedSaid(queue);
      }),
    openTrace: ({ traceId }) =>
      void navigate({ to: '/p/$project/traces/$traceId', params: { project, traceId } }),
    openRun: ({ id }) =>
      void navigate({ to: '/p/$project/pipelines/runs/$runId', params: { project, runId: id } }),
  };
}
