import { memo, type ReactNode } from 'react';
import { toCost, toDuration, toText } from '../../lib/format.ts';
import { toClass } from '../../ui/class-names.ts';
import { IconChevronRight } from '../../ui/icons.ts';
import { words as uiWords } from '../../ui/messages.ts';
import { words } from './messages.ts';
import { typeLooks, type TraceTreeAnswer } from './node.ts';
import { useLineId } from './pane-name.ts';
import { SpanBar, type LineLayout } from './span-bar.tsx';
import type { TraceTree, TreeLine } from './tree.ts';
import { TypeIcon } from './type-icon.tsx';

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

// Deep levels share what is left of half the column, so that names stay readable.
function toIndent(depth: number, width: number): number {
  return 8 + Math.min(depth * 14, Math.max(56, width * 0.42));
}

function LineFrame(props: FrameProps) {
  const { index, start, layout, active } = props;
  return (
    <div
      role="treeitem"
      id={useLineId(index)}
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
          'flex min-w-0 shrink-0 items-center gap-1.5 overflow-hidden pr-2',
          layout.stacked && 'h-[26px]',
        )}
        style={{ width: layout.nameWidth, paddingLeft: toIndent(props.depth, layout.nameWidth) }}
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
        <SpanBar
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
  const { node, subtreeCost } = line.item;
  const name = node.name ?? typeLooks[node.type].label;
  return (
    <>
      <Toggle line={line} name={name} onToggle={onToggle} />
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
      <Marks line={line} />
      <span className="min-w-0 flex-1 truncate text-xs text-faint">{node.model}</span>
      {subtreeCost === null || subtreeCost === 0 ? null : (
        <span className="tnum shrink-0 text-xs text-muted">{toText(toCost(subtreeCost))}</span>
      )}
    </>
  );
}

function Toggle({
  line,
  name,
  onToggle,
}: {
  readonly line: TreeLine;
  readonly name: string;
  readonly onToggle: (id: string) => void;
}) {
  if (line.expanded === undefined) return <span className="w-4 shrink-0" />;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={line.expanded ? words.collapse(name) : words.expand(name)}
      className="-m-1 flex size-6 shrink-0 items-center justify-center text-faint hover:text-fg"
      onClick={(event) => {
        event.stopPropagation();
        onToggle(line.item.node.id);
      }}
    >
      <IconChevronRight size={12} className={line.expanded ? 'rotate-90' : ''} />
    </button>
  );
}

// What is wrong with a span, in words: colour alone would not be seen by everybody.
function Marks({ line: { item, expanded } }: { readonly line: TreeLine }) {
  const failed = item.node.level === 'ERROR';
  const hidden = expanded === false ? item.subtreeErrors - (failed ? 1 : 0) : 0;
  return (
    <>
      {failed ? <span className="shrink-0 text-2xs text-error">{uiWords.error}</span> : null}
      {item.node.level === 'WARNING' ? (
        <span className="shrink-0 text-2xs text-warn">{uiWords.warning}</span>
      ) : null}
      {item.orphan ? (
        <span className="shrink-0 text-2xs text-warn" data-hint={words.orphanHint}>
          {words.orphan}
        </span>
      ) : null}
      {hidden > 0 ? (
        <span className="shrink-0 text-2xs text-error">{words.errorsBelow(hidden)}</span>
      ) : null}
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
        <SpanBar
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
