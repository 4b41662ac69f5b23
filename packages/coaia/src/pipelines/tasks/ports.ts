/** What the use cases of tasks take, and what their commands need. */
import type { Clock } from '#base';
import type { RunsApi } from '#runs';
import { needs } from '#surface';
import type { TasksApi } from '@coaia/client';

export interface TaskPorts {
  readonly clock: Clock;
  readonly runs: RunsApi;
}

/** What the routes need. */
export const taskPorts = needs<TaskPorts>('task-ports');

/** What the commands need: the embedded store or a server, behind one interface. */
export const tasksApi = needs<TasksApi>('tasks');
