/** Changes of one project gathered for one reader: ids once, newest sequence number. */
import type { ChangeRow } from '#store';

/** What one `change` message says. */
export interface ChangeMessage {
  readonly seq: number;
  readonly traces: readonly string[];
  readonly sessions: readonly string[];
  readonly deleted: readonly string[];
  /** Served models by name. */
  readonly models: readonly string[];
}

/** Ids that wait at most; a reader that lets more pile up is too slow. */
export const MAX_PENDING = 20_000;

export interface PendingChanges {
  seq: number;
  readonly traces: Set<string>;
  readonly sessions: Set<string>;
  readonly deleted: Set<string>;
  readonly models: Set<string>;
}

export function createPending(): PendingChanges {
  return {
    seq: 0,
    traces: new Set(),
    sessions: new Set(),
    deleted: new Set(),
    models: new Set(),
  };
}

/** Adds one change; a deleted trace is no longer a changed one. */
export function addChange(pending: PendingChanges, change: ChangeRow): void {
  pending.seq = Math.max(pending.seq, change.seq);
  if (change.kind === 'session') pending.sessions.add(change.subject_id);
  else if (change.kind === 'model') pending.models.add(change.subject_id);
  else if (change.kind === 'trace-deleted') {
    pending.traces.delete(change.subject_id);
    pending.deleted.add(change.subject_id);
  } else {
    pending.deleted.delete(change.subject_id);
    pending.traces.add(change.subject_id);
  }
}

/** How many ids wait. */
export function countPending(pending: PendingChanges): number {
  const { traces, sessions, deleted, models } = pending;
  return traces.size + sessions.size + deleted.size + models.size;
}

export function toChangeMessage(pending: PendingChanges): ChangeMessage {
  return {
    seq: pending.seq,
    traces: [...pending.traces],
    sessions: [...pending.sessions],
    deleted: [...pending.deleted],
    models: [...pending.models],
  };
}
