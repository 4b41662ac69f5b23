/** Durations by bins of an eighth of an octave: a quantile is right to 4.5 %, and bins add up. */

/** 2^-10 ms, about a microsecond. */
const LOWEST = -80;
/** 2^22 ms, more than an hour. */
const HIGHEST = 176;

export type LatencyHistogram = Record<string, number>;

/** Bin of a duration in milliseconds. */
export function toLatencyBin(ms: number): number {
  if (!(ms > 0)) return LOWEST;
  return Math.max(LOWEST, Math.min(HIGHEST, Math.floor(Math.log2(ms) * 8)));
}

/** The duration in milliseconds below which this share lies; null without any. The middle (geometric) of its bin. */
export function toLatencyQuantile(histogram: LatencyHistogram, share: number): number | null {
  const bins = Object.entries(histogram)
    .map(([bin, count]) => [Number(bin), count] as const)
    .toSorted(([left], [right]) => left - right);
  const total = bins.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  let left = share * total;
  for (const [bin, count] of bins) {
    left -= count;
    if (left <= 0) return 2 ** ((bin + 0.5) / 8);
  }
  return 2 ** (((bins.at(-1)?.[0] ?? 0) + 0.5) / 8);
}

/** Adds `from` to `into`. */
export function mergeLatency(into: LatencyHistogram, from: LatencyHistogram): void {
  for (const [bin, count] of Object.entries(from)) into[bin] = (into[bin] ?? 0) + count;
}
