import { toCost, toCount, toDuration, toText } from '../../lib/format.ts';
import type { HomeSeries } from './home-query.ts';
import { words } from './messages.ts';
import { Sparkline } from './sparkline.tsx';

/** Traces, cost and latency of the last 24 hours. */
export function HomeCharts({ series }: { readonly series: HomeSeries }) {
  const { buckets } = series;
  const count = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  const errors = buckets.reduce((sum, bucket) => sum + bucket.errors, 0);
  const cost = buckets.reduce((sum, bucket) => sum + bucket.totalCost, 0);
  const mostCost = Math.max(0, ...buckets.map((bucket) => bucket.totalCost));
  const latencies = buckets.flatMap((bucket) =>
    bucket.p95LatencyMs === null ? [] : [bucket.p95LatencyMs],
  );
  const latest = latencies.at(-1);
  const peak = Math.max(0, ...latencies);
  const printCost = (value: number | null) => toText(toCost(value));
  const printTime = (value: number | null) => toText(toDuration(value));
  return (
    <section
      aria-label={words.charts}
      className="grid divide-line rounded-lg border border-line max-md:divide-y md:grid-cols-3 md:divide-x"
    >
      <Sparkline
        title={words.countTitle}
        headline={toText(toCount(count))}
        sentence={words.countSentence(count, errors)}
        points={buckets.map((bucket) => ({
          start: bucket.start,
          value: bucket.count,
          failed: bucket.errors,
        }))}
        print={(value) => toText(toCount(value))}
        bars
      />
      <Sparkline
        title={words.costTitle}
        headline={printCost(cost)}
        sentence={
          cost === 0 ? words.noCost : words.costSentence(printCost(cost), printCost(mostCost))
        }
        points={buckets.map((bucket) => ({ start: bucket.start, value: bucket.totalCost }))}
        print={printCost}
        bars
      />
      <Sparkline
        title={words.latencyTitle}
        headline={printTime(latest ?? null)}
        sentence={
          latest === undefined
            ? words.noLatency
            : words.latencySentence(printTime(latest), printTime(peak))
        }
        points={buckets.map((bucket) => ({ start: bucket.start, value: bucket.p95LatencyMs }))}
        print={printTime}
      />
    </section>
  );
}
