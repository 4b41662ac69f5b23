import { useRef } from 'react';
import { useElementWidth } from '../../../ui/use-element-width.ts';
import type { Bar } from '../read-rows.ts';

/** Named bars from left to right, the number at their end. */
export function HorizontalBars({
  bars,
  print,
}: {
  readonly bars: readonly Bar[];
  readonly print: (value: number) => string;
}) {
  const most = toMost(bars);
  return (
    <ul className="flex h-full flex-col gap-1 overflow-hidden" aria-hidden="true">
      {bars.map(({ name, value }) => (
        <li key={name} className="flex min-h-0 shrink-0 items-center gap-2 text-xs">
          <span className="w-1/3 truncate text-right text-muted" data-hint={name}>
            {name}
          </span>
          <span className="flex min-w-0 flex-1 items-center gap-1.5">
            <span
              className="h-3.5 min-w-px rounded-r-xs border-l-2 border-accent bg-[color-mix(in_srgb,var(--accent)_28%,transparent)]"
              style={{ width: `${(Math.max(0, value) / most) * 78}%` }}
            />
            <span className="tnum shrink-0">{print(value)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const LABEL = 16;

/** Named bars from the ground up. */
export function VerticalBars({
  bars,
  print,
}: {
  readonly bars: readonly Bar[];
  readonly print: (value: number) => string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useElementWidth(box);
  const most = toMost(bars);
  const step = width / Math.max(1, bars.length);
  return (
    <div ref={box} className="h-full" aria-hidden="true">
      <div className="flex h-full items-end">
        {bars.map(({ name, value }) => (
          <div
            key={name}
            className="flex h-full min-w-0 flex-1 flex-col justify-end px-0.5"
            data-hint={`${name}: ${print(value)}`}
          >
            <div
              className="min-h-px border-t-2 border-accent bg-[color-mix(in_srgb,var(--accent)_28%,transparent)]"
              style={{ height: `calc((100% - ${LABEL}px) * ${Math.max(0, value) / most})` }}
            />
            <div className="truncate text-center text-2xs text-muted" style={{ height: LABEL }}>
              {step > 28 ? name : ''}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

/** One bar, cut by the shares of its parts; the names stand below with their share. */
export function Shares({
  bars,
  print,
}: {
  readonly bars: readonly Bar[];
  readonly print: (value: number) => string;
}) {
  const total = bars.reduce((sum, { value }) => sum + Math.max(0, value), 0) || 1;
  return (
    <div className="flex h-full flex-col gap-3 overflow-hidden pt-2" aria-hidden="true">
      <div className="flex h-6 shrink-0 overflow-hidden rounded-sm">
        {bars.map(({ name, value }, at) => (
          <span
            key={name}
            data-hint={`${name}: ${print(value)}`}
            className="border-r border-bg bg-accent last:border-0"
            style={{ width: `${(value / total) * 100}%`, opacity: toShade(at) }}
          />
        ))}
      </div>
      <ul className="space-y-1 overflow-hidden text-xs">
        {bars.map(({ name, value }, at) => (
          <li key={name} className="flex items-center gap-2">
            <span
              className="h-2 w-2 shrink-0 rounded-xs bg-accent"
              style={{ opacity: toShade(at) }}
            />
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <span className="tnum text-muted">{toPercent(value / total)}</span>
            <span className="tnum w-20 text-right">{print(value)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** `42 %`. */
export function toPercent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

// A single-hue ramp: the largest share is the strongest.
function toShade(at: number): number {
  return Math.max(0.12, 1 - at * 0.16);
}

function toMost(bars: readonly Bar[]): number {
  return bars.reduce((most, { value }) => Math.max(most, value), 0) || 1;
}
