import type { DashboardWidget, WidgetContent, WidgetFilter } from '@coaia/client';
import { queryOptions } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';

/** A row of the metrics: dimensions and buckets by name, values as `aggregation_measure`. */
export type MetricsRow = Readonly<Record<string, unknown>>;

/** Two moments, ISO 8601. */
export interface TimeSpan {
  readonly from: string;
  readonly to: string;
}

const SERIES = new Set(['LINE_TIME_SERIES', 'AREA_TIME_SERIES', 'BAR_TIME_SERIES']);

/** True for charts with time on their axis. */
export function isSeries({ chartType }: Pick<WidgetContent, 'chartType'>): boolean {
  return SERIES.has(chartType);
}

/** Rows at most, where the widget does not say. */
const ROWS = 100;

/** Name of the column that carries the n-th metric. */
export function toValueKey({ metrics }: Pick<WidgetContent, 'metrics'>, at = 0): string {
  const metric = metrics[at];
  return metric === undefined ? '' : `${metric.agg}_${metric.measure}`;
}

/** What the metrics are asked for a widget: its own filters and those of its dashboard, within the span. */
export function toMetricsQuery(
  widget: WidgetContent,
  filters: readonly WidgetFilter[],
  span: TimeSpan,
) {
  const { bins, row_limit: limit } = widget.chartConfig;
  return {
    view: widget.view,
    dimensions: widget.dimensions,
    metrics: widget.metrics.map(({ measure, agg }) => ({ measure, aggregation: agg })),
    filters: [...widget.filters, ...filters],
    ...(isSeries(widget) ? { timeDimension: { granularity: 'auto' } } : {}),
    fromTimestamp: span.from,
    toTimestamp: span.to,
    orderBy: toOrder(widget),
    config: { row_limit: isSeries(widget) ? 1000 : (limit ?? ROWS), ...(bins ? { bins } : {}) },
  };
}

// Bars show the largest first; a pivot table as its settings say.
function toOrder(widget: WidgetContent) {
  if (isSeries(widget) || widget.chartType === 'HISTOGRAM' || widget.dimensions.length === 0)
    return [];
  const { defaultSort } = widget.chartConfig;
  return defaultSort === undefined || defaultSort === null
    ? [{ field: toValueKey(widget), direction: 'desc' }]
    : [{ field: defaultSort.column, direction: defaultSort.order.toLowerCase() }];
}

/** The answer of one widget; asked again when the widget, the filters or the span change. */
export function widgetQuery(
  project: string,
  widget: DashboardWidget | WidgetContent,
  filters: readonly WidgetFilter[],
  span: TimeSpan,
) {
  const query = JSON.stringify(toMetricsQuery(widget, filters, span));
  return queryOptions({
    queryKey: ['dashboards', project, 'rows', query] as const,
    queryFn: async ({ signal }) => {
      const path = '/api/public/v2/metrics';
      const { data } = await sendRequest<{ data: readonly MetricsRow[] }>(path, {
        query: { query },
        signal,
      });
      return data;
    },
    staleTime: 30_000,
  });
}
