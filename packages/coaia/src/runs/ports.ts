/** What runs work with. */
import type { Clock, Recorder } from '#base';
import type { Dispatcher, Notices } from '#queue';
import type { Database, RunRow, Transaction } from '#store';
import type { Workflow } from './engine.ts';

export interface RunPorts {
  readonly db: Database;
  readonly clock: Clock;
  readonly recorder: Recorder<Transaction>;
  readonly notices: Notices;
  /** Absent: due runs are found by looking. */
  readonly dispatcher: Pick<Dispatcher, 'announce' | 'look'> | undefined;
  /** Known in this process; others have no events of their own when they are cancelled here. */
  readonly workflows: Map<string, Workflow>;
}

/** A run and its project. */
export interface RunKey {
  readonly projectId: string;
  readonly id: string;
}

/** Tells everybody here, and the dispatcher, that a run is due at a time. */
export function announce(ports: RunPorts, key: RunKey, due: { dueAt: number; priority?: number }) {
  ports.dispatcher?.announce({ ...key, dueAt: due.dueAt, priority: due.priority ?? 0 });
  ports.notices.tell(key.id);
}

/** The same for runs that were started in a transaction, now that it is committed. */
export function announceRuns(ports: RunPorts, rows: readonly RunRow[]): void {
  for (const { project_id: projectId, id, due_at: dueAt, priority } of rows)
    if (dueAt !== null) announce(ports, { projectId, id }, { dueAt, priority });
}
