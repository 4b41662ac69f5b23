/** Everything that is worked on in the background, on the wire. */
import type { CoaiaClient } from './client.ts';
import type { CursorPage, PipelineRunFailure, PipelineRunState } from './pipeline-runs-api.ts';

/** A run of any workflow; times are ISO 8601. */
export interface Task {
  readonly id: string;
  /** Workflow, for example `pipeline`. */
  readonly kind: string;
  readonly name: string;
  readonly state: PipelineRunState;
  readonly attempt: number;
  /** Process that works on it. */
  readonly worker: string | null;
  readonly ageMs: number;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** When it goes on or is tried again by itself. */
  readonly nextRetry: string | null;
  readonly error: PipelineRunFailure | null;
  readonly traceId: string;
}

export interface TaskQuery {
  /** Comma list. */
  readonly state?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

/** The calls about tasks, the same over the embedded store and over HTTP. */
export interface TasksApi {
  listTasks(query: TaskQuery): Promise<CursorPage<Task>>;
  cancelTask(id: string): Promise<Task>;
  retryTask(id: string): Promise<Task>;
  /** Every task of that state, perhaps of one name; answers how many. */
  retryTasks(filter: {
    readonly state: 'failed' | 'cancelled';
    readonly name?: string;
  }): Promise<{ readonly retried: number }>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createTasksApi(client: Pick<CoaiaClient, 'request'>): TasksApi {
  const tasks = ['tasks'];
  const area = 'v1' as const;
  return {
    listTasks: (query) => client.request('GET', tasks, { area, query }),
    cancelTask: (id) => client.request('POST', [...tasks, id, 'cancel'], { area }),
    retryTask: (id) => client.request('POST', [...tasks, id, 'retry'], { area }),
    retryTasks: (body) => client.request('POST', [...tasks, 'retry'], { area, body }),
  };
}
