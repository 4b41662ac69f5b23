import { useRef, useState } from 'react';
import { toAxisTime } from '../../lib/time.ts';
import { usePreferences } from '../../lib/preferences.ts';
import { Button } from '../../ui/button.tsx';
import { IconTable } from '../../ui/icons.ts';
import { words as uiWords } from '../../ui/messages.ts';
import { useElementWidth } from '../../ui/use-element-width.ts';
import { words } from '../messages.ts';
import type { TraceHistogram } from './trace-row.ts';

const height = 44;

/** Traces over time above the list; dragging over it chooses a time range. */
export function Histogram({
  data,
  onRange,
}: {
  readonly data: TraceHistogram | undefined;
  readonly onRange: (from: string, to: string) => void;
}) {
  const [table, setTable] = useState(false);
  const count = data?.buckets.reduce((sum, bucket) => sum + bucket.count, 0) ?? 0;
  const errors = data?.buckets.reduce((sum, bucket) => sum + bucket.errors, 0) ?? 0;
  return (
    <figure
      className="shrink-0 border-b border-line px-3 pt-2 pb-1"
      aria-label={words.histogram.label}
    >
      <figcaption className="flex h-6 items-center justify-between text-xs text-muted">
        <span className="tnum">
          {data === undefined ? ' ' : words.histogram.sentence(count, errors)}
        </span>
        <Button
          tone="ghost"
          square
          label={table ? uiWords.asChart : uiWords.asTable}
          aria-pressed={table}
          className="h-6 w-6"
          onClick={() => setTable(!table)}
        >
          <IconTable size={14} />
        </Button>
      </figcaption>
      {table && data !== undefined ? (
        <HistogramTable data={data} />
      ) : (
        <Bars data={data} onRange={onRange} />
      )}
    </figure>
  );
}

function Bars({
  data,
  onRange,
}: {
  readonly data: TraceHistogram | undefined;
  readonly onRange: (from: string, to: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const width = useElementWidth(box);
  const [brush, setBrush] = useState<readonly [number, number] | null>(null);
  const buckets = data?.buckets ?? [];
  const step = buckets.length === 0 ? 0 : width / buckets.length;
  const toX = (event: React.PointerEvent) =>
    Math.min(width, Math.max(0, event.clientX - event.currentTarget.getBoundingClientRect().left));
  const finish = () => {
    const range = brush;
    setBrush(null);
    if (range === null || Math.abs(range[1] - range[0]) < 3 || data === undefined) return;
    const [left, right] = range[0] < range[1] ? range : [range[1], range[0]];
    const start = Date.parse(buckets[Math.floor(left / step)]?.start ?? '');
    const last = Date.parse(
      buckets[Math.min(buckets.length - 1, Math.floor(right / step))]?.start ?? '',
    );
    onRange(new Date(start).toISOString(), new Date(last + data.intervalMs).toISOString());
  };
  return (
    <div ref={box} className="relative select-none" data-brush="histogram">
      <svg
        width={width}
        height={height}
        aria-hidden="true"
        className="block cursor-crosshair touch-none"
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
        <rect x={0} y={height - 1} width={width} height={1} className="fill-line" />
        <BucketBars data={data} step={step} />
        {brush === null ? null : (
          <rect
            x={Math.min(...brush)}
            y={0}
            width={Math.abs(brush[1] - brush[0])}
            height={height}
            className="fill-accent opacity-20"
          />
        )}
      </svg>
      <Axis data={data} width={width} />
    </div>
  );
}

function BucketBars({
  data,
  step,
}: {
  readonly data: TraceHistogram | undefined;
  readonly step: number;
}) {
  const buckets = data?.buckets ?? [];
  const most = Math.max(1, ...buckets.map((bucket) => bucket.count));
  const toHeight = (count: number, least = 2) =>
    count === 0 ? 0 : Math.max(least, (count / most) * (height - 4));
  return buckets.map((bucket, index) => {
    const whole = toHeight(bucket.count);
    const failed = Math.min(whole, toHeight(bucket.errors, 1));
    const x = index * step + 0.5;
    const wide = Math.max(1, step - 1.5);
    return (
      <g
        key={bucket.start}
        data-hint={`${bucket.count.toLocaleString('en')} / ${bucket.errors.toLocaleString('en')}`}
      >
        <rect
          x={x}
          y={height - 1 - whole}
          width={wide}
          height={whole - failed}
          className="fill-accent opacity-55"
        />
        <rect x={x} y={height - 1 - failed} width={wide} height={failed} className="fill-error" />
      </g>
    );
  });
}

function Axis({
  data,
  width,
}: {
  readonly data: TraceHistogram | undefined;
  readonly width: number;
}) {
  const { utc } = usePreferences();
  const buckets = data?.buckets ?? [];
  if (data === undefined || buckets.length === 0) return <div className="h-4" />;
  const span = buckets.length * data.intervalMs;
  const count = Math.max(2, Math.min(7, Math.floor(width / 140)));
  const start = Date.parse(buckets[0]?.start ?? '');
  return (
    <div className="tnum flex h-4 justify-between text-2xs text-faint" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <span key={index}>{toAxisTime(start + (span * index) / (count - 1), span, utc)}</span>
      ))}
    </div>
  );
}

function HistogramTable({ data }: { readonly data: TraceHistogram }) {
  return (
    <div
      className="max-h-40 overflow-y-auto"
      tabIndex={0}
      role="region"
      aria-label={words.histogram.label}
    >
      <table className="tnum w-full max-w-120 text-xs">
        <thead>
          <tr className="text-left text-muted">
            <th className="font-medium">{words.histogram.start}</th>
            <th className="text-right font-medium">{words.histogram.count}</th>
            <th className="text-right font-medium">{words.histogram.errors}</th>
          </tr>
        </thead>
        <tbody>
          {data.buckets.map((bucket) => (
            <tr key={bucket.start}>
              <td>{bucket.start.slice(0, 16).replace('T', ' ')}</td>
              <td className="text-right">{bucket.count}</td>
              <td className="text-right">{bucket.errors}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
