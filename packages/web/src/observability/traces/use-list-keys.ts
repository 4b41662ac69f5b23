import { isActivated, useShortcuts, type Shortcut } from '../../lib/keyboard.ts';
import { words } from '../messages.ts';
import type { ListSelection } from './use-list-selection.ts';

/** What the keys of a list do; indexes are lines of the list. */
export interface ListKeyActions {
  readonly open: (index: number) => void;
  readonly openTab: (index: number) => void;
  readonly peek: (index: number) => void;
  readonly closePeek: (() => void) | undefined;
  readonly moved: (id: string) => void;
  readonly copyCommand: () => void;
  readonly copyLink: () => void;
  readonly focusQuery: () => void;
  readonly openTime: () => void;
  readonly toggleFacets: () => void;
  readonly showNew: (() => void) | undefined;
  /** Lines of one screen. */
  readonly pageSize: () => number;
  readonly count: number;
}

// Arrows, Home, End and Enter belong to the list only while nothing else that uses them has the focus.
const isFree = (event: KeyboardEvent) =>
  !isActivated(event.target) &&
  !(
    event.target instanceof Element &&
    event.target.closest('[role="separator"],[role="tree"]') !== null
  );

/** The keys of `ux.md` 2.4 for a list. */
export function useListKeys(selection: ListSelection, actions: ListKeyActions): void {
  const go = (to: number, step: number) => {
    const id = selection.move(to, step);
    if (id !== undefined) actions.moved(id);
  };
  const at = selection.activeIndex;
  const last = actions.count - 1;
  const onLine = (run: (index: number) => void) => () => {
    if (at >= 0) run(at);
  };
  const moves: Shortcut[] = [
    { keys: ['j', 'ArrowDown'], label: words.keys.next, run: () => go(at + 1, 1), when: isFree },
    {
      keys: ['k', 'ArrowUp'],
      label: words.keys.previous,
      run: () => go(at < 0 ? 0 : at - 1, -1),
      when: isFree,
    },
    { keys: ['Home'], label: words.keys.first, run: () => go(0, 1), when: isFree },
    { keys: ['End'], label: words.keys.last, run: () => go(last, -1), when: isFree },
    {
      keys: ['PageDown'],
      label: words.keys.pageDown,
      run: () => go(Math.min(last, at + actions.pageSize()), 1),
      when: isFree,
    },
    {
      keys: ['PageUp'],
      label: words.keys.pageUp,
      run: () => go(Math.max(0, at - actions.pageSize()), -1),
      when: isFree,
    },
  ];
  const acts: Shortcut[] = [
    { keys: ['Enter'], label: words.keys.open, run: onLine(actions.open), when: isFree },
    { keys: ['Space'], label: words.keys.peek, run: onLine(actions.peek), when: isFree },
    {
      keys: ['x'],
      label: words.keys.select,
      run: onLine((index) => selection.toggle(index, false)),
    },
    {
      keys: ['X'],
      label: words.keys.selectRange,
      run: onLine((index) => selection.toggle(index, true)),
    },
    { keys: ['o'], label: words.keys.newTab, run: onLine(actions.openTab) },
    { keys: ['y'], label: words.keys.copyCli, run: actions.copyCommand },
    { keys: ['c'], label: words.keys.copyLink, run: actions.copyLink },
    { keys: ['/'], label: words.keys.query, run: actions.focusQuery },
    { keys: ['t'], label: words.keys.timeRange, run: actions.openTime },
    { keys: ['b'], label: words.keys.facets, run: actions.toggleFacets },
    {
      keys: ['.'],
      label: words.keys.showNew,
      run: () => actions.showNew?.(),
      when: () => actions.showNew !== undefined,
    },
    {
      keys: ['Escape'],
      label: words.keys.closePeek,
      run: () => (actions.closePeek === undefined ? selection.clear() : actions.closePeek()),
      when: () => actions.closePeek !== undefined || selection.selected.size > 0,
    },
  ];
  useShortcuts(words.keys.list, [...moves, ...acts]);
}
