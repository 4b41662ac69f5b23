import type { WidgetContent } from '@coaia/client';
import { printDimension } from './print-value.ts';
import { isSeries, toValueKey, type MetricsRow } from './widget-query.ts';

/** A line or a stack of bars over time; gaps are null. */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** Series over shared moments (epoch milliseconds), the largest first. */
export interface SeriesData {
  readonly times: readonly number[];
  readonly series: readonly Series[];
  /** Series that are not shown. */
  readonly hidden: number;
}

/** A bar with its name. */
export interface Bar {
  readonly name: string;
  readonly value: number;
}

/** A bin of a histogram. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** More lines than this cannot be told apart. */
const MOST_SERIES = 6;

/** The rows of a widget with time on its axis. */
export function toSeries(widget: WidgetContent, rows: readonly MetricsRow[]): SeriesData {
  const times = [...new Set(rows.map(toTime))].toSorted((a, b) => a - b);
  const places = new Map(times.map((time, at) => [time, at]));
  const [dimension] = widget.dimensions;
  const found = new Map<string, (number | null)[]>();
  for (const row of rows) {
    for (const [at, metric] of widget.metrics.entries()) {
      const part = dimension === undefined ? undefined : printDimension(row[dimension.field]);
      const label = widget.metrics.length > 1 ? `${metric.agg} ${metric.measure}` : undefined;
      const name = [part, label].filter((one) => one !== undefined).join(' ') || metric.measure;
      const values = found.get(name) ?? times.map(() => null);
      values[places.get(toTime(row)) ?? 0] = toNumber(row[toValueKey(widget, at)]);
      found.set(name, values);
    }
  }
  const all = [...found].map(([name, values]) => ({ name, values }));
  const largest = all.toSorted((a, b) => toSum(b.values) - toSum(a.values));
  return {
    times,
    series: largest.slice(0, MOST_SERIES),
    hidden: Math.max(0, largest.length - MOST_SERIES),
  };
}

/** The rows of a widget with one bar for each value of its dimension. */
export function toBars(widget: WidgetContent, rows: readonly MetricsRow[]): readonly Bar[] {
  const [dimension] = widget.dimensions;
  return rows.flatMap((row) => {
    const value = toNumber(row[toValueKey(widget)]);
    const name = dimension === undefined ? widget.name : printDimension(row[dimension.field]);
    return value === null ? [] : [{ name, value }];
  });
}

/** The bins of a histogram, empty ones included. */
export function toBins(widget: WidgetContent, rows: readonly MetricsRow[]): readonly Bin[] {
  const value = rows[0]?.[toValueKey(widget)];
  if (!Array.isArray(value)) return [];
  return (value as readonly (readonly [number, number, number])[]).map(([from, to, count]) => ({
    from,
    to,
    count,
  }));
}

/** The one value of a number. */
export function toNumberValue(widget: WidgetContent, rows: readonly MetricsRow[]): number | null {
  return toNumber(rows[0]?.[toValueKey(widget)]);
}

/** True when there is nothing to draw. */
export function isEmptyAnswer(widget: WidgetContent, rows: readonly MetricsRow[]): boolean {
  if (widget.chartType === 'NUMBER') return false;
  if (widget.chartType === 'HISTOGRAM') return toBins(widget, rows).length === 0;
  if (!isSeries(widget)) return rows.length === 0;
  return toSeries(widget, rows).series.every(({ values }) =>
    values.every((value) => value === null || value === 0),
  );
}

function toTime(row: MetricsRow): number {
  return Date.parse(String(row['time_dimension']));
}

function toNumber(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function toSum(values: readonly (number | null)[]): number {
  return values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
