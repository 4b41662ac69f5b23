import { useRef, type KeyboardEvent } from 'react';
import { toClass } from '../../ui/class-names.ts';
import { IconFolder } from '../../ui/icons.ts';
import type { Folder } from './folders.ts';
import { words } from './messages.ts';

/** The folders as a tree beside the list; one click or the arrow keys narrow the list. */
export function FolderTree({
  folders,
  total,
  chosen,
  onChoose,
}: {
  readonly folders: readonly Folder[];
  readonly total: number;
  readonly chosen: string;
  readonly onChoose: (path: string) => void;
}) {
  const tree = useRef<HTMLDivElement>(null);
  const items = [{ path: '', name: words.allFolders, level: 0, count: total }, ...folders];
  const at = Math.max(
    0,
    items.findIndex((item) => item.path === chosen),
  );
  const press = (event: KeyboardEvent) => {
    const next = toNext(event.key, at, items.length, items);
    if (next === undefined) return;
    event.preventDefault();
    onChoose(items[next]?.path ?? '');
    tree.current?.querySelectorAll<HTMLElement>('[role="treeitem"]')[next]?.focus();
  };
  return (
    <div
      ref={tree}
      role="tree"
      aria-label={words.folders}
      data-own-keys=""
      className="w-52 shrink-0 overflow-y-auto border-r border-line p-2 max-md:hidden"
      onKeyDown={press}
    >
      {items.map((item, index) => (
        <div
          key={item.path}
          role="treeitem"
          aria-level={item.level + 1}
          aria-expanded={hasChildren(items, index) ? true : undefined}
          aria-selected={index === at}
          tabIndex={index === at ? 0 : -1}
          data-folder={item.path}
          className={toClass(
            'flex h-7 items-center gap-2 rounded-md pr-2 focus-visible:-outline-offset-2',
            index === at ? 'bg-accent-soft font-medium' : 'text-muted hover:bg-hover hover:text-fg',
          )}
          style={{ paddingLeft: `${8 + Math.max(0, item.level - 1) * 14}px` }}
          onClick={() => onChoose(item.path)}
        >
          {item.level === 0 ? null : <IconFolder size={14} className="text-faint" />}
          <span className="min-w-0 flex-1 truncate">{item.name}</span>
          <span className="tnum text-xs text-muted">{item.count.toLocaleString('en')}</span>
        </div>
      ))}
    </div>
  );
}

type Item = Pick<Folder, 'level'>;

const hasChildren = (items: readonly Item[], index: number): boolean =>
  (items[index + 1]?.level ?? 0) > (items[index]?.level ?? 0);

// Arrows as in an ARIA tree; every folder is open, so right goes to the first child and left to the parent.
function toNext(
  key: string,
  at: number,
  count: number,
  items: readonly Item[],
): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'ArrowRight':
      return hasChildren(items, at) ? at + 1 : at;
    case 'ArrowLeft':
      return Math.max(
        0,
        items.findLastIndex((item, index) => index < at && item.level < (items[at]?.level ?? 0)),
      );
    default:
      return undefined;
  }
}
