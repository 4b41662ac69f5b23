import { useMemo, useState } from 'react';
import { findRowIndex, type ListItem } from './list-items.ts';

/** The active line and the selected traces of a list. Both are kept by id, so that new data moves neither. */
export function useListSelection(items: readonly ListItem[]) {
  const [activeId, setActiveId] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState(-1);
  const indexes = useMemo(
    () =>
      new Map(
        items.flatMap((item, index) =>
          item.kind === 'row' ? [[item.row.id, index] as const] : [],
        ),
      ),
    [items],
  );
  const activeIndex = activeId === null ? -1 : (indexes.get(activeId) ?? -1);
  const toId = (index: number) => {
    const item = items[index];
    return item?.kind === 'row' ? item.row.id : undefined;
  };
  const activate = (index: number): string | undefined => {
    const id = toId(index);
    if (id !== undefined) setActiveId(id);
    return id;
  };
  const move = (to: number, step: number) => activate(findRowIndex(items, to, step));
  const toggle = (index: number, range: boolean) => {
    const id = toId(index);
    if (id === undefined) return;
    setAnchor(index);
    const ids = range && anchor >= 0 ? findIdsBetween(items, anchor, index) : [id];
    const next = new Set(selected);
    const on = range || !selected.has(id);
    for (const one of ids) {
      if (on) next.add(one);
      else next.delete(one);
    }
    setSelected(next);
  };
  const toggleAll = () => {
    const all = [...indexes.keys()];
    setSelected(all.every((id) => selected.has(id)) ? new Set() : new Set(all));
  };
  return {
    activeId,
    activeIndex,
    selected,
    activate,
    move,
    toggle,
    toggleAll,
    setActiveId,
    clear: () => setSelected(new Set()),
  };
}

/** What `useListSelection` gives. */
export type ListSelection = ReturnType<typeof useListSelection>;

function findIdsBetween(items: readonly ListItem[], a: number, b: number): readonly string[] {
  return items
    .slice(Math.min(a, b), Math.max(a, b) + 1)
    .flatMap((item) => (item.kind === 'row' ? [item.row.id] : []));
}
