import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { updatePreferences, usePreferences } from '../../lib/preferences.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { useRowHeight } from '../../ui/use-row-height.ts';
import { useWindowedRows } from '../../ui/use-windowed-rows.ts';
import { words } from './messages.ts';
import type { TraceTreeAnswer } from './node.ts';
import { Ruler } from './ruler.tsx';
import { useLineId, usePaneLabel } from './pane-name.ts';
import type { LineLayout } from './span-bar.tsx';
import { RootLine, SpanLine } from './span-line.tsx';
import { toMoved } from './timeline.ts';
import type { TraceTree } from './tree.ts';
import type { Waterfall } from './use-waterfall.ts';

interface PaneProps {
  readonly trace: TraceTreeAnswer['trace'];
  readonly tree: TraceTree;
  readonly waterfall: Waterfall;
}

/** Below this width the name stands over its bar. */
const stackedWidth = 480;

/** Tree and timeline in one list: only the lines in view are mounted, and the selected one always. */
export function WaterfallPane(props: PaneProps) {
  const { tree, waterfall } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const layout = useLineLayout(scroller, waterfall);
  const { rows, height } = useWindowedRows({
    scroller,
    count: waterfall.lines.length + 1,
    rowHeight: layout.rowHeight,
    active: waterfall.activeIndex,
  });
  const label = usePaneLabel(words.treeLabel);
  const activeId = useLineId(waterfall.activeIndex);
  const stable = useStableActions(waterfall);
  useWheelZoom(scroller, (event, box) => runWheel(event, box, layout, waterfall, tree.durationMs));
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {layout.stacked ? null : <WaterfallHead layout={layout} waterfall={waterfall} />}
      <div
        ref={scroller}
        role="tree"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={activeId}
        className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto [contain:strict] focus-visible:-outline-offset-2"
      >
        <div className="relative min-h-full" role="presentation" style={{ height }}>
          {layout.stacked ? null : (
            <span
              className="absolute inset-y-0 w-px bg-line"
              style={{ left: layout.nameWidth - 1 }}
            />
          )}
          {rows.map(({ index, start }) => (
            <PaneLine
              key={index}
              {...props}
              {...stable}
              index={index}
              start={start}
              layout={layout}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function PaneLine({
  trace,
  tree,
  waterfall,
  onSelect,
  onToggle,
  ...place
}: PaneProps &
  StableActions & { readonly index: number; readonly start: number; readonly layout: LineLayout }) {
  const active = place.index === waterfall.activeIndex;
  if (place.index === 0) {
    return (
      <RootLine
        {...place}
        active={active}
        trace={trace}
        tree={tree}
        onSelect={() => onSelect(null)}
      />
    );
  }
  const line = waterfall.lines[place.index - 1];
  if (line === undefined) return null;
  return (
    <SpanLine
      {...place}
      active={active}
      line={line}
      match={waterfall.matches.has(line.item.node.id)}
      onSelect={onSelect}
      onToggle={onToggle}
    />
  );
}

interface StableActions {
  readonly onSelect: (id: string | null) => void;
  readonly onToggle: (id: string) => void;
}

// The actions keep their identity, so that lines are drawn anew only when they change.
function useStableActions(waterfall: Waterfall): StableActions {
  const latest = useRef(waterfall);
  useEffect(() => {
    latest.current = waterfall;
  });
  return useMemo(
    () => ({
      onSelect: (id) => latest.current.select(id),
      onToggle: (id) => latest.current.toggle(id),
    }),
    [],
  );
}

function useLineLayout(scroller: RefObject<HTMLElement | null>, waterfall: Waterfall): LineLayout {
  const width = useElementWidth(scroller);
  const { nameShare } = usePreferences();
  const rowHeight = useRowHeight();
  const stacked = width < stackedWidth;
  const nameWidth = stacked ? width : Math.round(width * nameShare);
  return {
    stacked,
    nameWidth,
    timeWidth: stacked ? width : width - nameWidth,
    rowHeight: stacked ? 44 : rowHeight,
    window: waterfall.window,
  };
}

function WaterfallHead({
  layout,
  waterfall,
}: {
  readonly layout: LineLayout;
  readonly waterfall: Waterfall;
}) {
  const { nameShare } = usePreferences();
  return (
    <div className="relative flex h-[26px] shrink-0 border-b border-line text-2xs text-muted">
      <div className="flex items-center px-3" style={{ width: layout.nameWidth }}>
        {words.names}
      </div>
      <div className="absolute inset-y-0" style={{ left: layout.nameWidth, right: 0 }}>
        <Ruler window={layout.window} width={layout.timeWidth} onWindow={waterfall.setWindow} />
      </div>
      <div className="pointer-events-none absolute inset-0 flex [&>[role=separator]]:pointer-events-auto">
        <div className="shrink-0" style={{ width: layout.nameWidth - 1 }} />
        <Splitter
          label={words.names}
          share={nameShare}
          min={0.2}
          max={0.8}
          onChange={(share) => updatePreferences({ nameShare: share })}
        />
      </div>
    </div>
  );
}

// With Ctrl or Cmd the wheel zooms at the pointer, with Shift it moves the window; else the list scrolls.
function runWheel(
  event: WheelEvent,
  box: DOMRect,
  layout: LineLayout,
  waterfall: Waterfall,
  durationMs: number,
): boolean {
  const { from, to } = layout.window;
  const share = (event.clientX - box.left - layout.nameWidth) / Math.max(1, layout.timeWidth);
  if (event.ctrlKey || event.metaKey)
    waterfall.zoom(event.deltaY > 0 ? 1.25 : 0.8, from + share * (to - from));
  else if (event.shiftKey)
    waterfall.setWindow(toMoved(layout.window, event.deltaY / 800, durationMs));
  else return false;
  return true;
}

type WheelRun = (event: WheelEvent, box: DOMRect) => boolean;

// React listens to wheel passively; a zoom has to keep the page from scrolling.
function useWheelZoom(target: RefObject<HTMLElement | null>, run: WheelRun): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const element = target.current;
    if (element === null) return;
    const listen = (event: WheelEvent) => {
      if (latest.current(event, element.getBoundingClientRect())) event.preventDefault();
    };
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  }, [target]);
}
