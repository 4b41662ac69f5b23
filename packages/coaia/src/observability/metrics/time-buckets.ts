/** Buckets of the time dimension. All are UTC; weeks begin on Monday. */
import type { Dialect } from '#store';

export const GRANULARITIES = ['auto', 'minute', 'hour', 'day', 'week', 'month'] as const;
export type Granularity = (typeof GRANULARITIES)[number];
export type Step = Exclude<Granularity, 'auto'>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WIDTHS = { minute: 60_000, hour: HOUR, day: DAY, week: 7 * DAY } as const;
/** The epoch is a Thursday; the first Monday after it begins here. */
const MONDAY = 4 * DAY;

/** The step of `auto` by the length of the range; the limits are those of Langfuse. */
export function toStep(granularity: Granularity, from: number, to: number): Step {
  if (granularity !== 'auto') return granularity;
  const hours = (to - from) / HOUR;
  if (hours < 2) return 'minute';
  if (hours < 72) return 'hour';
  if (hours < 60 * 24) return 'day';
  return hours < 365 * 24 ? 'week' : 'month';
}

/** SQL of the start of the bucket that a time lies in. */
export function toBucketSql(dialect: Dialect, time: string, step: Step): string {
  if (step === 'month') return dialect.month(time);
  if (step === 'week') return `(${dialect.bucket(`${time} - ${MONDAY}`, WIDTHS.week)} + ${MONDAY})`;
  return dialect.bucket(time, WIDTHS[step]);
}

/** Starts of the buckets that touch the range, the upper bound excluded, at most `limit` of them. */
export function listBuckets(
  from: number,
  to: number,
  step: Step,
  limit: number,
): readonly number[] {
  const starts: number[] = [];
  for (let at = toStart(from, step); at < to && starts.length < limit; at = toNext(at, step)) {
    starts.push(at);
  }
  return starts;
}

function toStart(time: number, step: Step): number {
  if (step === 'month') {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  }
  const offset = step === 'week' ? MONDAY : 0;
  return Math.floor((time - offset) / WIDTHS[step]) * WIDTHS[step] + offset;
}

function toNext(start: number, step: Step): number {
  if (step !== 'month') return start + WIDTHS[step];
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
