/**
 * McNemar's test in its exact form: of the pairs that differ, how likely is a split as uneven as this when either
 * side were equally likely. p = min(1, 2 · P(X ≤ min(b, c))), X binomial of b + c with one half (McNemar 1947); the
 * mid-p form counts the observed split by half (Lancaster 1961; Fagerland, Lydersen and Laake 2013).
 */
import type { McnemarResult } from '@coaia/client';

/** Fewer pairs that differ cannot give p < 0.05: 2 · 0.5⁵ = 0.0625. */
export const MIN_DISCORDANT = 6;

/** Pairs of [baseline, candidate]; true is yes. */
export function toMcnemar(pairs: Iterable<readonly [boolean, boolean]>): McnemarResult {
  let onlyBaseline = 0;
  let onlyCandidate = 0;
  for (const [baseline, candidate] of pairs) {
    if (baseline && !candidate) onlyBaseline++;
    if (candidate && !baseline) onlyCandidate++;
  }
  const { p, midP } = toPs(onlyBaseline, onlyCandidate);
  return { onlyBaseline, onlyCandidate, p, midP };
}

function toPs(left: number, right: number): { readonly p: number; readonly midP: number } {
  const total = left + right;
  const least = Math.min(left, right);
  if (total === 0) return { p: 1, midP: 1 };
  // In logarithms where 2^total does not fit a number.
  const isLarge = total > 1000;
  let choose = isLarge ? 0 : 1;
  let below = 0;
  let last = 0;
  for (let k = 0; k <= least; k++) {
    const ratio = k === 0 ? 1 : (total - k + 1) / k;
    choose = isLarge ? choose + Math.log(ratio) : choose * ratio;
    last = isLarge ? Math.exp(choose - total * Math.LN2) : choose * 0.5 ** total;
    below += last;
  }
  return { p: Math.min(1, 2 * below), midP: Math.min(1, 2 * below - last) };
}
