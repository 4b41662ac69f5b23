import UPlot from 'uplot';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import { toAxisTime } from '../../../lib/time.ts';
import { usePreferences } from '../../../lib/preferences.ts';
import type { SeriesData } from '../read-rows.ts';

/** How the series are drawn. */
export type SeriesForm = 'line' | 'area' | 'bar';

/** The hues of several series, in order; one series has the accent. */
const HUES = ['indigo', 'teal', 'amber', 'pink', 'slate', 'green'] as const;

/** Series over time with a cursor that reads the values (uPlot). */
export function SeriesChart({
  data,
  form,
  print,
}: {
  readonly data: SeriesData;
  readonly form: SeriesForm;
  readonly print: (value: number | null) => string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const { utc, theme } = usePreferences();
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const size = () => ({ width: element.clientWidth, height: element.clientHeight });
    const plot = new UPlot(
      { ...size(), ...toOptions({ data, form, print, utc, style: getComputedStyle(element) }) },
      toColumns(data),
      element,
    );
    const observer = new ResizeObserver(() => plot.setSize(size()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
    // The theme is in the list because the colours are read when the chart is made.
  }, [data, form, print, utc, theme]);
  return <div ref={box} className="h-full min-h-0 overflow-hidden" aria-hidden="true" />;
}

function toColumns({ times, series }: SeriesData): uPlot.AlignedData {
  return [times.map((time) => time / 1000), ...series.map(({ values }) => [...values])];
}

interface Drawing {
  readonly data: SeriesData;
  readonly form: SeriesForm;
  readonly print: (value: number | null) => string;
  readonly utc: boolean;
  readonly style: CSSStyleDeclaration;
}

function toOptions(drawing: Drawing): Omit<uPlot.Options, 'width' | 'height'> {
  const { data, print, utc, style } = drawing;
  const span = toLabelSpan(data.times);
  const half = drawing.form === 'bar' ? toStep(data.times) / 2000 : 0;
  const muted = style.getPropertyValue('--muted');
  const grid = { stroke: style.getPropertyValue('--border'), width: 1 };
  const axis = { stroke: muted, font: '11px "Inter Variable", sans-serif', ticks: { show: false } };
  return {
    legend: { show: false },
    cursor: { y: false, points: { size: 5 } },
    padding: [6, 4, 0, 0],
    scales: {
      x: { range: (_plot, min, max) => [min - half, max + half] },
      y: { range: (_plot, _min, max) => [0, max <= 0 ? 1 : max * 1.05] },
    },
    axes: [
      {
        ...axis,
        size: 22,
        space: 70,
        grid: { show: false },
        values: (_plot, ticks) => ticks.map((tick) => toAxisTime(tick * 1000, span, utc)),
      },
      { ...axis, size: 56, grid, values: (_plot, ticks) => ticks.map((tick) => print(tick)) },
    ],
    series: [{}, ...data.series.map(({ name }, at) => toSeriesOptions(drawing, name, at))],
  };
}

const day = 86_400_000;

/** Distance between neighbouring moments in milliseconds. */
function toStep([first = 0, second = first + day]: readonly number[]): number {
  return second - first;
}

// Buckets of days and more are named by their date alone, however few there are.
function toLabelSpan(times: readonly number[]): number {
  return toStep(times) >= day ? 365 * day : (times.at(-1) ?? 0) - (times[0] ?? 0);
}

function toSeriesOptions({ data, form, style }: Drawing, label: string, at: number): uPlot.Series {
  const hue = data.series.length === 1 ? '--accent' : `--hue-${HUES[at % HUES.length]}`;
  const stroke = style.getPropertyValue(hue).trim();
  // 28 % of the hue, as everywhere else.
  const fill = `${stroke}47`;
  const { bars } = UPlot.paths;
  return {
    label,
    stroke,
    width: form === 'bar' ? 1 : 1.5,
    ...(form === 'line' ? {} : { fill }),
    ...(form === 'bar' && bars !== undefined ? { paths: bars({ size: [0.8, 40] }) } : {}),
    // A value without neighbours makes no line.
    points: { show: true, size: 4, filter: () => listLone(data.series[at]?.values ?? []) },
  };
}

/** Places of the values with nothing beside them; every value where there are fewer than three moments. */
function listLone(values: readonly (number | null)[]): number[] {
  return [...values.keys()].filter((at) => {
    const isEmpty = (place: number) => (values[place] ?? null) === null;
    return !isEmpty(at) && (values.length < 3 || (isEmpty(at - 1) && isEmpty(at + 1)));
  });
}

/** Names of the series with their colours. */
export function SeriesKey({ data }: { readonly data: SeriesData }) {
  if (data.series.length < 2) return null;
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 pt-1 text-2xs text-muted" aria-hidden="true">
      {data.series.map(({ name }, at) => (
        <li key={name} className="flex min-w-0 items-center gap-1">
          <span
            className="h-0.5 w-3 shrink-0"
            style={{ background: `var(--hue-${HUES[at % HUES.length]})` }}
          />
          <span className="max-w-40 truncate">{name}</span>
        </li>
      ))}
    </ul>
  );
}
