import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { toClass } from '../../../ui/class-names.ts';
import { IconChevronRight } from '../../../ui/icons.ts';
import { words } from '../messages.ts';
import { toJsonLines, toLeafText, type JsonLine } from './json-lines.ts';

/** Characters of a string shown before the reader asks for all. */
const leafLimit = 600;

/** A JSON value as a tree of lines; only those in view are mounted. `full` fills its parent. */
export function JsonTree({
  value,
  label,
  className,
  bare = false,
  full = false,
}: {
  readonly value: unknown;
  readonly label: string;
  readonly className?: string;
  readonly bare?: boolean;
  readonly full?: boolean;
}) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => toJsonLines(value, toggled), [value, toggled]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 20,
    getItemKey: (index) => lines[index]?.path ?? index,
  });
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="group"
      aria-label={label}
      className={toClass(
        'overflow-auto py-1.5 font-mono text-xs leading-[20px]',
        !bare && !full && 'rounded-md border border-line',
        full && 'h-full',
        className,
      )}
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          if (line === undefined) return null;
          return (
            <div
              key={line.path}
              ref={virtual.measureElement}
              data-index={index}
              className="absolute inset-x-0 top-0 flex pr-2"
              style={{ transform: `translateY(${start}px)`, paddingLeft: 8 + line.depth * 16 }}
            >
              <JsonLineView
                line={line}
                whole={whole.has(line.path)}
                onToggle={() => setToggled(toToggled(toggled, line.path))}
                onWhole={() => setWhole(toToggled(whole, line.path))}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function toToggled(set: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(path)) next.add(path);
  return next;
}

function JsonLineView({
  line,
  whole,
  onToggle,
  onWhole,
}: {
  readonly line: JsonLine;
  readonly whole: boolean;
  readonly onToggle: () => void;
  readonly onWhole: () => void;
}) {
  const label =
    line.label === undefined ? null : (
      <span className="shrink-0 text-muted">{line.label}:&nbsp;</span>
    );
  if (line.size === undefined)
    return <Leaf line={line} label={label} whole={whole} onWhole={onWhole} />;
  const [open, close] = Array.isArray(line.value) ? ['[', ']'] : ['{', '}'];
  return (
    <button
      type="button"
      aria-expanded={line.open}
      className="-ml-1 flex items-center rounded-sm text-left hover:bg-hover"
      onClick={onToggle}
    >
      <IconChevronRight
        size={12}
        className={toClass('mr-0.5 shrink-0 text-faint', line.open && 'rotate-90')}
      />
      {label}
      <span className="text-faint">
        {line.size === 0 ? open + close : line.open ? open : `${open}…${close}`}
        {line.open ? null : line.size === 0 ? null : (
          <span className="ml-1.5 font-sans text-2xs">{words.entries(line.size)}</span>
        )}
      </span>
    </button>
  );
}

function Leaf({
  line,
  label,
  whole,
  onWhole,
}: {
  readonly line: JsonLine;
  readonly label: React.ReactNode;
  readonly whole: boolean;
  readonly onWhole: () => void;
}) {
  const source = typeof line.value === 'string' ? line.value : undefined;
  const { text, more } = toLeafText(line.value, whole ? Number.POSITIVE_INFINITY : leafLimit);
  const long = source !== undefined && source.length > leafLimit;
  return (
    <span className="flex min-w-0 pl-3.5">
      {label}
      <span className="min-w-0 break-words whitespace-pre-wrap">
        {whole && source !== undefined ? source : text}
        {long ? (
          <button
            type="button"
            className="ml-1 h-6 rounded-sm px-1 font-sans text-xs text-accent underline underline-offset-2"
            onClick={onWhole}
          >
            {more > 0 ? words.showAll(source.length.toLocaleString('en')) : words.showLess}
          </button>
        ) : null}
      </span>
    </span>
  );
}
