import { isActivated, useShortcuts, type Shortcut } from '../../lib/keyboard.ts';
import { words as roomWords } from '../messages.ts';
import { words } from './messages.ts';
import { detailTabs } from './trace-search.ts';
import { findNextError, findSlowestChild, type TraceTree } from './tree.ts';
import type { PlaceState } from './use-trace-place.ts';
import type { Waterfall } from './use-waterfall.ts';

interface Options {
  readonly tree: TraceTree;
  readonly waterfall: Waterfall;
  readonly state: PlaceState;
  readonly focusFind: () => void;
  readonly copyCommand: () => void;
  readonly copyLink: () => void;
  readonly neighbours: {
    readonly previous: (() => void) | undefined;
    readonly next: (() => void) | undefined;
  };
  /** In a peek the list beside it keeps j, k and the arrows unless the tree has the focus. */
  readonly compact: boolean;
}

/** The keys of `ux.md` 2.4 for a trace. */
export function useTraceKeys(options: Options): void {
  const { tree, waterfall, state, compact } = options;
  const inTree = (event: KeyboardEvent) =>
    event.target instanceof Element && event.target.closest('[role="tree"]') !== null;
  const isFree = (event: KeyboardEvent) =>
    compact ? inTree(event) : !isActivated(event.target) || inTree(event);
  const at = waterfall.activeIndex;
  const line = at === 0 ? undefined : waterfall.lines[at - 1];
  const left = () => {
    if (line === undefined) return;
    if (line.expanded === true) waterfall.toggle(line.item.node.id);
    else waterfall.select(tree.parents.get(line.item.node.id) ?? null);
  };
  const right = () => {
    if (line?.expanded === false) waterfall.toggle(line.item.node.id);
    else if (line === undefined || line.expanded === true) waterfall.selectLine(at + 1);
  };
  const jump = (id: string | undefined) => (id === undefined ? undefined : waterfall.select(id));
  const moves: Shortcut[] = [
    {
      keys: ['j', 'ArrowDown'],
      label: words.keys.down,
      run: () => waterfall.selectLine(at + 1),
      when: isFree,
    },
    {
      keys: ['k', 'ArrowUp'],
      label: words.keys.up,
      run: () => waterfall.selectLine(at - 1),
      when: isFree,
    },
    { keys: ['ArrowLeft'], label: words.keys.left, run: left, when: isFree },
    { keys: ['ArrowRight'], label: words.keys.right, run: right, when: isFree },
    { keys: ['Home'], label: words.keys.first, run: () => waterfall.selectLine(0), when: isFree },
    {
      keys: ['End'],
      label: words.keys.last,
      run: () => waterfall.selectLine(waterfall.lines.length),
      when: isFree,
    },
  ];
  const acts: Shortcut[] = [
    { keys: ['e'], label: words.keys.error, run: () => jump(findNextError(tree, waterfall.span)) },
    {
      keys: ['s'],
      label: words.keys.slowest,
      run: () => jump(findSlowestChild(tree, waterfall.span)),
    },
    { keys: ['f'], label: words.keys.fit, run: waterfall.fit },
    { keys: ['+', '='], label: words.keys.zoomIn, run: () => waterfall.zoom(0.5) },
    { keys: ['-'], label: words.keys.zoomOut, run: () => waterfall.zoom(2) },
    {
      keys: ['1', '2', '3', '4', '5'],
      label: words.keys.tabs,
      run: (event) => state.go({ tab: detailTabs[Number(event.key) - 1] }),
    },
    {
      keys: ['l'],
      label: words.keys.log,
      run: () => state.go({ view: state.place.view === 'log' ? undefined : 'log' }),
    },
  ];
  const page: Shortcut[] = compact
    ? []
    : [
        { keys: ['/'], label: words.keys.find, run: options.focusFind },
        { keys: ['y'], label: roomWords.keys.copyCli, run: options.copyCommand },
        { keys: ['c'], label: roomWords.keys.copyLink, run: options.copyLink },
        { keys: ['['], label: words.keys.previous, run: () => options.neighbours.previous?.() },
        { keys: [']'], label: words.keys.next, run: () => options.neighbours.next?.() },
      ];
  useShortcuts(words.keys.name, [...moves, ...acts, ...page]);
}
