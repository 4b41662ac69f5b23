/** When a schedule is due. */
import { hash } from 'node:crypto';
import { Cron } from 'croner';
import { runErrors } from '../errors.ts';
import type { Timing } from './schedule.ts';

const MIN_EVERY_MS = 1000;

export interface TimingRow {
  readonly cron: string | null;
  readonly every_ms: number | null;
  readonly at: number | null;
}

/** Throws COAIA-0909 for what can never be due or cannot be understood. */
export function checkTiming(timing: Timing, timeZone: string, now: number): void {
  checkZone(timeZone);
  if ('cron' in timing) {
    if (toNext(toTimingRow(timing), { timeZone, after: now, anchor: now }) === null)
      throw toBad(`The cron expression "${timing.cron}" is never due.`);
  } else if ('everyMs' in timing) {
    if (!Number.isSafeInteger(timing.everyMs) || timing.everyMs < MIN_EVERY_MS)
      throw toBad('The interval must be at least one second.');
  } else if (!Number.isSafeInteger(timing.at) || timing.at <= now)
    throw toBad('The time of a schedule must lie in the future.');
}

function checkZone(timeZone: string): void {
  try {
    new Date(0).toLocaleString('en', { timeZone });
  } catch {
    throw toBad(`"${timeZone}" is no time zone; a name looks like Europe/Berlin.`);
  }
}

function toBad(message: string) {
  return runErrors.create('COAIA-0909', message, { hint: 'coaia schedule add --help' });
}

export function toTimingRow(timing: Timing): TimingRow {
  return {
    cron: 'cron' in timing ? timing.cron : null,
    every_ms: 'everyMs' in timing ? timing.everyMs : null,
    at: 'at' in timing ? timing.at : null,
  };
}

export function toTiming(row: TimingRow): Timing {
  if (row.cron !== null) return { cron: row.cron };
  if (row.every_ms !== null) return { everyMs: row.every_ms };
  return { at: row.at ?? 0 };
}

export interface Place {
  readonly timeZone: string;
  /** The answer is later than this. */
  readonly after: number;
  /** Intervals are counted from here. */
  readonly anchor: number;
}

/**
 * The next due time, or null. A fixed time in the hour that daylight saving leaves out is due once, right after it;
 * one in the hour that comes twice is due once, the first time (croner's rules, those of vixie cron).
 */
export function toNext(row: TimingRow, { timeZone, after, anchor }: Place): number | null {
  if (row.every_ms !== null)
    return anchor + (Math.floor((after - anchor) / row.every_ms) + 1) * row.every_ms;
  if (row.at !== null) return row.at > after ? row.at : null;
  try {
    const cron = new Cron(row.cron ?? '', { timezone: timeZone, paused: true });
    return cron.nextRun(new Date(after))?.getTime() ?? null;
  } catch {
    throw toBad(`The cron expression "${row.cron}" cannot be understood.`);
  }
}

/** The last due time up to `now`, counted from the due time `from`; what lies between was missed. */
export function toLatest(
  row: TimingRow,
  from: number,
  now: number,
  place: Omit<Place, 'after'>,
): number {
  if (row.every_ms !== null)
    return from + Math.max(0, Math.floor((now - from) / row.every_ms)) * row.every_ms;
  if (row.cron === null) return from;
  const cron = new Cron(row.cron, { timezone: place.timeZone, paused: true });
  const [last] = cron.previousRuns(1, new Date(now + 1));
  return Math.max(from, last?.getTime() ?? from);
}

/** 0 to `jitterMs`, the same for everybody who asks about this due time. */
export function toJitter(id: string, dueAt: number, jitterMs: number): number {
  if (jitterMs <= 0) return 0;
  return Number.parseInt(hash('sha1', `${id}:${dueAt}`, 'hex').slice(0, 8), 16) % (jitterMs + 1);
}
