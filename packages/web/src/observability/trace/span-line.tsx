import { memo, type ReactNode } from 'react';
import { toCost, toDuration, toText } from '../../lib/format.ts';
import { toClass } from '../../ui/class-names.ts';
import { IconChevronRight } from '../../ui/icons.ts';
import { words } from './messages.ts';
import { typeLooks, type TraceTreeAnswer } from './node.ts';
import { toBar, type TimeWindow } from './timeline.ts';
import type { TraceTree, TreeLine } from './tree.ts';
import { TypeIcon } from './type-icon.tsx';

/** How wide and high the lines are, and which time they show. */
export interface LineLayout {
  /** Name over bar, for narrow windows. */
  readonly stacked: boolean;
  readonly nameWidth: number;
  readonly timeWidth: number;
  readonly rowHeight: number;
  readonly window: TimeWindow;
}

interface FrameProps {
  readonly index: number;
  readonly start: number;
  readonly layout: LineLayout;
  readonly active: boolean;
  readonly name: ReactNode;
  readonly bar: ReactNode;
  readonly depth: number;
  readonly level: number;
  readonly setSize: number;
  readonly position: number;
  readonly expanded: boolean | undefined;
  readonly onSelect: () => void;
}

function LineFrame(props: FrameProps) {
  const { index, start, layout, active } = props;
  return (
    <div
      role="treeitem"
      id={`span-${index}`}
      aria-level={props.level}
      aria-setsize={props.setSize}
      aria-posinset={props.position}
      aria-expanded={props.expanded}
      aria-selected={active}
      className={toClass(
        'absolute inset-x-0 top-0 leading-[1.3]',
        layout.stacked ? 'block' : 'flex items-stretch',
        active ? 'row-on' : 'hover:bg-hover',
      )}
      style={{ height: layout.rowHeight, transform: `translateY(${start}px)` }}
      onClick={props.onSelect}
    >
      <div
        className={toClass(
          'flex min-w-0 shrink-0 items-center gap-1.5 pr-2',
          layout.stacked ? 'h-[26px]' : 'border-r border-line',
        )}
        style={{ width: layout.nameWidth, paddingLeft: 8 + Math.min(props.depth, 24) * 14 }}
      >
        {props.name}
      </div>
      <div
        className={toClass('relative min-w-0 flex-1 overflow-hidden', layout.stacked && 'mx-2 h-4')}
      >
        {props.bar}
      </div>
    </div>
  );
}

interface Common {
  readonly index: number;
  readonly start: number;
  readonly layout: LineLayout;
  readonly active: boolean;
}

/** The first line: the trace itself. */
export function RootLine({
  trace,
  tree,
  onSelect,
  ...common
}: Common & {
  readonly trace: TraceTreeAnswer['trace'];
  readonly tree: TraceTree;
  readonly onSelect: () => void;
}) {
  return (
    <LineFrame
      {...common}
      depth={0}
      level={1}
      setSize={1}
      position={1}
      expanded={tree.roots.length === 0 ? undefined : true}
      onSelect={onSelect}
      name={
        <>
          <span className="w-4 shrink-0" />
          <TypeIcon type="TRACE" />
          <span className="truncate font-medium">{trace.name ?? trace.id}</span>
        </>
      }
      bar={
        <Bar
          layout={common.layout}
          startMs={0}
          endMs={tree.durationMs}
          hue="slate"
          running={trace.running}
          failed={false}
          label={toText(toDuration(tree.durationMs))}
        />
      }
    />
  );
}

