/** Counters of the gateway: fed by every finished request, read by /metrics, /stats and the exporter. */
import type { Exchange } from './exchange.ts';

/** Upper bounds of the latency histogram in seconds: half a millisecond to ten seconds. */
export const LATENCY_BOUNDS: readonly number[] = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** Upper bounds of rows that were predicted together. */
export const BATCH_BOUNDS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1024];

export interface Histogram {
  /** Counts by bound, not yet added up; the last one is everything above. */
  readonly counts: Float64Array;
  sum: number;
  count: number;
}

/** What one version has answered since the start. */
export interface VersionMetrics {
  /** Empty for requests that reached no model. */
  readonly model: string;
  readonly version: number;
  /** Requests by route and status, as `champion 200`. */
  readonly requests: Map<string, number>;
  readonly seconds: Histogram;
  readonly batches: Histogram;
  rows: number;
  failed: number;
  failedMs: number;
  queueMs: number;
  workerMs: number;
}

export interface RequestMetrics {
  /** Counts one finished request. */
  add(exchange: Exchange, status: number, durationMs: number): void;
  list(): readonly VersionMetrics[];
  of(model: string, version: number): VersionMetrics | undefined;
  /** Requests being worked on. */
  active: number;
}

export function createMetrics(): RequestMetrics {
  const all = new Map<string, VersionMetrics>();
  const of = (model: string, version: number) => all.get(`${model}@${version}`);
  const open = (model: string, version: number) => {
    const known = of(model, version);
    if (known !== undefined) return known;
    const made = createVersion(model, version);
    all.set(`${model}@${version}`, made);
    return made;
  };
  return {
    active: 0,
    of,
    list: () => [...all.values()],
    add(exchange, status, durationMs) {
      const one = open(exchange.model, exchange.version);
      // How long an explanation takes says nothing about predictions.
      const isWhy = exchange.explanation?.isAlone === true;
      const key = `${isWhy ? 'explain' : exchange.route} ${status}`;
      one.requests.set(key, (one.requests.get(key) ?? 0) + 1);
      if (isWhy) return;
      addTo(one.seconds, LATENCY_BOUNDS, durationMs / 1000);
      if (status >= 400) {
        one.failed += 1;
        one.failedMs += durationMs;
        return;
      }
      const timings = exchange.work?.prediction?.timings;
      if (timings === undefined || timings.batchRows < 1) return;
      one.rows += exchange.rows;
      one.queueMs += timings.queueMs;
      one.workerMs += timings.workerMs;
      // Each of the requests that were predicted together has its part of the one batch.
      addTo(one.batches, BATCH_BOUNDS, timings.batchRows, exchange.rows / timings.batchRows);
    },
  };
}

function createVersion(model: string, version: number): VersionMetrics {
  return {
    model,
    version,
    requests: new Map(),
    seconds: createHistogram(LATENCY_BOUNDS),
    batches: createHistogram(BATCH_BOUNDS),
    rows: 0,
    failed: 0,
    failedMs: 0,
    queueMs: 0,
    workerMs: 0,
  };
}

const createHistogram = (bounds: readonly number[]): Histogram => ({
  counts: new Float64Array(bounds.length + 1),
  sum: 0,
  count: 0,
});

function addTo(histogram: Histogram, bounds: readonly number[], value: number, weight = 1): void {
  let index = 0;
  while (index < bounds.length && value > (bounds[index] ?? 0)) index += 1;
  histogram.counts[index] = (histogram.counts[index] ?? 0) + weight;
  histogram.sum += value * weight;
  histogram.count += weight;
}
