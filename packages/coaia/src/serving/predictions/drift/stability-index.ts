/** The population stability index with its interval. */
import { createSeeded } from '#curation';
import type { Estimate } from '@coaia/client';
import { sumOf, type Part } from './parts.ts';

/** Parts that the index is computed over; ten is what Siddiqi (2006) and most who use it take. */
const INDEX_PARTS = 10;
const RESAMPLES = 500;
const SEED = 20_260_101;

/** The index, and what it is on average without drift (Yurdakul and Naranjo 2020); null where one side is empty. */
export function toIndexes(parts: readonly Part[]): {
  readonly psi: Estimate | null;
  readonly psiWithoutDrift: number | null;
} {
  const [n, m] = [sumOf(parts, 'live'), sumOf(parts, 'reference')];
  if (n === 0 || m === 0) return { psi: null, psiWithoutDrift: null };
  return {
    psi: toIndexEstimate(parts, [n, m]),
    psiWithoutDrift: (parts.length - 1) * (1 / n + 1 / m),
  };
}

/** Neighbouring bins together, each with about a tenth of the reference. */
export function toCoarse(parts: readonly Part[]): readonly Part[] {
  const each = sumOf(parts, 'reference') / INDEX_PARTS;
  const coarse: { part: string; live: number; reference: number }[] = [];
  let isFull = true;
  for (const { part, live, reference } of parts) {
    const last = coarse.at(-1);
    if (last === undefined || isFull) coarse.push({ part, live, reference });
    else {
      last.live += live;
      last.reference += reference;
    }
    isFull = (coarse.at(-1)?.reference ?? 0) >= each;
  }
  return coarse;
}

/** Σ (p - q) ln(p / q), half a count added to every part so that none is empty. */
export function toIndex(parts: readonly Part[]): number {
  const n = sumOf(parts, 'live') + parts.length / 2;
  const m = sumOf(parts, 'reference') + parts.length / 2;
  return parts.reduce((sum, { live, reference }) => {
    const [p, q] = [(live + 0.5) / n, (reference + 0.5) / m];
    return sum + (p - q) * Math.log(p / q);
  }, 0);
}

/** The index with the interval of a parametric bootstrap: counts drawn again from the observed shares. */
function toIndexEstimate(parts: readonly Part[], [n, m]: readonly [number, number]): Estimate {
  const value = toIndex(parts);
  const random = createSeeded(SEED);
  // Box and Muller (1958).
  const z = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  // A count of a part is drawn from the normal distribution with the variance of its share: many counts, few draws.
  const draw = (count: number, total: number) =>
    Math.max(0, count + z() * Math.sqrt((count + 0.5) * Math.max(0, 1 - count / total)));
  const values = Array.from({ length: RESAMPLES }, () =>
    toIndex(
      parts.map(({ part, live, reference }) => ({
        part,
        live: draw(live, n),
        reference: draw(reference, m),
      })),
    ),
  ).toSorted((left, right) => left - right);
  const at = (share: number) => values[Math.round(share * (RESAMPLES - 1))] ?? value;
  // Drawing again adds as much on average as drawing once did; the interval is moved back by it (basic bootstrap).
  const [low, high] = [Math.max(0, 2 * value - at(0.975)), Math.max(0, 2 * value - at(0.025))];
  return { value, low, high: Math.max(high, value), count: n };
}
