import { useState } from 'react';
import { toDuration, toText } from '../../lib/format.ts';
import { toTicks, type TimeWindow } from './timeline.ts';

/** The time scale over the bars; dragging over it zooms to that part. */
export function Ruler({
  window: shown,
  width,
  onWindow,
}: {
  readonly window: TimeWindow;
  readonly width: number;
  readonly onWindow: (window: TimeWindow) => void;
}) {
  const [brush, setBrush] = useState<readonly [number, number] | null>(null);
  const span = shown.to - shown.from;
  const ticks = toTicks(shown, Math.max(2, Math.floor(width / 90)));
  const toX = (event: React.PointerEvent) =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const finish = () => {
    setBrush(null);
    if (brush === null || Math.abs(brush[1] - brush[0]) < 4) return;
    const [left, right] = brush[0] < brush[1] ? brush : [brush[1], brush[0]];
    onWindow({ from: shown.from + (left / width) * span, to: shown.from + (right / width) * span });
  };
  return (
    <div
      aria-hidden="true"
      className="relative h-full cursor-crosshair touch-none overflow-hidden select-none"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setBrush([toX(event), toX(event)]);
      }}
      onPointerMove={(event) => {
        if (brush !== null) setBrush([brush[0], toX(event)]);
      }}
      onPointerUp={finish}
      onPointerCancel={() => setBrush(null)}
    >
      {ticks.map((tick) => {
        const left = ((tick - shown.from) / span) * width;
        if (left > width - 36) return null;
        return (
          <span
            key={tick}
            className="tnum absolute inset-y-0 flex items-center border-l border-line pl-1"
            style={{ left }}
          >
            {toText(toDuration(tick))}
          </span>
        );
      })}
      {brush === null ? null : (
        <span
          className="absolute inset-y-0 bg-accent opacity-20"
          style={{ left: Math.min(...brush), width: Math.abs(brush[1] - brush[0]) }}
        />
      )}
    </div>
  );
}
