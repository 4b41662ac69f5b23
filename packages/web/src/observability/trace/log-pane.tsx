import { useMemo, useRef } from 'react';
import { toDuration, toText } from '../../lib/format.ts';
import { toClass } from '../../ui/class-names.ts';
import { words as uiWords } from '../../ui/messages.ts';
import { useRowHeight } from '../../ui/use-row-height.ts';
import { useWindowedRows } from '../../ui/use-windowed-rows.ts';
import { Amount } from '../../ui/value.tsx';
import { words } from './messages.ts';
import { typeLooks, type TraceNode } from './node.ts';
import { listNodes, type TraceTree } from './tree.ts';
import { TypeIcon } from './type-icon.tsx';
import type { Waterfall } from './use-waterfall.ts';

const headHeight = 26;
const gridClass = 'grid grid-cols-[72px_minmax(0,1fr)_72px] items-center gap-x-3 pr-3';
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

/** Every span in the order of its start, flat. */
export function LogPane({
  tree,
  waterfall,
}: {
  readonly tree: TraceTree;
  readonly waterfall: Waterfall;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const nodes = useMemo(() => listByStart(tree), [tree]);
  const active = nodes.findIndex((node) => node.id === waterfall.span);
  const { rows, height } = useWindowedRows({
    scroller,
    count: nodes.length,
    rowHeight,
    active,
    headHeight,
  });
  const press = (event: React.KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = nodes[Math.min(nodes.length - 1, Math.max(0, active + step))];
    if (next !== undefined) waterfall.select(next.id);
  };
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={words.log}
      aria-rowcount={nodes.length + 1}
      aria-activedescendant={active === -1 ? undefined : `log-${active}`}
      className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto [contain:strict] focus-visible:-outline-offset-2"
      onKeyDown={press}
    >
      <LogHead />
      <div className="relative" role="presentation" style={{ height }}>
        {rows.map(({ index, start }) => {
          const node = nodes[index];
          if (node === undefined) return null;
          return (
            <LogLine
              key={node.id}
              node={node}
              place={{ index, start, height: rowHeight }}
              active={index === active}
              onSelect={waterfall.select}
            />
          );
        })}
      </div>
    </div>
  );
}

function listByStart(tree: TraceTree): readonly TraceNode[] {
  return listNodes(tree)
    .map((item) => item.node)
    .toSorted((a, b) => a.startMs - b.startMs);
}

function LogHead() {
  return (
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
  );
}

function LogLine({
  node,
  place,
  active,
  onSelect,
}: {
  readonly node: TraceNode;
  readonly place: { readonly index: number; readonly start: number; readonly height: number };
  readonly active: boolean;
  readonly onSelect: (id: string) => void;
}) {
  const failed = node.level === 'ERROR';
  return (
    <div
      role="row"
      id={`log-${place.index}`}
      aria-rowindex={place.index + 2}
      aria-selected={active}
      className={toClass(
        gridClass,
        'absolute inset-x-0 top-0',
        active ? 'row-on' : 'row-line hover:bg-hover',
      )}
      style={{ height: place.height, transform: `translateY(${place.start}px)` }}
      onClick={() => onSelect(node.id)}
    >
      <span role="gridcell" className="tnum text-right text-xs text-muted">
        {toText(toDuration(node.startMs))}
      </span>
      <span role="gridcell" className="flex min-w-0 items-center gap-1.5">
        <TypeIcon type={node.type} />
        <span className={toClass('truncate', failed && 'text-error')}>
          {node.name ?? typeLooks[node.type].label}
        </span>
        {failed ? <span className="text-2xs text-error">{uiWords.error}</span> : null}
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
