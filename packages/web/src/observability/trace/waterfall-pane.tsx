import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef } from 'react';
import { updatePreferences, usePreferences } from '../../lib/preferences.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { words } from './messages.ts';
import type { TraceTreeAnswer } from './node.ts';
import { Ruler } from './ruler.tsx';
import { toMoved } from './timeline.ts';
import type { TraceTree } from './tree.ts';
import { RootLine, SpanLine, type LineLayout } from './span-line.tsx';
import type { Waterfall } from './use-waterfall.ts';

/** Tree and timeline in one list: only the lines in view are mounted, and the selected one always. */
export function WaterfallPane({
  trace,
  tree,
  waterfall,
}: {
  readonly trace: TraceTreeAnswer['trace'];
  readonly tree: TraceTree;
  readonly waterfall: Waterfall;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useElementWidth(scroller);
  const { nameShare, density } = usePreferences();
  const stacked = width < 480;
  const rowHeight = stacked ? 44 : density === 'compact' ? 26 : 36;
  const { lines, activeIndex, window: shown, setWindow, zoom } = waterfall;
  const nameWidth = stacked ? width : Math.round(width * nameShare);
  const layout: LineLayout = {
    stacked,
    nameWidth,
    timeWidth: stacked ? width : width - nameWidth,
    rowHeight,
    window: shown,
  };
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      return indexes.includes(activeIndex) || activeIndex >= range.count
        ? indexes
        : [...indexes, activeIndex].toSorted((a, b) => a - b);
    },
    [activeIndex],
  );
  const virtual = useVirtualizer({
    count: lines.length + 1,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    rangeExtractor,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useEffect(() => virtual.scrollToIndex(activeIndex, { align: 'auto' }), [virtual, activeIndex]);
  useWheelZoom(scroller, (event, box) => {
    const at =
      shown.from +
      ((event.clientX - box.left - nameWidth) / Math.max(1, layout.timeWidth)) *
        (shown.to - shown.from);
    if (event.ctrlKey || event.metaKey) zoom(event.deltaY > 0 ? 1.25 : 0.8, at);
    else if (event.shiftKey) setWindow(toMoved(shown, event.deltaY / 800, tree.durationMs));
    else return false;
    return true;
  });
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {stacked ? null : (
        <div className="relative flex h-[26px] shrink-0 border-b border-line text-2xs text-muted">
          <div className="flex items-center px-3" style={{ width: nameWidth }}>
            {words.names}
          </div>
          <div className="absolute inset-y-0 z-10" style={{ left: nameWidth, right: 0 }}>
            <Ruler window={shown} width={layout.timeWidth} onWindow={setWindow} />
          </div>
          <NameSplitter share={nameShare} />
        </div>
      )}
      <div
        ref={scroller}
        role="tree"
        tabIndex={0}
        aria-label={words.treeLabel}
        aria-activedescendant={`span-${activeIndex}`}
        className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto [contain:strict] focus-visible:-outline-offset-2"
      >
        <div className="relative" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const common = { index, start, layout, active: index === activeIndex };
            if (index === 0) {
              return (
                <RootLine
                  key="root"
                  {...common}
                  trace={trace}
                  tree={tree}
                  onSelect={() => waterfall.select(null)}
                />
              );
            }
            const line = lines[index - 1];
            if (line === undefined) return null;
            return (
              <SpanLine
                key={line.item.node.id}
                {...common}
                line={line}
                match={waterfall.matches.includes(line.item.node.id)}
                onSelect={waterfall.select}
                onToggle={waterfall.toggle}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

// The handle lies on the line between the two columns of the head.
function NameSplitter({ share }: { readonly share: number }) {
  return (
    <>
      <div
        style={{ width: `${share * 100}%` }}
        className="pointer-events-none absolute inset-y-0 left-0"
      />
      <div className="absolute inset-0 flex">
        <div className="shrink-0" style={{ width: `calc(${share * 100}% - 1px)` }} />
        <Splitter
          label={words.names}
          share={share}
          min={0.2}
          max={0.8}
          onChange={(nameShare) => updatePreferences({ nameShare })}
        />
      </div>
    </>
  );
}

type WheelZoom = (event: WheelEvent, box: DOMRect) => boolean;

// React listens to wheel passively; a zoom has to keep the page from scrolling.
function useWheelZoom(target: React.RefObject<HTMLElement | null>, run: WheelZoom): void {
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
