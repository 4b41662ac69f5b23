/** Which part of what matches is evaluated. */
import { hash } from 'node:crypto';

/**
 * True for a fraction `sampling` of all ids, always the same ones: the first 32 bits of the id's SHA-256, read as
 * a fraction of 2^32, lie below `sampling`. So a smaller sample is part of a larger one, two rules with the same
 * fraction look at the same subjects, and whether something was in the sample can be told afterwards.
 */
export function isSampled(id: string, sampling: number): boolean {
  return Number.parseInt(hash('sha256', id, 'hex').slice(0, 8), 16) / 2 ** 32 < sampling;
}
