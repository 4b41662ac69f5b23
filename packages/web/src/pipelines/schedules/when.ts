import type { Schedule } from '@coaia/client';

/** The three ways a schedule says when. */
export type ScheduleKind = 'cron' | 'every' | 'at';

/** Which of the three a schedule uses. */
export function toKind({ cron, every }: Pick<Schedule, 'cron' | 'every'>): ScheduleKind {
  if (cron !== null) return 'cron';
  return every === null ? 'at' : 'every';
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/**
 * When a schedule fires, in words: `every day at 6:00`, `on working days at 6:00`, `every 15m`. A cron expression
 * that has no short sentence stands as it is.
 */
export function toWhen(schedule: Pick<Schedule, 'cron' | 'every' | 'at'>): string {
  if (schedule.every !== null) return `every ${schedule.every}`;
  if (schedule.cron !== null) return toCronWords(schedule.cron);
  return schedule.at === null ? '' : `once, ${schedule.at.slice(0, 16).replace('T', ' ')}`;
}

// From the most to the least particular; each tells its sentence or does not fit.
const sentences: readonly (readonly [RegExp, (...fields: readonly string[]) => string])[] = [
  [/^\*\/(\d+) \* \* \* \*$/, (step) => `every ${step} minutes`],
  [/^(\d+) \* \* \* \*$/, (minute) => `every hour, ${minute} min past`],
  [/^(\d+) (\d+) \* \* \*$/, (minute, hour) => `every day ${toClock(hour, minute)}`],
  [/^(\d+) (\d+) \* \* 1-5$/, (minute, hour) => `on working days ${toClock(hour, minute)}`],
  [
    /^(\d+) (\d+) \* \* ([0-7])$/,
    (minute, hour, day) => `every ${days[Number(day) % 7]} ${toClock(hour, minute)}`,
  ],
  [
    /^(\d+) (\d+) (\d+) \* \*$/,
    (minute, hour, day) => `on day ${day} of each month ${toClock(hour, minute)}`,
  ],
];

function toClock(hour = '', minute = ''): string {
  return `at ${hour}:${minute.padStart(2, '0')}`;
}

function toCronWords(cron: string): string {
  const text = cron.trim().replaceAll(/\s+/g, ' ');
  for (const [pattern, toSentence] of sentences) {
    const found = pattern.exec(text);
    if (found !== null) return toSentence(...found.slice(1));
  }
  return cron;
}
