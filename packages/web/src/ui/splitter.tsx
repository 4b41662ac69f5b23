import { useRef } from 'react';
import { toClass } from './class-names.ts';
import { words } from './messages.ts';

/**
 * A bar between two panes, moved by pointer or by keys: arrows 2 %, with Shift 10 %, Home and End to the
 * limits. `share` is the part of the first pane (0 to 1); `reverse` when it is the second pane's.
 */
export function Splitter({
  share,
  onChange,
  min = 0.2,
  max = 0.8,
  label,
  reverse = false,
  direction = 'row',
}: {
  readonly share: number;
  readonly onChange: (share: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly label: string;
  readonly reverse?: boolean;
  readonly direction?: 'row' | 'column';
}) {
  const bar = useRef<HTMLDivElement>(null);
  const set = (next: number) => onChange(Math.min(max, Math.max(min, next)));
  const move = (event: React.PointerEvent) => {
    const box = bar.current?.parentElement?.getBoundingClientRect();
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const part =
      direction === 'row'
        ? (event.clientX - box.left) / box.width
        : (event.clientY - box.top) / box.height;
    set(reverse ? 1 - part : part);
  };
  const press = (event: React.KeyboardEvent) => {
    const step = (event.shiftKey ? 0.1 : 0.02) * (reverse ? -1 : 1);
    const keys: Record<string, number> = {
      ArrowLeft: share - step,
      ArrowUp: share - step,
      ArrowRight: share + step,
      ArrowDown: share + step,
      Home: min,
      End: max,
    };
    const next = keys[event.key];
    if (next === undefined) return;
    event.preventDefault();
    set(next);
  };
  return (
    <div
      ref={bar}
      role="separator"
      tabIndex={0}
      aria-label={words.resize(label)}
      aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={Math.round(min * 100)}
      aria-valuemax={Math.round(max * 100)}
      className={toClass(
        'relative z-10 shrink-0 touch-none bg-line hover:bg-accent focus-visible:bg-accent',
        'before:absolute before:content-[""]',
        direction === 'row'
          ? 'w-px cursor-col-resize before:inset-y-0 before:-left-1 before:w-2.5'
          : 'h-px cursor-row-resize before:inset-x-0 before:-top-1 before:h-2.5',
      )}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={move}
      onKeyDown={press}
    />
  );
}
