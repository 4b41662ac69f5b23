/** Lengths of time as templates write them. */
import type { Duration } from './template.ts';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of `30`, `"30"` (seconds), `250ms`, `30s`, `5m`, `2h`, `1d`; undefined for anything else. */
export function toMilliseconds(duration: Duration): number | undefined {
  if (typeof duration === 'number')
    return Number.isFinite(duration) && duration >= 0 ? duration * 1000 : undefined;
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?\s*$/.exec(duration);
  if (match === null) return undefined;
  return Number(match[1]) * (UNITS[match[2] ?? 's'] ?? 1000);
}
