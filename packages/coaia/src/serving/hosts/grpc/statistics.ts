/** What each version has done since the server started, as Triton's statistics extension has it. */
import type { Prediction } from '../../runtimes/runtime.ts';
import type { ModelLink, Target } from '../link.ts';

interface Counts {
  rows: number;
  /** Of the model; a request that was merged with others counts for its part. */
  calls: number;
  last: number;
  success: number;
  successMs: number;
  fail: number;
  failMs: number;
  queueMs: number;
  workerMs: number;
}

export interface Statistics {
  /** `inference.ModelStatistics`. */
  readonly of: (target: Target) => object;
}

const keyOf = ({ model, version = '' }: Target) => `${model}/${version}`;

/** The link, counted. Requests that were refused before a model saw them are not in it. */
export function countCalls(link: ModelLink): {
  readonly link: ModelLink;
  readonly statistics: Statistics;
} {
  const all = new Map<string, Counts>();
  const open = (target: Target): Counts => {
    const key = keyOf(target);
    const counts = all.get(key) ?? toNothing();
    all.set(key, counts);
    return counts;
  };
  const predict: ModelLink['predict'] = async (target, batch, options) => {
    const began = performance.now();
    try {
      const prediction = await link.predict(target, batch, options);
      count(open(target), prediction, { rows: batch.rows, ms: performance.now() - began });
      return prediction;
    } catch (error) {
      const counts = open(target);
      counts.fail += 1;
      counts.failMs += performance.now() - began;
      throw error;
    }
  };
  return {
    link: {
      kind: link.kind,
      list: () => link.list(),
      info: (target) => link.info(target),
      predict,
      load: (target) => link.load(target),
      unload: (target) => link.unload(target),
      isLive: () => link.isLive(),
      close: () => link.close(),
    },
    statistics: { of: (target) => toMessage(target, all.get(keyOf(target)) ?? toNothing()) },
  };
}

const toNothing = (): Counts => ({
  rows: 0,
  calls: 0,
  last: 0,
  success: 0,
  successMs: 0,
  fail: 0,
  failMs: 0,
  queueMs: 0,
  workerMs: 0,
});

function count(
  counts: Counts,
  { timings }: Prediction,
  { rows, ms }: { readonly rows: number; readonly ms: number },
): void {
  counts.rows += rows;
  counts.calls += timings.batchRows === 0 ? 1 : rows / timings.batchRows;
  counts.last = Date.now();
  counts.success += 1;
  counts.successMs += ms;
  counts.queueMs += timings.queueMs;
  counts.workerMs += timings.workerMs;
}

function toMessage({ model, version = '' }: Target, counts: Counts): object {
  const duration = (times: number, ms: number) => ({
    count: BigInt(times),
    ns: BigInt(Math.round(ms * 1e6)),
  });
  return {
    name: model,
    version,
    lastInference: BigInt(counts.last),
    inferenceCount: BigInt(counts.rows),
    executionCount: BigInt(Math.round(counts.calls)),
    inferenceStats: {
      success: duration(counts.success, counts.successMs),
      fail: duration(counts.fail, counts.failMs),
      queue: duration(counts.success, counts.queueMs),
      computeInfer: duration(counts.success, counts.workerMs),
    },
  };
}
