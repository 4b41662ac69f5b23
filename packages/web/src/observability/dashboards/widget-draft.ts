import type { ChartType, DashboardWidget, WidgetContent, WidgetView } from '@coaia/client';
import { parseJsonText } from '../../lib/json-text.ts';

/** A widget as the form holds it: texts where people type. */
export interface WidgetDraft {
  readonly name: string;
  readonly description: string;
  readonly view: WidgetView;
  readonly chartType: ChartType;
  readonly measure: string;
  readonly agg: string;
  readonly second: string;
  readonly dimension: string;
  readonly filters: string;
  readonly limit: string;
  readonly bins: string;
}

/** Aggregations of numbers; texts can only be counted. */
export const aggregations = [
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'uniq',
] as const;

const empty: WidgetDraft = {
  name: '',
  description: '',
  view: 'observations',
  chartType: 'LINE_TIME_SERIES',
  measure: 'count',
  agg: 'count',
  second: '',
  dimension: '',
  filters: '[]',
  limit: '',
  bins: '',
};

/** The form's content for a widget, or for a new one. */
export function toDraft(widget: DashboardWidget | undefined): WidgetDraft {
  if (widget === undefined) return empty;
  const { name, description, view, chartType, chartConfig, metrics } = widget;
  const [first, second] = metrics;
  return {
    ...empty,
    ...first,
    name,
    description,
    view,
    chartType,
    second: second === undefined ? '' : toMetricText(second),
    dimension: widget.dimensions.map(({ field }) => field).join(', '),
    filters: JSON.stringify(widget.filters, null, 2),
    limit: String(chartConfig.row_limit ?? ''),
    bins: String(chartConfig.bins ?? ''),
  };
}

/** `p95 latency`: a second metric in one field. */
export function toMetricText({ agg, measure }: WidgetContent['metrics'][number]): string {
  return `${agg} ${measure}`;
}

/** The widget of a draft, as the server takes it; undefined while the filters are no list. */
export function toWidgetContent(draft: WidgetDraft): WidgetContent | undefined {
  const filters = parseJsonText(draft.filters);
  if (!filters.ok || !Array.isArray(filters.value)) return undefined;
  const isHistogram = draft.chartType === 'HISTOGRAM';
  const [agg = '', measure = ''] = draft.second.split(' ');
  const first = { measure: draft.measure, agg: isHistogram ? 'histogram' : draft.agg };
  const fields = draft.dimension.split(',').map((one) => one.trim());
  const takesGroups = draft.chartType !== 'NUMBER' && !isHistogram;
  return {
    name: draft.name.trim() === '' ? `${draft.agg} ${draft.measure}` : draft.name.trim(),
    description: draft.description.trim(),
    view: draft.view,
    chartType: draft.chartType,
    dimensions: takesGroups
      ? fields.filter((field) => field !== '').map((field) => ({ field }))
      : [],
    metrics: measure === '' || isHistogram ? [first] : [first, { measure, agg }],
    filters: filters.value as WidgetContent['filters'],
    chartConfig: {
      type: draft.chartType,
      ...toSetting('row_limit', draft.limit, 1000),
      ...(isHistogram ? toSetting('bins', draft.bins, 100) : {}),
    },
  };
}

function toSetting(name: 'row_limit' | 'bins', text: string, most: number) {
  const value = Math.trunc(Number(text));
  return text.trim() === '' || !(value >= 1) ? {} : { [name]: Math.min(value, most) };
}
