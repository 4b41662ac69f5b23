import type { DatasetItem, DatasetItemStatus } from '@coaia/client';
import { Button } from '../../../ui/button.tsx';
import { IconClose, IconTrash } from '../../../ui/icons.ts';
import { words } from '../messages.ts';

/** What can be done with the selected items; floats over the foot of the list. */
export function ItemSelectionBar({
  items,
  onStatus,
  onDelete,
  onClear,
}: {
  readonly items: readonly DatasetItem[];
  readonly onStatus: (status: DatasetItemStatus) => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}) {
  const isArchived = items.every(({ status }) => status === 'ARCHIVED');
  return (
    <div
      role="toolbar"
      aria-label={words.selected(items.length)}
      className="absolute bottom-4 left-1/2 z-20 flex h-10 -translate-x-1/2 items-center gap-2 rounded-lg bg-raised pr-1.5 pl-3 shadow-float"
    >
      <span className="tnum pr-1 whitespace-nowrap" role="status">
        {words.selected(items.length)}
      </span>
      <Button onClick={() => onStatus(isArchived ? 'ACTIVE' : 'ARCHIVED')}>
        {isArchived ? words.restore : words.archive}
      </Button>
      <Button tone="danger" onClick={onDelete}>
        <IconTrash size={14} />
        {words.delete}
      </Button>
      <Button tone="ghost" square label={words.clearSelection} onClick={onClear}>
        <IconClose size={14} />
      </Button>
    </div>
  );
}
