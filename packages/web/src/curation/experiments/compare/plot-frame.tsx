import { useState, type ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { IconTable } from '../../../ui/icons.ts';
import { words as all } from '../messages.ts';
import type { Scale } from './plot.ts';

const words = all.page;

/** Sides of every plot, in pixels. */
export const plot = { width: 520, height: 380, left: 64, bottom: 44, top: 10, right: 28 } as const;

const inner = {
  width: plot.width - plot.left - plot.right,
  height: plot.height - plot.top - plot.bottom,
};

/** Where a pair of values stands. */
export function toPlace(x: Scale, y: Scale, left: number, up: number) {
  return {
    cx: plot.left + x.toShare(left) * inner.width,
    cy: plot.top + (1 - y.toShare(up)) * inner.height,
  };
}

/** A picture with a sentence that says what it shows, and a table of the same numbers. */
export function PlotFigure({
  title,
  sentence,
  table,
  children,
}: {
  readonly title: string;
  readonly sentence: string;
  readonly table: ReactNode;
  readonly children: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure aria-label={title} className="min-w-0" data-plot={title}>
      <div className="flex items-center justify-between">
        <h2 className="font-medium">{title}</h2>
        <Button
          tone="ghost"
          square
          aria-pressed={asTable}
          label={`${asTable ? words.asPlot : words.asTable}: ${title}`}
          onClick={() => setAsTable(!asTable)}
        >
          <IconTable size={14} />
        </Button>
      </div>
      <figcaption className="mb-2 text-xs text-pretty text-muted">{sentence}</figcaption>
      {asTable ? (
        <div className="max-h-96 overflow-auto" tabIndex={0} role="region" aria-label={title}>
          {table}
        </div>
      ) : (
        children
      )}
    </figure>
  );
}

/** Axes with hairlines and round labels; the plot's marks stand inside. */
export function PlotSvg({
  x,
  y,
  names,
  writeX,
  writeY,
  children,
}: {
  readonly x: Scale;
  readonly y: Scale;
  readonly names: readonly [x: string, y: string];
  readonly writeX: (value: number) => string;
  readonly writeY: (value: number) => string;
  readonly children: ReactNode;
}) {
  const right = plot.width - plot.right;
  const foot = plot.height - plot.bottom;
  return (
    <svg
      viewBox={`0 0 ${plot.width} ${plot.height}`}
      aria-hidden="true"
      className="w-full max-w-[680px] text-2xs"
    >
      {y.ticks.map((tick) => {
        const { cy } = toPlace(x, y, x.low, tick);
        return (
          <g key={tick}>
            <line x1={plot.left} x2={right} y1={cy} y2={cy} className="stroke-line" />
            <text x={plot.left - 8} y={cy + 4} textAnchor="end" className="tnum fill-muted">
              {writeY(tick)}
            </text>
          </g>
        );
      })}
      {x.ticks.map((tick) => {
        const { cx } = toPlace(x, y, tick, y.low);
        return (
          <g key={tick}>
            <line x1={cx} x2={cx} y1={plot.top} y2={foot} className="stroke-line" />
            <text x={cx} y={foot + 16} textAnchor="middle" className="tnum fill-muted">
              {writeX(tick)}
            </text>
          </g>
        );
      })}
      <text x={(plot.left + right) / 2} y={plot.height - 8} textAnchor="middle" className="fill-fg">
        {names[0]}
      </text>
      <text
        transform={`translate(12 ${(plot.top + foot) / 2}) rotate(-90)`}
        textAnchor="middle"
        className="fill-fg"
      >
        {names[1]}
      </text>
      {children}
    </svg>
  );
}
