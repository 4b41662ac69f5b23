/** Schedules of pipelines over HTTP: Coaia's own addresses. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { runAnswer } from '../runs/schema.ts';
import { schedulePorts } from './ports.ts';
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
import {
  createdAnswer,
  firingListAnswer,
  scheduleAnswer,
  scheduleBody,
  scheduleChange,
  scheduleListAnswer,
  scheduleQuery,
} from './schema.ts';

const common = { access: 'page', needs: schedulePorts } as const;

const list = defineRoute({
  ...common,
  method: 'GET',
  path: '/api/v1/schedules',
  operation: 'schedules.list',
  summary: 'List schedules of pipelines, newest first.',
  query: scheduleQuery,
  response: scheduleListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listSchedules(api, scope, query) }),
});

const create = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/schedules',
  operation: 'schedules.create',
  summary: 'Start a pipeline by the clock.',
  body: scheduleBody,
  response: createdAnswer,
  status: 201,
  handler: async ({ api, scope, body }) => ({
    status: 201,
    json: await createSchedule(api, scope, body),
  }),
});

const get = defineRoute({
  ...common,
  method: 'GET',
  path: '/api/v1/schedules/:scheduleId',
  operation: 'schedules.get',
  summary: 'Read one schedule.',
  response: scheduleAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await getSchedule(api, scope, params['scheduleId'] ?? ''),
  }),
});

const update = defineRoute({
  ...common,
  method: 'PATCH',
  path: '/api/v1/schedules/:scheduleId',
  operation: 'schedules.update',
  summary: 'Change a schedule; what is not given stays.',
  body: scheduleChange,
  response: createdAnswer,
  handler: async ({ api, scope, params, body }) => ({
    json: await updateSchedule(api, scope, { id: params['scheduleId'] ?? '', change: body }),
  }),
});

const remove = defineRoute({
  ...common,
  method: 'DELETE',
  path: '/api/v1/schedules/:scheduleId',
  operation: 'schedules.delete',
  summary: 'Delete a schedule; its runs stay.',
  status: 204,
  handler: async ({ api, scope, params }) => {
    await api.schedules.remove(scope, params['scheduleId'] ?? '');
    return { status: 204 };
  },
});

const runNow = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/schedules/:scheduleId/run-now',
  operation: 'schedules.runNow',
  summary: 'Start a run of a schedule at once.',
  response: runAnswer,
  status: 202,
  handler: async ({ api, scope, params }) => ({
    status: 202,
    json: await runScheduleNow(api, scope, params['scheduleId'] ?? ''),
  }),
});

const pause = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/schedules/:scheduleId/pause',
  operation: 'schedules.pause',
  summary: 'Start nothing until the schedule is resumed.',
  response: scheduleAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await pauseSchedule(api, scope, params['scheduleId'] ?? ''),
  }),
});

const resume = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/schedules/:scheduleId/resume',
  operation: 'schedules.resume',
  summary: 'Go on with the next due time.',
  response: scheduleAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await resumeSchedule(api, scope, params['scheduleId'] ?? ''),
  }),
});

const history = defineRoute({
  ...common,
  method: 'GET',
  path: '/api/v1/schedules/:scheduleId/history',
  operation: 'schedules.history',
  summary: 'List the times at which a schedule was due, newest first.',
  query: scheduleQuery,
  response: firingListAnswer,
  handler: async ({ api, scope, params, query }) => ({
    json: await listFirings(api, scope, { id: params['scheduleId'] ?? '', ...query }),
  }),
});

export const scheduleRoutes: readonly Route[] = [
  list,
  create,
  get,
  update,
  remove,
  runNow,
  pause,
  resume,
  history,
];
