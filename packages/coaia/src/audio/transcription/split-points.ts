/** Where a long recording is cut. */
import type { Silence } from '../ffmpeg.ts';

export interface Part {
  /** Seconds from the beginning. */
  readonly from: number;
  readonly length: number;
}

/** Parts of at most `longest` seconds, cut in the middle of the latest silence of each part's second half. */
export function findParts(
  duration: number,
  longest: number,
  silences: readonly Silence[],
): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  while (duration - from > longest) {
    const at = findCut(from, from + longest, silences);
    parts.push({ from, length: at - from });
    from = at;
  }
  return [...parts, { from, length: duration - from }];
}

/** Without a silence exactly at the end. */
function findCut(from: number, to: number, silences: readonly Silence[]): number {
  const middles = silences
    .map(({ start, end }) => (start + end) / 2)
    .filter((middle) => middle > (from + to) / 2 && middle <= to);
  return middles.at(-1) ?? to;
}