function SpanName({
  line,
  match,
  onToggle,
}: {
  readonly line: TreeLine;
  readonly match: boolean;
  readonly onToggle: (id: string) => void;
}) {
  const { item, expanded } = line;
  const { node } = item;
  const name = node.name ?? typeLooks[node.type].label;
  const hidden = expanded === false ? item.subtreeErrors - (node.level === 'ERROR' ? 1 : 0) : 0;
  return (
    <>
      {expanded === undefined ? (
        <span className="w-4 shrink-0" />
      ) : (
        <button
          type="button"
          tabIndex={-1}
          aria-label={expanded ? words.collapse(name) : words.expand(name)}
          className="-m-1 flex size-6 shrink-0 items-center justify-center text-faint hover:text-fg"
          onClick={(event) => {
            event.stopPropagation();
            onToggle(node.id);
          }}
        >
          <IconChevronRight size={12} className={expanded ? 'rotate-90' : ''} />
        </button>
      )}
      <TypeIcon type={node.type} />
      <span
        className={toClass(
          'truncate',
          match && 'rounded-sm outline-1 outline-warn',
          node.level === 'ERROR' && 'text-error',
        )}
      >
        {name}
      </span>
      {node.level === 'ERROR' ? <span className="shrink-0 text-2xs text-error">error</span> : null}
      {node.level === 'WARNING' ? (
        <span className="shrink-0 text-2xs text-warn">warning</span>
      ) : null}
      {item.orphan ? (
        <span className="shrink-0 text-2xs text-warn" data-hint={words.orphanHint}>
          {words.orphan}
        </span>
      ) : null}
      {hidden > 0 ? (
        <span className="shrink-0 text-2xs text-error">{words.errorsBelow(hidden)}</span>
      ) : null}
      <span className="min-w-0 flex-1 truncate text-xs text-faint">{node.model}</span>
      {item.subtreeCost === null || item.subtreeCost === 0 ? null : (
        <span className="tnum shrink-0 text-xs text-muted">{toText(toCost(item.subtreeCost))}</span>
      )}
    </>
  );
}

function Line({
  line,
  match,
  onSelect,
  onToggle,
  ...common
}: Common & {
  readonly line: TreeLine;
  readonly match: boolean;
  readonly onSelect: (id: string) => void;
  readonly onToggle: (id: string) => void;
}) {
  const { item } = line;
  const { node } = item;
  const running = node.durationMs === null && node.type !== 'EVENT';
  return (
    <LineFrame
      {...common}
      depth={item.depth + 1}
      level={item.depth + 2}
      setSize={line.setSize}
      position={line.position}
      expanded={line.expanded}
      onSelect={() => onSelect(node.id)}
      name={<SpanName line={line} match={match} onToggle={onToggle} />}
      bar={
        <Bar
          layout={common.layout}
          startMs={node.startMs}
          endMs={node.durationMs === null ? item.endMs : node.startMs + node.durationMs}
          hue={typeLooks[node.type].hue}
          running={running}
          failed={node.level === 'ERROR'}
          label={node.type === 'EVENT' ? '' : running ? '…' : toText(toDuration(node.durationMs))}
        />
      }
    />
  );
}

/** One span of the trace. */
export const SpanLine = memo(
  Line,
  (before, after) =>
    before.line === after.line &&
    before.start === after.start &&
    before.index === after.index &&
    before.active === after.active &&
    before.match === after.match &&
    isSameLayout(before.layout, after.layout),
);

function isSameLayout(a: LineLayout, b: LineLayout): boolean {
  return (
    a.nameWidth === b.nameWidth &&
    a.timeWidth === b.timeWidth &&
    a.rowHeight === b.rowHeight &&
    a.stacked === b.stacked &&
    a.window.from === b.window.from &&
    a.window.to === b.window.to
  );
}

function Bar({
  layout,
  startMs,
  endMs,
  hue,
  running,
  failed,
  label,
}: {
  readonly layout: LineLayout;
  readonly startMs: number;
  readonly endMs: number;
  readonly hue: string;
  readonly running: boolean;
  readonly failed: boolean;
  readonly label: string;
}) {
  const bar = toBar(layout.window, startMs, endMs);
  if (bar === undefined) return null;
  const end = ((bar.left + bar.width) / 100) * layout.timeWidth;
  // The label stands after the bar, or before it where there is no room.
  const after = end + 56 < layout.timeWidth;
  const before = !after && (bar.left / 100) * layout.timeWidth > 56;
  const place = after
    ? { left: end + 6 }
    : before
      ? { right: layout.timeWidth - (bar.left / 100) * layout.timeWidth + 4 }
      : { right: 8 };
  return (
    <>
      <span
        data-hue={failed ? 'red' : hue}
        className={toClass(
          'bar absolute top-1/2 h-3 -translate-y-1/2 rounded-[2px]',
          running && 'pulse',
        )}
        style={{ left: `${bar.left}%`, width: `max(2px, ${bar.width}%)` }}
      />
      <span className="tnum absolute top-1/2 -translate-y-1/2 text-2xs text-muted" style={place}>
        {label}
      </span>
    </>
  );
}
