import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { toDuration, toText } from '../../lib/format.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { toClass } from '../../ui/class-names.ts';
import { Amount } from '../../ui/value.tsx';
import { words } from './messages.ts';
import { typeLooks, type TraceNode } from './node.ts';
import { listNodes, type TraceTree } from './tree.ts';
import { TypeIcon } from './type-icon.tsx';
import type { Waterfall } from './use-waterfall.ts';

/** Every span in the order of its start, flat. */
export function LogPane({
  tree,
  waterfall,
}: {
  readonly tree: TraceTree;
  readonly waterfall: Waterfall;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const { density } = usePreferences();
  const rowHeight = density === 'compact' ? 26 : 36;
  const nodes = useMemo(
    () =>
      listNodes(tree)
        .map((item) => item.node)
        .toSorted((a, b) => a.startMs - b.startMs),
    [tree],
  );
  const active = nodes.findIndex((node) => node.id === waterfall.span);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      return active < 0 || shown.includes(active)
        ? shown
        : [...shown, active].toSorted((a, b) => a - b);
    },
    [active],
  );
  const virtual = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: 28,
    rangeExtractor,
  });
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: 'auto' });
  }, [virtual, active]);
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={words.log}
      aria-rowcount={nodes.length + 1}
      aria-activedescendant={active < 0 ? undefined : `log-${active}`}
      className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto [contain:strict] focus-visible:-outline-offset-2"
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        const next = nodes[Math.min(nodes.length - 1, Math.max(0, active + step))];
        if (next !== undefined) waterfall.select(next.id);
      }}
    >
      <div
        role="row"
        aria-rowindex={1}
        className={toClass(
          gridClass,
          'row-line sticky top-0 z-10 h-[26px] bg-bg text-2xs text-muted',
        )}
      >
        <span role="columnheader" className="text-right">
          {words.logColumns.at}
        </span>
        <span role="columnheader">{words.logColumns.span}</span>
        <span role="columnheader" className="text-right">
          {words.logColumns.duration}
        </span>
      </div>
      <div className="relative" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const node = nodes[index];
          if (node === undefined) return null;
          return (
            <LogLine
              key={node.id}
              node={node}
              index={index}
              start={start}
              height={rowHeight}
              active={index === active}
              onSelect={waterfall.select}
            />
          );
        })}
      </div>
    </div>
  );
}

const gridClass = 'grid grid-cols-[72px_minmax(0,1fr)_72px] items-center gap-x-3 pr-3';

function LogLine({
  node,
  index,
  start,
  height,
  active,
  onSelect,
}: {
  readonly node: TraceNode;
  readonly index: number;
  readonly start: number;
  readonly height: number;
  readonly active: boolean;
  readonly onSelect: (id: string) => void;
}) {
  return (
    <div
      role="row"
      id={`log-${index}`}
      aria-rowindex={index + 2}
      aria-selected={active}
      className={toClass(
        gridClass,
        'absolute inset-x-0 top-0',
        active ? 'row-on' : 'row-line hover:bg-hover',
      )}
      style={{ height, transform: `translateY(${start}px)` }}
      onClick={() => onSelect(node.id)}
    >
      <span role="gridcell" className="tnum text-right text-xs text-muted">
        {toText(toDuration(node.startMs))}
      </span>
      <span role="gridcell" className="flex min-w-0 items-center gap-1.5">
        <TypeIcon type={node.type} />
        <span className={toClass('truncate', node.level === 'ERROR' && 'text-error')}>
          {node.name ?? typeLooks[node.type].label}
        </span>
        {node.level === 'ERROR' ? <span className="text-2xs text-error">error</span> : null}
        <span className="min-w-0 flex-1 truncate text-xs text-faint">
          {node.statusMessage ?? node.model}
        </span>
      </span>
      <span role="gridcell" className="text-right">
        {node.type === 'EVENT' ? null : <Amount of={toDuration(node.durationMs)} />}
      </span>
    </div>
  );
}
