import type { PredictionStats } from '@coaia/client';
import { useMemo, type ReactNode } from 'react';
import { toDuration, toText } from '../../../lib/format.ts';
import { SeriesChart, SeriesKey } from '../../../observability/dashboards/charts/series-chart.tsx';
import { words } from '../../messages.ts';
import { toDigits } from '../../numbers.ts';
import type { StatSpan } from '../../search.ts';
import { toStatSeries, type StatLine } from './stat-series.ts';

const names = words.numbers;
const printNumber = (value: number | null) => (value === null ? '' : toDigits(value));
const printTime = (value: number | null) => toText(toDuration(value));

const rate: readonly StatLine[] = [
  { name: names.perSecond, read: ({ perSecond }) => perSecond, without: 0 },
];
const durations: readonly StatLine[] = [
  { name: names.p50, read: ({ p50Ms }) => p50Ms, without: null },
  { name: names.p95, read: ({ p95Ms }) => p95Ms, without: null },
  { name: names.p99, read: ({ p99Ms }) => p99Ms, without: null },
];
const errors: readonly StatLine[] = [
  { name: names.failed, read: ({ failed }) => failed, without: 0 },
  { name: names.refused, read: ({ refused }) => refused, without: 0 },
];

/** `20 s`, `24 min`. */
const toStep = (seconds: number) =>
  seconds < 120 ? `${seconds} s` : `${toDigits(seconds / 60)} min`;

interface Drawing {
  readonly stats: PredictionStats;
  readonly span: StatSpan;
  /** When the numbers were read, epoch milliseconds. */
  readonly now: number;
}

/** Requests, durations and errors over the span, side by side. */
export function StatCharts({ stats, span, now }: Drawing) {
  const says = words.charts;
  const { total } = stats;
  const most = Math.max(...stats.data.map(({ perSecond }) => perSecond), 0);
  const common = { stats, span, now };
  return (
    <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      <Chart
        {...common}
        title={says.rate}
        lines={rate}
        print={printNumber}
        form="area"
        says={says.rateSays(toDigits(most), toStep(stats.stepSeconds))}
      />
      <Chart
        {...common}
        title={says.duration}
        lines={durations}
        print={printTime}
        form="line"
        says={says.durationSays(printTime(total.p50Ms), printTime(total.p99Ms))}
      />
      <Chart
        {...common}
        title={says.errors}
        lines={errors}
        print={printNumber}
        form="line"
        says={says.errorsSays(total.failed, total.refused)}
      />
    </div>
  );
}

function Chart({
  stats,
  span,
  now,
  title,
  lines,
  print,
  form,
  says,
}: Drawing & {
  readonly title: string;
  readonly lines: readonly StatLine[];
  readonly print: (value: number | null) => string;
  readonly form: 'line' | 'area';
  readonly says: ReactNode;
}) {
  const data = useMemo(() => toStatSeries(stats, span, now, lines), [stats, span, now, lines]);
  return (
    <figure className="min-w-0 rounded-lg border border-line p-3">
      <figcaption className="text-xs">
        <span className="font-medium">{title}</span>
        <span className="block text-muted">{says}</span>
      </figcaption>
      <div className="mt-2 h-36">
        <SeriesChart data={data} form={form} print={print} />
      </div>
      <div className="min-h-5">
        <SeriesKey data={data} />
      </div>
    </figure>
  );
}
