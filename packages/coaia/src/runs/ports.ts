/** What runs work with. */
import type { Clock, Recorder } from '#base';
import type { Dispatcher, Notices } from '#queue';
import type { Database, Transaction } from '#store';
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
