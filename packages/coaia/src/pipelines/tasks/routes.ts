/** Tasks over HTTP: Coaia's own addresses. */
import { defineRoute } from '#surface';
import type { Route } from '#surface';
import { taskPorts } from './ports.ts';
import {
  queueAnswer,
  queueListAnswer,
  retriedAnswer,
  retryBody,
  taskAnswer,
  taskListAnswer,
  taskQuery,
} from './schema.ts';
import { cancelTask, listTasks, retryTask, retryTasks } from './tasks.ts';

const common = { access: 'page', needs: taskPorts } as const;

const list = defineRoute({
  ...common,
  method: 'GET',
  path: '/api/v1/tasks',
  operation: 'tasks.list',
  summary: 'List what is worked on in the background, newest first.',
  query: taskQuery,
  response: taskListAnswer,
  handler: async ({ api, scope, query }) => ({ json: await listTasks(api, scope, query) }),
});

const retryAll = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/tasks/retry',
  operation: 'tasks.retryAll',
  summary: 'Try every failed or cancelled task again, perhaps of one name.',
  body: retryBody,
  response: retriedAnswer,
  handler: async ({ api, scope, body }) => ({ json: await retryTasks(api, scope, body) }),
});

const cancel = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/tasks/:taskId/cancel',
  operation: 'tasks.cancel',
  summary: 'End a task that has not ended.',
  response: taskAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await cancelTask(api, scope, params['taskId'] ?? ''),
  }),
});

const retry = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/tasks/:taskId/retry',
  operation: 'tasks.retry',
  summary: 'Go on with a failed or cancelled task after its finished steps.',
  response: taskAnswer,
  handler: async ({ api, scope, params }) => ({
    json: await retryTask(api, scope, params['taskId'] ?? ''),
  }),
});

const listQueues = defineRoute({
  ...common,
  method: 'GET',
  path: '/api/v1/tasks/queues',
  operation: 'tasks.listQueues',
  summary: 'List the queues that are paused.',
  response: queueListAnswer,
  handler: async ({ api, scope }) => ({
    json: {
      data: (await api.runs.listPausedQueues(scope)).map((name) => ({ name, paused: true })),
    },
  }),
});

const pause = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/tasks/queues/:name/pause',
  operation: 'tasks.pauseQueue',
  summary: 'Begin no more tasks of one kind; what is at work goes on.',
  response: queueAnswer,
  handler: async ({ api, scope, params }) => {
    const name = params['name'] ?? '';
    await api.runs.pauseQueue(scope, name);
    return { json: { name, paused: true } };
  },
});

const resume = defineRoute({
  ...common,
  method: 'POST',
  path: '/api/v1/tasks/queues/:name/resume',
  operation: 'tasks.resumeQueue',
  summary: 'Begin tasks of that kind again.',
  response: queueAnswer,
  handler: async ({ api, scope, params }) => {
    const name = params['name'] ?? '';
    await api.runs.resumeQueue(scope, name);
    return { json: { name, paused: false } };
  },
});

export const taskRoutes: readonly Route[] = [
  list,
  listQueues,
  retryAll,
  pause,
  resume,
  cancel,
  retry,
];
