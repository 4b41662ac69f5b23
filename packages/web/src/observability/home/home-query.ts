import type { CursorPage, Task } from '@coaia/client';
import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { toProjectPath } from '../../lib/server.ts';
import type { TraceRow } from '../traces/trace-row.ts';

/** `GET /api/v1/projects/{id}/home`. */
export interface HomeAnswer {
  readonly health: {
    readonly status: string;
    readonly storeBytes: number;
    readonly traceCount: number;
    readonly observationCount: number;
    readonly sessionCount: number;
    readonly uptimeSeconds: number;
    readonly durability: string;
  };
  readonly lastTraces: readonly TraceRow[];
  readonly lastErrors: readonly TraceRow[];
  readonly series: HomeSeries;
  readonly checklist: readonly ChecklistStep[];
}

/** The last 24 hours in buckets. */
export interface HomeSeries {
  readonly intervalMs: number;
  readonly buckets: readonly {
    readonly start: string;
    readonly count: number;
    readonly errors: number;
    /** USD. */
    readonly totalCost: number;
    readonly p95LatencyMs: number | null;
  }[];
}

/** A first step with the command that does it. */
export interface ChecklistStep {
  readonly id: string;
  readonly done: boolean;
  /** When it happened first; null while it has not. */
  readonly at: string | null;
  readonly title: string;
  readonly command: string;
}

/** Everything the home page shows. */
export function homeQuery(project: string) {
  return queryOptions({
    queryKey: ['home', project] as const,
    queryFn: ({ signal }) => sendRequest<HomeAnswer>(toProjectPath(project, 'home'), { signal }),
  });
}

/** The first steps, read again until all are done: most happen outside of this page. */
export function firstStepsQuery(project: string) {
  return queryOptions({
    queryKey: ['home', project, 'first-steps'] as const,
    queryFn: async ({ signal }) =>
      (
        await sendRequest<{ readonly steps: readonly ChecklistStep[] }>('/api/v1/first-steps', {
          signal,
        })
      ).steps,
    refetchInterval: ({ state }) =>
      state.data?.every((step) => step.done) === true ? false : 3000,
  });
}

/** The newest tasks that have not ended. */
export function openTasksQuery(project: string) {
  return queryOptions({
    queryKey: ['home', project, 'tasks'] as const,
    queryFn: async ({ signal }) =>
      (
        await sendRequest<CursorPage<Task>>('/api/v1/tasks', {
          query: { state: 'queued,running,waiting', limit: 5 },
          signal,
        })
      ).data,
    refetchInterval: 5000,
  });
}
