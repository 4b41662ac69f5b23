import { useEffect, useMemo, useState } from 'react';
import type { ObservationType } from '@coaia/client';
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
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(nothing);
  const lines = useMemo(() => toTreeLines(tree, collapsed), [tree, collapsed]);
  const indexes = useMemo(
    () => new Map(lines.map((line, index) => [line.item.node.id, index + 1])),
    [lines],
  );
  const matches = useMemo(() => findMatches(tree, place.find ?? ''), [tree, place.find]);
  const span = place.span !== undefined && tree.byId.has(place.span) ? place.span : null;
  const window = parseWindow(place.zoom, tree.durationMs);
  const setWindow = (next: TimeWindow) => go({ zoom: toWindowText(next, tree.durationMs) });
  const reveal = (id: string) => {
    const closed = listAncestors(tree, id).filter((ancestor) => collapsed.has(ancestor));
    if (closed.length > 0) setCollapsed(without(collapsed, closed));
  };
  // A deep link to a span below a closed one opens the way to it.
  useEffect(() => {
    if (span !== null && !indexes.has(span) && tree.byId.has(span)) {
      setCollapsed((now) => without(now, listAncestors(tree, span)));
    }
  }, [span, indexes, tree]);
  const select = (id: string | null) => {
    if (id !== null) reveal(id);
    go({ span: id ?? undefined });
  };
  const toggle = (id: string) =>
    setCollapsed(collapsed.has(id) ? without(collapsed, [id]) : new Set([...collapsed, id]));
  const middle = () => {
    const item = span === null ? undefined : tree.byId.get(span);
    if (item === undefined) return (window.from + window.to) / 2;
    return Math.min(window.to, Math.max(window.from, (item.node.startMs + item.endMs) / 2));
  };
  return {
    lines,
    matches,
    span,
    /** Line of the selection; line 0 is the trace itself. */
    activeIndex: span === null ? 0 : (indexes.get(span) ?? 0),
    window,
    select,
    selectLine: (index: number) => {
      const at = Math.min(lines.length, Math.max(0, index));
      select(at === 0 ? null : (lines[at - 1]?.item.node.id ?? null));
    },
    toggle,
    collapseType: (type: ObservationType) =>
      setCollapsed(new Set([...collapsed, ...listTypeIds(tree, type)])),
    collapseAll: () =>
      setCollapsed(
        new Set(
          listNodes(tree)
            .filter((item) => item.children.length > 0)
            .map((item) => item.node.id),
        ),
      ),
    expandAll: () => setCollapsed(nothing),
    zoom: (factor: number, at = middle()) =>
      setWindow(toZoomed(window, factor, at, tree.durationMs)),
    fit: () => setWindow(toWholeWindow(tree.durationMs)),
    setWindow,
    setFind: (text: string) => go({ find: text === '' ? undefined : text }),
  };
}

/** What `useWaterfall` gives. */
export type Waterfall = ReturnType<typeof useWaterfall>;

function without(from: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const left = new Set(from);
  for (const id of ids) left.delete(id);
  return left;
}
