import type { PredictionStatPoint, PredictionStats } from '@coaia/client';
import type { SeriesData } from '../../../observability/dashboards/read-rows.ts';
import type { StatSpan } from '../../search.ts';

const spanMs: Readonly<Record<StatSpan, number>> = {
  '15m': 15 * 60_000,
  '1h': 3_600_000,
  '24h': 24 * 3_600_000,
};

/** What is drawn: a name and how it is read from a point; `without` stands where nothing was asked. */
export interface StatLine {
  readonly name: string;
  readonly read: (point: PredictionStatPoint) => number | null;
  /** Counters are 0 where nothing was asked, durations are absent. */
  readonly without: 0 | null;
}

/** Lines over the whole span until `now`, with a moment for every step, also where nothing was asked. */
export function toStatSeries(
  { data, stepSeconds }: Pick<PredictionStats, 'data' | 'stepSeconds'>,
  span: StatSpan,
  now: number,
  lines: readonly StatLine[],
): SeriesData {
  const step = stepSeconds * 1000;
  const first = Math.floor((now - spanMs[span]) / step) * step;
  const count = Math.floor(now / step) - first / step + 1;
  const times = Array.from({ length: count }, (_, at) => first + at * step);
  const points = new Map(data.map((point) => [Date.parse(point.at), point]));
  return {
    times,
    hidden: 0,
    series: lines.map(({ name, read, without }) => ({
      name,
      values: times.map((time) => {
        const point = points.get(time);
        return point === undefined ? without : read(point);
      }),
    })),
  };
}
