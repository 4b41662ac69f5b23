/** One field in one window beside the reference: what is shown of it. */
import { toWilsonInterval } from '#curation';
import type { DriftField, Estimate } from '@coaia/client';
import type { FieldSketch } from '../sketches/sketch.ts';
import { toPositionChange, toShareChange } from './change.ts';
import { toAbsent, toDistance } from './field-tests.ts';
import { toBinCounts, toLevelCounts } from './parts.ts';
import { toCoarse, toIndexes } from './stability-index.ts';

export type FieldComparison = Omit<DriftField, 'isAlert' | 'why' | 'side' | 'p'>;

/** The numbers of a field; `testField` has the tests. */
export function compareField(
  name: string,
  live: FieldSketch,
  reference: FieldSketch,
): FieldComparison {
  const absent = toAbsent(live);
  return {
    name,
    ...compareValues(live, reference),
    count: live.count,
    referenceCount: reference.count,
    missing: toShareEstimate(absent, live.count),
    referenceMissing: reference.count === 0 ? null : toAbsent(reference) / reference.count,
    outside: toShareEstimate(live.extrapolated + live.unseen, live.count - absent),
  };
}

type Values = Pick<FieldComparison, 'kind' | 'psi' | 'psiWithoutDrift' | 'distance' | 'change'>;

function compareValues(live: FieldSketch, reference: FieldSketch): Values {
  if (live.bins !== undefined) {
    const parts = toBinCounts(live, reference);
    return {
      kind: 'number',
      distance: toDistance(parts),
      change: toPositionChange(parts),
      ...toIndexes(toCoarse(parts)),
    };
  }
  const parts = toLevelCounts(live, reference);
  if (parts.length === 0)
    return { kind: 'counted', psi: null, psiWithoutDrift: null, distance: null, change: null };
  const change = toShareChange(parts);
  const distance = change === null ? null : Math.abs(change.value);
  return { kind: 'category', distance, change, ...toIndexes(parts) };
}

function toShareEstimate(hits: number, n: number): Estimate | null {
  if (n === 0) return null;
  const interval = toWilsonInterval(hits, n);
  return { value: hits / n, low: interval?.low ?? null, high: interval?.high ?? null, count: n };
}
