/** A widget: what it asks of the metrics, and how its chart shows the answer. */
import { fromStored, toIso } from '#base';
import type { DashboardWidgetRow, Dialect } from '#store';
import type {
  ChartConfig,
  ChartType,
  DashboardWidget,
  WidgetContent,
  WidgetFilter,
  WidgetMetric,
} from '@coaia/client';
import { toPlan } from '../metrics/compile-metrics.ts';
import { parseMetricsQuery } from '../metrics/metrics-query.ts';
import { dashboardFailures } from './errors.ts';

/** Columns of the grid, as Langfuse has them. */
export const COLUMNS = 12;

export const WIDGET_VIEWS = [
  'observations',
  'scores-numeric',
  'scores-boolean',
  'scores-categorical',
] as const;

export const CHART_TYPES = [
  'LINE_TIME_SERIES',
  'AREA_TIME_SERIES',
  'BAR_TIME_SERIES',
  'HORIZONTAL_BAR',
  'VERTICAL_BAR',
  'PIE',
  'NUMBER',
  'HISTOGRAM',
  'PIVOT_TABLE',
] as const satisfies readonly ChartType[];

/** Settings as they are sent: any may be null, the type may be left out. */
export type ChartSettings = { readonly [K in keyof ChartConfig]?: ChartConfig[K] | null };

/** The row as the API answers it. */
export function toWidget(row: DashboardWidgetRow): DashboardWidget {
  return {
    id: row.id,
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
    name: row.name,
    description: row.description,
    view: row.view as DashboardWidget['view'],
    dimensions: fromStored(row.dimensions) as unknown as DashboardWidget['dimensions'],
    metrics: fromStored(row.metrics) as unknown as readonly WidgetMetric[],
    filters: fromStored(row.filters) as unknown as readonly WidgetFilter[],
    chartType: row.chart_type as ChartType,
    chartConfig: fromStored(row.chart_config) as unknown as ChartConfig,
  };
}

/**
 * The settings that are kept: nulls mean absent, the type is the chart's.
 * Fails with COAIA-1190 when the settings name another type.
 */
export function toChartConfig(
  chartType: ChartType,
  settings: ChartSettings | null | undefined,
): ChartConfig {
  const { type, ...rest } = settings ?? {};
  if (type !== undefined && type !== null && type !== chartType)
    throw dashboardFailures.create(
      'COAIA-1190',
      `chartConfig.type is ${type}, but the chart is ${chartType}.`,
      { hint: 'leave chartConfig.type out' },
    );
  const given = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  return { type: chartType, ...Object.fromEntries(given) };
}

/**
 * Fails with COAIA-1190 when the chart cannot show what the widget asks, and with the codes of metrics and
 * filters when the metrics cannot answer it.
 */
export function requireAnswerable(widget: WidgetContent, dialect: Dialect): void {
  const { chartType, metrics, dimensions } = widget;
  const isHistogram = chartType === 'HISTOGRAM';
  if (isHistogram !== metrics.some(({ agg }) => agg === 'histogram'))
    throw dashboardFailures.create(
      'COAIA-1190',
      isHistogram
        ? 'A histogram shows one metric with the aggregation histogram.'
        : `The aggregation histogram is for the chart HISTOGRAM, not for ${chartType}.`,
    );
  if (chartType !== 'PIVOT_TABLE' && dimensions.length > 1)
    throw dashboardFailures.create(
      'COAIA-1190',
      `${chartType} groups by one dimension; PIVOT_TABLE takes more.`,
    );
  const query = parseMetricsQuery(JSON.stringify(toMetricsQuery(widget)), { strict: false });
  toPlan(query, { projectId: '', dialect, now: 0 });
}

/** The widget as a metrics query over an hour: for the check, the range does not matter. */
function toMetricsQuery(widget: WidgetContent) {
  return {
    view: widget.view,
    dimensions: widget.dimensions,
    metrics: widget.metrics.map(({ measure, agg }) => ({ measure, aggregation: agg })),
    filters: widget.filters,
    fromTimestamp: '2026-01-01T00:00:00Z',
    toTimestamp: '2026-01-01T01:00:00Z',
  };
}
