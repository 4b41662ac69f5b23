/** The calls about tasks over the embedded store, with the same checks as over HTTP. */
import type { Scope } from '#base';
import { parseRequest } from '#observability';
import type { TasksApi } from '@coaia/client';
import { toTexts } from '../runs/local-api.ts';
import type { TaskPorts } from './ports.ts';
import { retryBody, taskQuery } from './schema.ts';
import { cancelTask, listTasks, retryTask, retryTasks } from './tasks.ts';

/** Opens the calls over one store and project. */
export function createLocalTasks(ports: TaskPorts, scope: Scope): TasksApi {
  return {
    listTasks: async (query) => listTasks(ports, scope, parseRequest(taskQuery, toTexts(query))),
    cancelTask: (id) => cancelTask(ports, scope, id),
    retryTask: (id) => retryTask(ports, scope, id),
    retryTasks: async (filter) => retryTasks(ports, scope, parseRequest(retryBody, filter)),
  };
}
