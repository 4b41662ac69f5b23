import type {
  CreatedSchedule,
  CursorPage,
  PipelineRun,
  Schedule,
  ScheduleChange,
  ScheduleFiring,
  ScheduleInput,
} from '@coaia/client';
import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';

const base = '/api/v1/schedules';
const toSchedulePath = (id: string) => `${base}/${encodeURIComponent(id)}`;

/** Key of everything that was read about a project's schedules. */
export function toSchedulesKey(project: string) {
  return ['schedules', project] as const;
}

/** The schedules of the project. */
export function schedulesQuery(project: string) {
  return queryOptions({
    queryKey: [...toSchedulesKey(project), 'list'],
    queryFn: async ({ signal }) => {
      const found: Schedule[] = [];
      let cursor: string | undefined;
      do {
        const page: CursorPage<Schedule> = await sendRequest(base, {
          query: { limit: 100, cursor },
          signal,
        });
        found.push(...page.data);
        cursor = page.meta.cursor ?? undefined;
      } while (cursor !== undefined);
      return found;
    },
    refetchInterval: 15_000,
  });
}

/** The last times a schedule was due. */
export function firingsQuery(project: string, id: string) {
  return queryOptions({
    queryKey: [...toSchedulesKey(project), 'history', id],
    queryFn: async ({ signal }) =>
      (
        await sendRequest<CursorPage<ScheduleFiring>>(`${toSchedulePath(id)}/history`, {
          query: { limit: 50 },
          signal,
        })
      ).data,
  });
}

/** What can be done to schedules. */
export const scheduleCalls = {
  create: (body: ScheduleInput) => sendRequest<CreatedSchedule>(base, { method: 'POST', body }),
  update: (id: string, body: ScheduleChange) =>
    sendRequest<Schedule>(toSchedulePath(id), { method: 'PATCH', body }),
  remove: (id: string, leaving: boolean) =>
    sendRequest<void>(toSchedulePath(id), { method: 'DELETE', keepalive: leaving }),
  pause: (id: string) =>
    sendRequest<Schedule>(`${toSchedulePath(id)}/pause`, { method: 'POST', body: {} }),
  resume: (id: string) =>
    sendRequest<Schedule>(`${toSchedulePath(id)}/resume`, { method: 'POST', body: {} }),
  runNow: (id: string) =>
    sendRequest<PipelineRun>(`${toSchedulePath(id)}/run-now`, { method: 'POST', body: {} }),
} as const;
