/** Whether two forms of a model answer alike. */
import type { Tensor } from '../../tensors/tensor.ts';

/** Largest relative difference that 32-bit numbers explain, with room for sums of many terms. */
const TOLERANCE = 1e-3;

export interface Comparison {
  /** Of all numbers; 0 where there are none. */
  readonly largestDifference: number;
  /** Labels and texts that were compared. */
  readonly equal: number;
  /** Why they are not alike. */
  readonly problem?: string;
}

/** Outputs are matched by name, a lone one with a lone one; those that only one form has do not count. */
export function compareOutputs(before: readonly Tensor[], after: readonly Tensor[]): Comparison {
  let largestDifference = 0;
  let equal = 0;
  let matched = 0;
  for (const one of before) {
    const other =
      after.find(({ name }) => name === one.name) ??
      (before.length === 1 && after.length === 1 ? after[0] : undefined);
    if (other === undefined) continue;
    matched++;
    if (one.data.length !== other.data.length)
      return {
        largestDifference,
        equal,
        problem: `\`${one.name}\` has ${one.data.length} values, then ${other.data.length}`,
      };
    for (let index = 0; index < one.data.length; index++) {
      const [a, b] = [one.data[index], other.data[index]];
      const difference = toDifference(a, b);
      if (difference === undefined) equal++;
      else largestDifference = Math.max(largestDifference, difference.absolute);
      if (difference !== undefined && !(difference.relative <= TOLERANCE))
        return {
          largestDifference,
          equal,
          problem: `\`${one.name}\` of value ${index + 1} is ${String(a)}, then ${String(b)}`,
        };
    }
  }
  return matched === 0
    ? { largestDifference, equal, problem: 'they have no output in common' }
    : { largestDifference, equal };
}

/** Undefined for equal texts, labels and missing values; without bound for unequal ones. */
function toDifference(
  a: unknown,
  b: unknown,
): { readonly absolute: number; readonly relative: number } | undefined {
  const [x, y] = [Number(a), Number(b)];
  const isNumbers =
    typeof a !== 'string' && typeof b !== 'string' && !Number.isNaN(x) && !Number.isNaN(y);
  if (isNumbers) {
    const absolute = Math.abs(x - y);
    return { absolute, relative: absolute / Math.max(1, Math.abs(x)) };
  }
  return String(a) === String(b)
    ? undefined
    : { absolute: Number.POSITIVE_INFINITY, relative: Number.POSITIVE_INFINITY };
}
