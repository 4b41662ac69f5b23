import type { DatasetItem, DatasetItemStatus } from '@coaia/client';
import { ApiError, sendRequest } from '../../../lib/api.ts';
import { createStore } from '../../../lib/external-store.ts';
import { addToast } from '../../../lib/toasts.ts';
import { addUndo, runAfterUndo } from '../../../lib/undo.ts';
import { words } from '../messages.ts';
import { writeItem } from '../queries.ts';
import { toFieldName, type EditedCell } from './item-field.ts';

type Refresh = () => Promise<unknown>;

/** Items that are gone from the page but not yet from the store. */
export const pendingItems = createStore<ReadonlySet<string>>(new Set());

/** Stores a cell and offers the way back; says what the server refuses. */
export async function saveCell(
  { item, field }: EditedCell,
  value: unknown,
  refresh: Refresh,
): Promise<string | undefined> {
  const write = async (next: unknown) => {
    await writeItem({ datasetName: item.datasetName, id: item.id, [field]: next });
    await refresh();
  };
  try {
    await write(value);
  } catch (error) {
    return error instanceof ApiError ? error.message : words.edit.failed;
  }
  addUndo(words.edit.saved(toFieldName(field)), () => write(item[field]), words.edit.undoFailed);
  return undefined;
}

/** Archives or restores items and offers the way back. */
export async function setStatus(
  items: readonly DatasetItem[],
  status: DatasetItemStatus,
  refresh: Refresh,
): Promise<void> {
  const write = async (next: (item: DatasetItem) => DatasetItemStatus) => {
    const written = await Promise.allSettled(
      items.map((item) =>
        writeItem({ datasetName: item.datasetName, id: item.id, status: next(item) }),
      ),
    );
    // The way back is offered at once; the list follows.
    void refresh();
    if (written.some((one) => one.status === 'rejected')) throw new Error(words.changeFailed);
  };
  const said = (status === 'ARCHIVED' ? words.didArchive : words.didRestore)(items.length);
  try {
    await write(() => status);
    addUndo(said, () => write((item) => item.status), words.edit.undoFailed);
  } catch {
    addToast({ text: words.changeFailed, tone: 'error' });
  }
}

/** Takes items off the page at once and deletes them after 8 s, unless undone. */
export function removeItems(ids: readonly string[], refresh: Refresh): void {
  pendingItems.write(new Set([...pendingItems.read(), ...ids]));
  runAfterUndo({
    said: words.deleted(ids.length),
    failed: words.deleteFailed,
    run: async (leaving) => {
      await Promise.all(
        ids.map((id) =>
          sendRequest(`/api/public/dataset-items/${encodeURIComponent(id)}`, {
            method: 'DELETE',
            keepalive: leaving,
          }),
        ),
      );
      if (!leaving) await refresh();
    },
    settled: () => {
      const left = new Set(pendingItems.read());
      for (const id of ids) left.delete(id);
      pendingItems.write(left);
    },
  });
}
