import type { WidgetContent } from '@coaia/client';
import { words } from '../messages.ts';
import { toBars, toBins, toSeries, type SeriesData } from '../read-rows.ts';
import { isSeries, type MetricsRow } from '../widget-query.ts';
import { toPercent } from './bars-chart.tsx';

/** What the chart shows, in a sentence for those who cannot see it and those in a hurry. */
export function toSentence(
  widget: WidgetContent,
  rows: readonly MetricsRow[],
  print: (value: number | null) => string,
): string {
  if (isSeries(widget)) return toSeriesSentence(toSeries(widget, rows), print);
  if (widget.chartType === 'HISTOGRAM') {
    const bins = toBins(widget, rows);
    const total = bins.reduce((sum, { count }) => sum + count, 0).toLocaleString('en');
    return words.sentence.bins(total, print(bins[0]?.from ?? null), print(bins.at(-1)?.to ?? null));
  }
  const bars = toBars(widget, rows).toSorted((a, b) => b.value - a.value);
  const [first] = bars;
  if (first === undefined) return words.noData;
  if (widget.chartType !== 'PIE')
    return words.sentence.bars(first.name, print(first.value), bars.length);
  const total = bars.reduce((sum, { value }) => sum + value, 0) || 1;
  return words.sentence.share(first.name, toPercent(first.value / total));
}

function toSeriesSentence(
  { series, hidden }: SeriesData,
  print: (value: number | null) => string,
): string {
  const [first] = series;
  if (first === undefined) return words.noData;
  if (series.length > 1)
    return words.sentence.series(series.map(({ name }) => name).join(', '), hidden);
  const known = first.values.filter((value) => value !== null);
  return words.sentence.one(first.name, print(Math.min(...known)), print(Math.max(...known)));
}
