import { useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconTable } from '../../ui/icons.ts';
import { words as uiWords } from '../../ui/messages.ts';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { words } from './messages.ts';

/** A point of a series; null where nothing was measured. */
export interface Point {
  readonly start: string;
  readonly value: number | null;
  /** Share of the value drawn in the colour of errors. */
  readonly failed?: number;
}

const height = 48;

/** A small chart with its number and a sentence; a table twin is one click away. */
export function Sparkline({
  title,
  headline,
  sentence,
  points,
  print,
  bars = false,
}: {
  readonly title: string;
  readonly headline: string;
  readonly sentence: string;
  readonly points: readonly Point[];
  readonly print: (value: number | null) => string;
  readonly bars?: boolean;
}) {
  const [table, setTable] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const width = useElementWidth(box);
  return (
    <figure className="min-w-0 px-4 py-3" aria-label={title}>
      <div className="flex items-center justify-between">
        <span className="text-xs text-muted">{title}</span>
        <Button
          tone="ghost"
          square
          className="h-6 w-6"
          aria-pressed={table}
          label={`${table ? uiWords.asChart : uiWords.asTable}: ${title}`}
          onClick={() => setTable(!table)}
        >
          <IconTable size={14} />
        </Button>
      </div>
      <div className="tnum text-xl font-semibold">{headline}</div>
      <div ref={box} className="mt-1.5" style={{ height: table ? 'auto' : height }}>
        {table ? (
          <PointTable title={title} points={points} print={print} />
        ) : (
          <svg width={width} height={height} aria-hidden="true" className="block overflow-visible">
            <rect x={0} y={height - 1} width={width} height={1} className="fill-line" />
            {bars ? (
              <BarMarks points={points} width={width} print={print} />
            ) : (
              <LineMark points={points} width={width} />
            )}
          </svg>
        )}
      </div>
      <figcaption className="mt-2 text-xs text-muted">{sentence}</figcaption>
    </figure>
  );
}

function toMost(points: readonly Point[]): number {
  return points.reduce((most, point) => Math.max(most, point.value ?? 0), 0) || 1;
}

function BarMarks({
  points,
  width,
  print,
}: {
  readonly points: readonly Point[];
  readonly width: number;
  readonly print: (value: number | null) => string;
}) {
  const most = toMost(points);
  const step = width / Math.max(1, points.length);
  return points.map((point, index) => {
    const whole =
      point.value === null || point.value === 0
        ? 0
        : Math.max(2, (point.value / most) * (height - 2));
    const failed = Math.min(whole, ((point.failed ?? 0) / most) * (height - 2));
    return (
      <g key={point.start} data-hint={print(point.value)}>
        <rect
          x={index * step}
          y={height - 1 - whole}
          width={Math.max(1, step - 1)}
          height={whole - failed}
          className="fill-accent opacity-60"
        />
        <rect
          x={index * step}
          y={height - 1 - failed}
          width={Math.max(1, step - 1)}
          height={failed}
          className="fill-error"
        />
      </g>
    );
  });
}

// Gaps stay gaps: a line is drawn only between neighbours that were measured.
function LineMark({
  points,
  width,
}: {
  readonly points: readonly Point[];
  readonly width: number;
}) {
  const most = toMost(points);
  const step = width / Math.max(1, points.length - 1);
  const toX = (index: number) => index * step;
  const toY = (value: number) => height - 2 - (value / most) * (height - 6);
  let path = '';
  for (const [index, point] of points.entries()) {
    if (point.value === null) continue;
    const joined = index > 0 && points[index - 1]?.value !== null;
    path += `${joined ? 'L' : 'M'}${toX(index).toFixed(1)} ${toY(point.value).toFixed(1)}`;
  }
  return (
    <>
      <path
        d={path}
        fill="none"
        strokeWidth={1.5}
        strokeLinejoin="round"
        className="stroke-accent"
      />
      {points.map((point, index) => {
        const alone =
          point.value !== null &&
          (points[index - 1]?.value ?? null) === null &&
          (points[index + 1]?.value ?? null) === null;
        return alone ? (
          <circle
            key={point.start}
            cx={toX(index)}
            cy={toY(point.value ?? 0)}
            r={1.75}
            className="fill-accent"
          />
        ) : null;
      })}
    </>
  );
}

function PointTable({
  title,
  points,
  print,
}: {
  readonly title: string;
  readonly points: readonly Point[];
  readonly print: (value: number | null) => string;
}) {
  return (
    <div className="max-h-36 overflow-y-auto" tabIndex={0} role="region" aria-label={title}>
      <table className="tnum w-full text-xs">
        <thead>
          <tr className="text-left text-muted">
            <th className="font-medium">{words.start}</th>
            <th className="text-right font-medium">{words.value}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.start}>
              <td>{point.start.slice(11, 16)}</td>
              <td className="text-right">{print(point.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
