/** What was counted of a field in a window and in the reference, side by side. */
import { toBinEdges, type FieldSketch } from '../sketches/sketch.ts';

/** A bin, or a level by its name. */
export interface Part {
  readonly part: string;
  readonly live: number;
  readonly reference: number;
}

/** Bins that hold something, in the order of their values; none for what is no number. */
export function toBinCounts(live: FieldSketch, reference: FieldSketch): readonly Part[] {
  const { bins } = live;
  if (bins === undefined) return [];
  const numbers = new Set(
    [...Object.keys(live.histogram), ...Object.keys(reference.histogram)].map(Number),
  );
  return [...numbers]
    .toSorted((left, right) => toBinEdges(bins, left)[0] - toBinEdges(bins, right)[0])
    .map((bin) => ({
      part: String(bin),
      live: live.histogram[bin] ?? 0,
      reference: reference.histogram[bin] ?? 0,
    }));
}

/** Levels of either side; none where more than a sketch counts were met, for then the shares are not known. */
export function toLevelCounts(live: FieldSketch, reference: FieldSketch): readonly Part[] {
  if (live.other + reference.other > 0) return [];
  const names = new Set([...Object.keys(live.levels), ...Object.keys(reference.levels)]);
  return [...names].toSorted().map((part) => ({
    part,
    live: live.levels[part] ?? 0,
    reference: reference.levels[part] ?? 0,
  }));
}

export const sumOf = (parts: readonly Part[], side: 'live' | 'reference') =>
  parts.reduce((sum, part) => sum + part[side], 0);
