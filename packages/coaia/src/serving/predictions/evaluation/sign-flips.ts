/** A test of paired differences that assumes nothing but symmetry: signs are flipped at random (Fisher 1935). */
import { createSeeded, toMean } from '#curation';

const SEED = 20_260_102;
const MOST_DRAWS = 4_000_000;
const MOST_ROUNDS = 9999;
const LEAST_ROUNDS = 999;

/** Two-sided chance of a mean at least as far from zero, (hits + 1) / (rounds + 1). 1 without differences. */
export function toSignFlipChance(differences: readonly number[]): number {
  const known = differences.filter((one) => one !== 0);
  if (known.length === 0) return 1;
  const rounds = Math.max(
    LEAST_ROUNDS,
    Math.min(MOST_ROUNDS, Math.floor(MOST_DRAWS / known.length)),
  );
  const observed = Math.abs(toMean(known)) - 1e-12 * Math.abs(toMean(known));
  const random = createSeeded(SEED);
  let hits = 0;
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (const one of known) sum += random() < 0.5 ? one : -one;
    if (Math.abs(sum / known.length) >= observed) hits++;
  }
  return (hits + 1) / (rounds + 1);
}
