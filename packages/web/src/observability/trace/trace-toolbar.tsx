import type { ObservationType } from '@coaia/client';
import { useMemo, type RefObject } from 'react';
import { Button } from '../../ui/button.tsx';
import { toClass } from '../../ui/class-names.ts';
import { IconFilter, IconMinus, IconPlus, IconSearch } from '../../ui/icons.ts';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { words } from './messages.ts';
import { typeLooks } from './node.ts';
import { listNodes, type TraceTree } from './tree.ts';
import { TypeIcon } from './type-icon.tsx';
import type { PlaceState } from './use-trace-place.ts';
import type { Waterfall } from './use-waterfall.ts';

/** Tree or log, search inside, collapse by type, zoom. */
export function TraceToolbar({
  tree,
  waterfall,
  state,
  findRef,
}: {
  readonly tree: TraceTree;
  readonly waterfall: Waterfall;
  readonly state: PlaceState;
  readonly findRef: RefObject<HTMLInputElement | null>;
}) {
  const log = state.place.view === 'log';
  return (
    <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
      <div
        role="group"
        aria-label={words.views}
        className="flex rounded-md border border-line-strong p-px"
      >
        <ViewButton on={!log} label={words.tree} onClick={() => state.go({ view: undefined })} />
        <ViewButton on={log} label={words.log} onClick={() => state.go({ view: 'log' })} />
      </div>
      <FindBox waterfall={waterfall} value={state.place.find ?? ''} inputRef={findRef} />
      <TypesMenu tree={tree} waterfall={waterfall} />
      {log ? null : (
        <div className="flex">
          <Button tone="ghost" square label={words.zoomOut} onClick={() => waterfall.zoom(2)}>
            <IconMinus size={14} />
          </Button>
          <Button tone="ghost" className="px-1.5" onClick={waterfall.fit}>
            {words.fit}
          </Button>
          <Button tone="ghost" square label={words.zoomIn} onClick={() => waterfall.zoom(0.5)}>
            <IconPlus size={14} />
          </Button>
        </div>
      )}
    </div>
  );
}

function ViewButton({
  on,
  label,
  onClick,
}: {
  readonly on: boolean;
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      aria-pressed={on}
      className={toClass(
        'h-6 rounded-sm px-2 text-xs',
        on
          ? 'bg-accent-soft font-medium text-fg outline-1 -outline-offset-1 outline-transparent'
          : 'text-muted hover:text-fg',
      )}
      onClick={onClick}
    >
      {label}
    </button>
  );
}

function FindBox({
  waterfall,
  value,
  inputRef,
}: {
  readonly waterfall: Waterfall;
  readonly value: string;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}) {
  const { matchOrder: matches, span, select, setFind } = waterfall;
  const at = span === null ? -1 : matches.indexOf(span);
  const step = (by: number) => {
    const next = matches[(at + by + matches.length) % matches.length];
    if (next !== undefined) select(next);
  };
  return (
    <div className="flex h-7 min-w-0 flex-1 items-center rounded-md border border-field bg-bg px-2 focus-within:outline-2 focus-within:outline-accent">
      <IconSearch size={14} className="shrink-0 text-faint" />
      <input
        ref={inputRef}
        value={value}
        aria-label={words.find}
        placeholder={words.find}
        spellCheck={false}
        className="h-full min-w-0 flex-1 bg-transparent px-2 text-xs outline-none"
        onChange={(event) => setFind(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      {value === '' ? null : (
        <span role="status" className="tnum shrink-0 text-2xs text-muted">
          {words.findCount(at + 1, matches.length)}
        </span>
      )}
    </div>
  );
}

function TypesMenu({
  tree,
  waterfall,
}: {
  readonly tree: TraceTree;
  readonly waterfall: Waterfall;
}) {
  const counts = useMemo(() => {
    const found = new Map<ObservationType, number>();
    for (const { node } of listNodes(tree)) found.set(node.type, (found.get(node.type) ?? 0) + 1);
    return [...found].toSorted((a, b) => b[1] - a[1]);
  }, [tree]);
  return (
    <Menu
      renderTrigger={(props) => (
        <Button {...props} tone="ghost" square label={words.types}>
          <IconFilter size={14} />
        </Button>
      )}
    >
      <MenuItem onSelect={waterfall.expandAll}>{words.expandAll}</MenuItem>
      <MenuItem onSelect={waterfall.collapseAll}>{words.collapseAll}</MenuItem>
      <MenuLine />
      {counts.map(([type, count]) => (
        <MenuItem
          key={type}
          icon={<TypeIcon type={type} />}
          detail={count.toLocaleString('en')}
          onSelect={() => waterfall.collapseType(type)}
        >
          {words.collapse(typeLooks[type].label)}
        </MenuItem>
      ))}
    </Menu>
  );
}
