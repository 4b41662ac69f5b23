import type { WidgetContent } from '@coaia/client';
import { lazy, Suspense, useMemo } from 'react';
import { usePreferences } from '../../lib/preferences.ts';
import { toAbsolute } from '../../lib/time.ts';
import { HorizontalBars, Shares, VerticalBars } from './charts/bars-chart.tsx';
import { ChartTable } from './charts/chart-table.tsx';
import { HistogramChart } from './charts/histogram-chart.tsx';
import { toSentence } from './charts/sentence.ts';
import { words } from './messages.ts';
import { printDimension, toPrinter } from './print-value.ts';
import { isEmptyAnswer, toBars, toBins, toNumberValue, toSeries } from './read-rows.ts';
import { isSeries, toValueKey, type MetricsRow } from './widget-query.ts';

// The library for lines comes only where lines are drawn.
const SeriesChart = lazy(async () => ({
  default: (await import('./charts/series-chart.tsx')).SeriesChart,
}));
const SeriesKey = lazy(async () => ({
  default: (await import('./charts/series-chart.tsx')).SeriesKey,
}));

interface WidgetViewProps {
  readonly widget: WidgetContent;
  readonly rows: readonly MetricsRow[];
  /** The numbers instead of the chart. */
  readonly asTable: boolean;
}

/** The answer of a widget as its chart, or as the table of the same numbers. */
export function WidgetView({ widget, rows, asTable }: WidgetViewProps) {
  const print = useMemo(
    () => toPrinter(widget.metrics[0] ?? { measure: '', agg: 'count' }),
    [widget.metrics],
  );
  if (widget.chartType === 'NUMBER')
    return (
      <p className="tnum flex h-full items-center text-[28px] leading-none font-semibold">
        {print(toNumberValue(widget, rows))}
      </p>
    );
  if (isEmptyAnswer(widget, rows)) return <p className="pt-1 text-muted">{words.noData}</p>;
  if (asTable || widget.chartType === 'PIVOT_TABLE')
    return <WidgetTable widget={widget} rows={rows} />;
  return (
    <figure className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1">
        <Chart widget={widget} rows={rows} print={print} />
      </div>
      <figcaption className="sr-only">{toSentence(widget, rows, print)}</figcaption>
    </figure>
  );
}

function Chart({
  widget,
  rows,
  print,
}: Omit<WidgetViewProps, 'asTable'> & { readonly print: (value: number | null) => string }) {
  const series = useMemo(
    () => (isSeries(widget) ? toSeries(widget, rows) : undefined),
    [widget, rows],
  );
  if (series !== undefined) {
    const form = widget.chartType === 'LINE_TIME_SERIES' ? 'line' : 'area';
    return (
      <div className="flex h-full flex-col">
        <Suspense fallback={<div className="skeleton h-full" />}>
          <div className="min-h-0 flex-1">
            <SeriesChart
              data={series}
              form={widget.chartType === 'BAR_TIME_SERIES' ? 'bar' : form}
              print={print}
            />
          </div>
          <SeriesKey data={series} />
        </Suspense>
      </div>
    );
  }
  if (widget.chartType === 'HISTOGRAM')
    return <HistogramChart bins={toBins(widget, rows)} print={print} />;
  const bars = toBars(widget, rows);
  if (widget.chartType === 'PIE') return <Shares bars={bars} print={print} />;
  if (widget.chartType === 'VERTICAL_BAR') return <VerticalBars bars={bars} print={print} />;
  return <HorizontalBars bars={bars} print={print} />;
}

function WidgetTable({ widget, rows }: Omit<WidgetViewProps, 'asTable'>) {
  const { utc } = usePreferences();
  const printers = widget.metrics.map(toPrinter);
  if (widget.chartType === 'HISTOGRAM') {
    const [print = String] = printers;
    const bins = toBins(widget, rows);
    return (
      <ChartTable
        label={widget.name}
        head={[words.from, words.to, words.count]}
        rows={bins.map(({ from, to, count }) => [
          print(from),
          print(to),
          count.toLocaleString('en'),
        ])}
      />
    );
  }
  const fields = widget.dimensions.map(({ field }) => field);
  const heads = widget.metrics.map(({ measure, agg }) =>
    agg === 'count' ? measure : `${agg} ${measure}`,
  );
  const timed = isSeries(widget);
  return (
    <ChartTable
      label={widget.name}
      head={[...(timed ? [words.time] : []), ...fields, ...heads]}
      rows={rows.map((row) => [
        ...(timed ? [toAbsolute(String(row['time_dimension']), utc).slice(0, 16)] : []),
        ...fields.map((field) => printDimension(row[field])),
        ...printers.map((print, at) => {
          const value = row[toValueKey(widget, at)];
          return print(typeof value === 'number' ? value : null);
        }),
      ])}
    />
  );
}
