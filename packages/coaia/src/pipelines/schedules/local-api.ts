/** The calls about schedules over the embedded store, with the same checks as over HTTP. */
import type { Scope } from '#base';
import { parseRequest } from '#observability';
import type { SchedulesApi } from '@coaia/client';
import { toTexts } from '../runs/local-api.ts';
import type { SchedulePorts } from './ports.ts';
import {
  createSchedule,
  getSchedule,
  listFirings,
  listSchedules,
  pauseSchedule,
  resumeSchedule,
  runScheduleNow,
  updateSchedule,
} from './schedules.ts';
import { scheduleBody, scheduleChange, scheduleQuery } from './schema.ts';

/** Opens the calls over one store and project. */
export function createLocalSchedules(ports: SchedulePorts, scope: Scope): SchedulesApi {
  return {
    listSchedules: async (query) =>
      listSchedules(ports, scope, parseRequest(scheduleQuery, toTexts(query))),
    createSchedule: async (input) =>
      createSchedule(ports, scope, parseRequest(scheduleBody, input)),
    getSchedule: (id) => getSchedule(ports, scope, id),
    updateSchedule: async (id, change) =>
      updateSchedule(ports, scope, { id, change: parseRequest(scheduleChange, change) }),
    deleteSchedule: (id) => ports.schedules.remove(scope, id),
    runScheduleNow: (id) => runScheduleNow(ports, scope, id),
    pauseSchedule: (id) => pauseSchedule(ports, scope, id),
    resumeSchedule: (id) => resumeSchedule(ports, scope, id),
    listFirings: async (id, query) =>
      listFirings(ports, scope, { id, ...parseRequest(scheduleQuery, toTexts(query)) }),
  };
}
