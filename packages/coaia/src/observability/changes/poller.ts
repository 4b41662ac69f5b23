/** Wakes whoever follows changes in this process, right after a commit, without waiting for the next poll. */
import type { Database } from '#store';

const listeners = new WeakMap<Database, Set<() => void>>();

/** Tells followers in this process that something was committed. */
export function kickChanges(db: Database): void {
  for (const wake of listeners.get(db) ?? []) wake();
}

/** Calls `wake` after each commit of this process; returns the way to stop. */
export function addWake(db: Database, wake: () => void): () => void {
  const all = listeners.get(db) ?? new Set();
  all.add(wake);
  listeners.set(db, all);
  return () => all.delete(wake);
}
