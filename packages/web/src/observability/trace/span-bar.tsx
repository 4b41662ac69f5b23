import { toClass } from '../../ui/class-names.ts';
import { toBar, type TimeWindow } from './timeline.ts';

/** How wide and high the lines are, and which time they show. */
export interface LineLayout {
  /** Name over bar, for narrow windows. */
  readonly stacked: boolean;
  readonly nameWidth: number;
  readonly timeWidth: number;
  readonly rowHeight: number;
  readonly window: TimeWindow;
}

/** The bar of a span on the timeline with its duration beside it. */
export function SpanBar({
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
