import type { ObservationType } from '@coaia/client';
import { useMemo, useState } from 'react';
import { parseWindow, toWholeWindow, toWindowText, toZoomed, type TimeWindow } from './timeline.ts';
import {
  findMatches,
  listAncestors,
  listNodes,
  listTypeIds,
  toTreeLines,
  type TraceTree,
} from './tree.ts';
import type { PlaceState } from './use-trace-place.ts';

const nothing: ReadonlySet<string> = new Set();

/** State of the tree and the timeline: what is collapsed, what is selected, what time is shown. */
export function useWaterfall(tree: TraceTree, { place, go }: PlaceState) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(nothing);
  const span = place.span !== undefined && tree.byId.has(place.span) ? place.span : null;
  // What is selected is always in sight: the way to it is open, whatever was closed before.
  const collapsed = useMemo(
    () => (span === null ? closed : without(closed, listAncestors(tree, span))),
    [closed, span, tree],
  );
  const lines = useMemo(() => toTreeLines(tree, collapsed), [tree, collapsed]);
  const activeIndex = useMemo(
    () => (span === null ? 0 : lines.findIndex((line) => line.item.node.id === span) + 1),
    [lines, span],
  );
  const matches = useMemo(() => findMatches(tree, place.find ?? ''), [tree, place.find]);
  const window = parseWindow(place.zoom, tree.durationMs);
  const setWindow = (next: TimeWindow) => go({ zoom: toWindowText(next, tree.durationMs) });
  const select = (id: string | null) => {
    setClosed(collapsed);
    go({ span: id ?? undefined });
  };
  // Closing a node above the selection moves the selection to it.
  const close = (ids: readonly string[]) => {
    const above = span === null ? [] : listAncestors(tree, span).filter((id) => ids.includes(id));
    setClosed(new Set([...collapsed, ...ids]));
    const top = above.at(-1);
    if (top !== undefined) go({ span: top });
  };
  return {
    lines,
    matches: useMemo(() => new Set(matches), [matches]),
    matchOrder: matches,
    span,
    /** Line of the selection; line 0 is the trace itself. */
    activeIndex,
    window,
    select,
    selectLine: (index: number) => {
      const at = Math.min(lines.length, Math.max(0, index));
      select(at === 0 ? null : (lines[at - 1]?.item.node.id ?? null));
    },
    toggle: (id: string) => {
      if (collapsed.has(id)) setClosed(without(collapsed, [id]));
      else close([id]);
    },
    collapseType: (type: ObservationType) => close(listTypeIds(tree, type)),
    collapseAll: () => close(listParentIds(tree)),
    expandAll: () => setClosed(nothing),
    zoom: (factor: number, at = findMiddle(tree, span, window)) =>
      setWindow(toZoomed(window, factor, at, tree.durationMs)),
    fit: () => setWindow(toWholeWindow(tree.durationMs)),
    setWindow,
    setFind: (text: string) => go({ find: text === '' ? undefined : text }),
  };
}

/** What `useWaterfall` gives. */
export type Waterfall = ReturnType<typeof useWaterfall>;

function without(from: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  if (!ids.some((id) => from.has(id))) return from;
  const left = new Set(from);
  for (const id of ids) left.delete(id);
  return left;
}

function listParentIds(tree: TraceTree): readonly string[] {
  return listNodes(tree)
    .filter((item) => item.children.length > 0)
    .map((item) => item.node.id);
}

// Zooming by keys keeps the selected span in the middle, or the middle of what is shown.
function findMiddle(tree: TraceTree, span: string | null, window: TimeWindow): number {
  const item = span === null ? undefined : tree.byId.get(span);
  if (item === undefined) return (window.from + window.to) / 2;
  return Math.min(window.to, Math.max(window.from, (item.node.startMs + item.endMs) / 2));
}
