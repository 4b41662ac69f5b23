import { queryClient } from '../../lib/query-client.ts';
import { createStore } from '../../lib/external-store.ts';
import { addToast } from '../../lib/toasts.ts';
import { words } from '../messages.ts';
import { deleteTraces, toTracesKey } from './queries.ts';

/** Traces that are gone from the page but not yet from the store. */
export const pendingDeletes = createStore<ReadonlySet<string>>(new Set());

const undoMs = 8000;

/**
 * Takes traces off the page at once and deletes them after 8 s, unless undone. Leaving the page deletes
 * them right away, because nobody is left to undo it.
 */
export function removeTraces(project: string, ids: readonly string[]): void {
  pendingDeletes.write(new Set([...pendingDeletes.read(), ...ids]));
  let settled = false;
  const settle = (): boolean => {
    const first = !settled;
    settled = true;
    clearTimeout(timer);
    window.removeEventListener('pagehide', flush);
    return first;
  };
  const flush = () => {
    if (settle()) void deleteTraces(ids, true);
  };
  const run = async () => {
    if (!settle()) return;
    try {
      await deleteTraces(ids);
      await queryClient.invalidateQueries({ queryKey: toTracesKey(project) });
    } catch {
      addToast({ text: words.list.deleteFailed, tone: 'error' });
    }
    show(ids);
  };
  const timer = setTimeout(() => void run(), undoMs);
  window.addEventListener('pagehide', flush);
  addToast({
    text: words.list.deleted(ids.length),
    duration: undoMs,
    undo: () => {
      if (settle()) show(ids);
    },
  });
}

function show(ids: readonly string[]): void {
  const left = new Set(pendingDeletes.read());
  for (const id of ids) left.delete(id);
  pendingDeletes.write(left);
}
