/** Times as people write them: ISO 8601, or an age. */
import { predictionFailures } from './errors.ts';

const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Epoch milliseconds of `2026-03-01`, `2026-03-01T12:00:00Z`, or of `7d` before now. AO687. */
export function readSince(text: string, now: number): number {
  const age = /^(\d+)([mhdw])$/.exec(text);
  if (age !== null) return now - Number(age[1]) * (UNITS[age[2] ?? ''] ?? 0);
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw predictionFailures.create('AO687', `"${text}" is neither a time nor an age.`, {
    hint: 'ao worst --since 7d',
  });
}
