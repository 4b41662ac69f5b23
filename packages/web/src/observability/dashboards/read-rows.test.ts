import type { WidgetContent } from '@coaia/client';
import { describe, expect, test } from 'vitest';
import { isEmptyAnswer, toBars, toBins, toSeries } from './read-rows.ts';
import { toPrinter } from './print-value.ts';
import { toMetricsQuery } from './widget-query.ts';

const widget = (change: Partial<WidgetContent>): WidgetContent => ({
  name: 'Cost',
  description: '',
  view: 'observations',
  dimensions: [{ field: 'providedModelName' }],
  metrics: [{ measure: 'totalCost', agg: 'sum' }],
  filters: [],
  chartType: 'LINE_TIME_SERIES',
  chartConfig: { type: 'LINE_TIME_SERIES' },
  ...change,
});
const day = (at: number) => new Date(Date.UTC(2026, 0, at)).toISOString();
const span = { from: day(1), to: day(9) };

describe('series', () => {
  test('share their moments, keep gaps, and the largest comes first', () => {
    const rows = [
      { providedModelName: 'small', time_dimension: day(1), sum_totalCost: 1 },
      { providedModelName: 'large', time_dimension: day(1), sum_totalCost: 5 },
      { providedModelName: 'large', time_dimension: day(2), sum_totalCost: 6 },
    ];
    expect(toSeries(widget({}), rows)).toEqual({
      times: [Date.parse(day(1)), Date.parse(day(2))],
      series: [
        { name: 'large', values: [5, 6] },
        { name: 'small', values: [1, null] },
      ],
      hidden: 0,
    });
  });

  test('two metrics are two series, named by what they are', () => {
    const metrics = [
      { measure: 'latency', agg: 'p50' },
      { measure: 'latency', agg: 'p95' },
    ];
    const rows = [{ time_dimension: day(1), p50_latency: 10, p95_latency: 90 }];
    const { series } = toSeries(widget({ dimensions: [], metrics }), rows);
    expect(series.map(({ name }) => name)).toEqual(['p95 latency', 'p50 latency']);
  });

  test('more than six are counted, not drawn', () => {
    const rows = Array.from({ length: 9 }, (_, at) => ({
      providedModelName: `m${at}`,
      time_dimension: day(1),
      sum_totalCost: at,
    }));
    const { series, hidden } = toSeries(widget({}), rows);
    expect([series.length, hidden, series[0]?.name]).toEqual([6, 3, 'm8']);
  });
});

test('bars leave out what has no value and name what has no name', () => {
  const rows = [
    { providedModelName: null, sum_totalCost: 2 },
    { providedModelName: 'a', sum_totalCost: null },
  ];
  expect(toBars(widget({ chartType: 'HORIZONTAL_BAR' }), rows)).toEqual([{ name: '–', value: 2 }]);
});

test('a histogram reads its bins', () => {
  const histogram = widget({
    chartType: 'HISTOGRAM',
    metrics: [{ measure: 'v', agg: 'histogram' }],
  });
  expect(toBins(histogram, [{ histogram_v: [[0, 1, 3]] }])).toEqual([{ from: 0, to: 1, count: 3 }]);
  expect(isEmptyAnswer(histogram, [])).toBe(true);
});

test('the query carries the filters of widget and dashboard, the span and the order of bars', () => {
  const own = { column: 'name', operator: '=', type: 'string', value: 'a' };
  const shared = { column: 'environment', operator: '=', type: 'string', value: 'b' };
  const query = toMetricsQuery(widget({ chartType: 'PIE', filters: [own] }), [shared], span);
  expect(query).toMatchObject({
    filters: [own, shared],
    fromTimestamp: span.from,
    orderBy: [{ field: 'sum_totalCost', direction: 'desc' }],
  });
  expect(query).not.toHaveProperty('timeDimension');
  expect(toMetricsQuery(widget({}), [], span)).toMatchObject({
    timeDimension: { granularity: 'auto' },
    orderBy: [],
  });
});

test('values carry the unit of their measure; counts carry none', () => {
  expect(toPrinter({ measure: 'latency', agg: 'p95' })(1240)).toBe('1.24 s');
  expect(toPrinter({ measure: 'latency', agg: 'count' })(1240)).toBe('1,240');
  expect(toPrinter({ measure: 'totalCost', agg: 'sum' })(0.0031)).toBe('$0.0031');
  expect(toPrinter({ measure: 'value', agg: 'avg' })(0.66667)).toBe('0.667');
  expect(toPrinter({ measure: 'value', agg: 'avg' })(null)).toBe('–');
});
