import { queryClient } from '../../lib/query-client.ts';
import { createStore } from '../../lib/external-store.ts';
import { runAfterUndo } from '../../lib/undo.ts';
import { words } from '../messages.ts';
import { deleteTraces, toTracesKey } from './queries.ts';

/** Traces that are gone from the page but not yet from the store. */
export const pendingDeletes = createStore<ReadonlySet<string>>(new Set());

/**
 * Takes traces off the page at once and deletes them after 8 s, unless undone. Leaving the page deletes
 * them right away, because nobody is left to undo it.
 */
export function removeTraces(project: string, ids: readonly string[]): void {
  pendingDeletes.write(new Set([...pendingDeletes.read(), ...ids]));
  runAfterUndo({
    said: words.list.deleted(ids.length),
    failed: words.list.deleteFailed,
    run: async (leaving) => {
      await deleteTraces(ids, leaving);
      if (!leaving) await queryClient.invalidateQueries({ queryKey: toTracesKey(project) });
    },
    settled: () => show(ids),
  });
}

function show(ids: readonly string[]): void {
  const left = new Set(pendingDeletes.read());
  for (const id of ids) left.delete(id);
  pendingDeletes.write(left);
}
