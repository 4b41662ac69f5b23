import { isActivated, useShortcuts, type Shortcut } from '../../lib/keyboard.ts';
import { words } from '../messages.ts';
import type { DataGridProps } from './grid-props.ts';

// Arrows, Home, End and Enter belong to the list only while nothing else that uses them has the focus.
const isFree = (event: KeyboardEvent) =>
  !isActivated(event.target) &&
  !(
    event.target instanceof Element &&
    event.target.closest('[role="separator"],[role="tree"]') !== null
  );

/** The keys of every list: move, open, peek, select, and what the page adds. */
export function useGridKeys<Row>(
  props: DataGridProps<Row>,
  active: number,
  setActive: (index: number) => void,
): void {
  const { rows, label } = props;
  const last = rows.length - 1;
  const row = rows[active];
  const go = (to: number) => () => setActive(Math.min(last, Math.max(0, to)));
  const names = words.keys;
  const own: readonly Shortcut[] = [
    { keys: ['j', 'ArrowDown'], label: names.next, run: go(active + 1), when: isFree },
    { keys: ['k', 'ArrowUp'], label: names.previous, run: go(active - 1), when: isFree },
    { keys: ['Home'], label: names.first, run: go(0), when: isFree },
    { keys: ['End'], label: names.last, run: go(last), when: isFree },
    { keys: ['PageDown'], label: names.pageDown, run: go(active + 20), when: isFree },
    { keys: ['PageUp'], label: names.pageUp, run: go(active - 20), when: isFree },
  ];
  useShortcuts(label, [
    ...(props.keys?.(row) ?? []),
    ...own,
    ...listActs(props, row),
    ...listSelects(props, active),
  ]);
}

function listActs<Row>(
  { onOpen, onPeek, focusQuery }: DataGridProps<Row>,
  row: Row | undefined,
): readonly Shortcut[] {
  const on = (run: (row: Row) => void) => () => {
    if (row !== undefined) run(row);
  };
  const names = words.keys;
  return [
    ...(onOpen === undefined
      ? []
      : [{ keys: ['Enter'], label: names.open, run: on(onOpen), when: isFree }]),
    ...(onPeek === undefined
      ? []
      : [{ keys: ['Space'], label: names.peek, run: on(onPeek), when: isFree }]),
    ...(focusQuery === undefined ? [] : [{ keys: ['/'], label: names.query, run: focusQuery }]),
  ];
}

function listSelects<Row>({ selection }: DataGridProps<Row>, active: number): readonly Shortcut[] {
  if (selection === undefined) return [];
  return [
    {
      keys: ['x', 'X'],
      label: words.keys.select,
      run: (event) => {
        if (active >= 0) selection.toggle(active, event.shiftKey);
      },
    },
    {
      keys: ['Escape'],
      label: words.keys.clear,
      run: selection.clear,
      when: () => selection.selected.size > 0,
    },
  ];
}
