/** What parts of one process tell each other at once; other processes find it in the database a little later. */
import type { Database } from '#store';

export interface Notices {
  /** Something about a run has changed; undefined: about no run in particular. */
  tell(runId?: string): void;
  /** Returns the way to stop. */
  listen(heard: (runId: string | undefined) => void): () => void;
}

const known = new WeakMap<Database, Notices>();

/** The notices of everybody in this process who works on `db`. */
export function toNotices(db: Database): Notices {
  const ready = known.get(db);
  if (ready !== undefined) return ready;
  const listeners = new Set<(runId: string | undefined) => void>();
  const notices: Notices = {
    tell(runId) {
      for (const heard of listeners) heard(runId);
    },
    listen(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
  };
  known.set(db, notices);
  return notices;
}
