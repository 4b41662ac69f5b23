import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import type { PipelineChoice } from '../queries.ts';
import { hasEnded, type Run, type RunDetail } from './run.ts';

const base = '/api/v1/pipeline-runs';

/** Address of one run in the API. */
export function toRunPath(id: string): string {
  return `${base}/${encodeURIComponent(id)}`;
}

/** Key of everything that was read about a project's runs. */
export function toRunsKey(project: string) {
  return ['pipeline-runs', project] as const;
}

/** What a list of runs is narrowed to. */
export interface RunsFilter {
  readonly state?: string | undefined;
  readonly name?: string | undefined;
  readonly scheduleId?: string | undefined;
}

interface RunsPage {
  readonly data: readonly Run[];
  readonly meta: { readonly cursor: string | null };
}

/** Runs, newest first, page after page. */
export function runsQuery(project: string, filter: RunsFilter) {
  return infiniteQueryOptions({
    queryKey: [...toRunsKey(project), 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      sendRequest<RunsPage>(base, {
        query: { ...filter, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.meta.cursor ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ data }) => data.some((run) => !hasEnded(run))) === true
        ? 2000
        : 15_000,
  });
}

/** The last runs of a pipeline or of all. */
export function lastRunsQuery(project: string, limit: number, name?: string) {
  return queryOptions({
    queryKey: [...toRunsKey(project), 'last', limit, name],
    queryFn: async ({ signal }) =>
      (await sendRequest<RunsPage>(base, { query: { name, limit }, signal })).data,
    refetchInterval: ({ state }) =>
      state.data?.some((run) => !hasEnded(run)) === true ? 2000 : 15_000,
  });
}

/** One run with its steps; read again while it goes on, also where no change is told. */
export function runQuery(project: string, id: string) {
  return queryOptions({
    queryKey: [...toRunsKey(project), 'one', id],
    queryFn: ({ signal }) => sendRequest<RunDetail>(toRunPath(id), { signal }),
    refetchInterval: ({ state }) =>
      state.data !== undefined && !hasEnded(state.data) ? 1500 : false,
    staleTime: ({ state }) => (state.data !== undefined && hasEnded(state.data) ? 300_000 : 0),
  });
}

/** Starts a run. */
export function startRun(body: {
  readonly template: PipelineChoice;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly sessionId?: string;
  readonly userId?: string;
}): Promise<Run> {
  const { template, ...rest } = body;
  return sendRequest<Run>(base, {
    method: 'POST',
    body: { template: 'name' in template ? template.name : template, ...rest },
  });
}

/** What can be done to a run. */
export const runCalls = {
  cancel: (id: string) => sendRequest<Run>(`${toRunPath(id)}/cancel`, { method: 'POST', body: {} }),
  retry: (id: string) => sendRequest<Run>(`${toRunPath(id)}/retry`, { method: 'POST', body: {} }),
  fork: (id: string, fromStep: string) =>
    sendRequest<Run>(`${toRunPath(id)}/fork`, { method: 'POST', body: { fromStep } }),
  answer: (id: string, step: string, body: { approved: boolean; comment?: string }) =>
    sendRequest<unknown>(`${toRunPath(id)}/approvals/${encodeURIComponent(step)}`, {
      method: 'POST',
      body,
    }),
} as const;
