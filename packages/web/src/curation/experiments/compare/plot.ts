/** A scale of a plot: where a value stands, and the values that are labelled. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly toShare: (value: number) => number;
}

/** A scale over the values, with about four round ticks and a little room at the ends. */
export function toScale(values: readonly number[]): Scale {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const span = most - least || Math.abs(most) || 1;
  const step = toRoundStep(span / 4);
  const low = Math.floor((least - span * 0.04) / step) * step;
  const high = Math.ceil((most + span * 0.04) / step) * step;
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, index) =>
    Number((low + index * step).toPrecision(12)),
  );
  return { low, high, ticks, toShare: (value) => (value - low) / (high - low) };
}

/** The next of 1, 2, 5 times a power of ten. */
function toRoundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((one) => one * power >= rough) ?? 10) * power;
}

/** What decides between runs: what one costs and how good it is. */
export interface Candidate {
  readonly id: string;
  readonly cost: number;
  /** More is better. */
  readonly quality: number;
}

/** Runs than which none is at least as cheap and at least as good, and better in one of the two. */
export function findFrontier(runs: readonly Candidate[]): ReadonlySet<string> {
  const dominates = (one: Candidate, other: Candidate) =>
    one.cost <= other.cost &&
    one.quality >= other.quality &&
    (one.cost < other.cost || one.quality > other.quality);
  return new Set(
    runs.filter((run) => !runs.some((other) => dominates(other, run))).map(({ id }) => id),
  );
}
