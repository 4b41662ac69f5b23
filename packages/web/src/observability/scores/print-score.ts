import { absent } from '../../lib/format.ts';

/** A score's number with at most three digits behind the point; a dash where there is none. */
export function printScore(value: number | null | undefined): string {
  if (value === null || value === undefined) return absent;
  return value.toLocaleString('en', { maximumFractionDigits: 3 });
}
