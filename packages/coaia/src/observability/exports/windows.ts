/** Windows of time: how far an export may go, and where each window ends. Times are epoch milliseconds. */
import type { Frequency } from './export.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Records that arrive this late are still exported with their window. As Langfuse has it. */
export const LAG_MS = 20 * MINUTE;

const STEPS: Readonly<Record<Frequency, number>> = {
  every_20_minutes: 20 * MINUTE,
  hourly: 60 * MINUTE,
  daily: DAY,
  weekly: 7 * DAY,
};

/** Weeks begin on Monday; the epoch was a Thursday. */
const WEEK_OFFSET = 4 * DAY;

/** The last boundary at or before a time; boundaries are those of UTC. */
export function toBoundary(time: number, frequency: Frequency): number {
  const step = STEPS[frequency];
  const offset = frequency === 'weekly' ? WEEK_OFFSET : 0;
  return Math.floor((time - offset) / step) * step + offset;
}

/** The first boundary after a time. */
export function toNextBoundary(time: number, frequency: Frequency): number {
  return toBoundary(time, frequency) + STEPS[frequency];
}

/** Midnight of the day, UTC. */
export function toDayStart(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

/** The newest boundary whose window is complete. */
export function toHorizon(now: number, frequency: Frequency): number {
  return toBoundary(now - LAG_MS, frequency);
}
