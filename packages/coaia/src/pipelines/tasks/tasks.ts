/** Runs of every workflow, as people look after them: what waits, what failed, what is tried again. */
import { isCoaiaError, toIso } from '#base';
import type { Scope } from '#base';
import type { Run } from '#runs';
import type { CursorPage, Task } from '@coaia/client';
import { toWireFailure } from '../runs/wire.ts';
import type { TaskPorts } from './ports.ts';
import type { RetryBody, TaskQuery } from './schema.ts';

const toTime = (time: number | null): string | null => (time === null ? null : toIso(time));

function toTask({ clock }: TaskPorts, run: Run): Task {
  return {
    id: run.id,
    kind: run.workflow,
    name: run.name,
    state: run.state,
    attempt: run.attempt,
    worker: run.worker,
    ageMs: (run.endedAt ?? clock()) - run.createdAt,
    createdAt: toIso(run.createdAt),
    startedAt: toTime(run.startedAt),
    endedAt: toTime(run.endedAt),
    nextRetry: toTime(run.wakeAt),
    error: toWireFailure(run.error),
    traceId: run.traceId,
  };
}

/** Newest first. */
export async function listTasks(
  ports: TaskPorts,
  scope: Scope,
  { state, kind, name, limit, cursor }: TaskQuery,
): Promise<CursorPage<Task>> {
  const found = await ports.runs.list(scope, {
    limit,
    ...(state === undefined ? {} : { state }),
    ...(kind === undefined ? {} : { workflow: kind }),
    ...(name === undefined ? {} : { name }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  return {
    data: found.runs.map((run) => toTask(ports, run)),
    meta: { cursor: found.cursor },
  };
}

export async function cancelTask(ports: TaskPorts, scope: Scope, id: string): Promise<Task> {
  return toTask(ports, await ports.runs.cancel(scope, id));
}

export async function retryTask(ports: TaskPorts, scope: Scope, id: string): Promise<Task> {
  return toTask(ports, await ports.runs.retry(scope, id));
}

/** Each once, page after page; one that somebody else took up meanwhile is passed over. */
export async function retryTasks(
  { runs }: TaskPorts,
  scope: Scope,
  { state, name }: RetryBody,
): Promise<{ readonly retried: number }> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await runs.list(scope, {
      state: [state],
      limit: 200,
      ...(name === undefined ? {} : { name }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    ids.push(...page.runs.map(({ id }) => id));
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  let retried = 0;
  for (const id of ids) {
    try {
      await runs.retry(scope, id);
      retried++;
    } catch (error) {
      if (!isCoaiaError(error) || error.code !== 'COAIA-0903') throw error;
    }
  }
  return { retried };
}
