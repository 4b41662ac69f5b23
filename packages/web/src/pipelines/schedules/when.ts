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

function toCronWords(cron: string): string {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...more] = cron.trim().split(/\s+/);
  if (more.length > 0 || month !== '*') return cron;
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (step !== undefined && [hour, day, weekday].every((field) => field === '*')) {
    return `every ${step} minutes`;
  }
  if (!/^\d+$/.test(minute)) return cron;
  const at = `at ${hour}:${minute.padStart(2, '0')}`;
  if (hour === '*' && day === '*' && weekday === '*') return `every hour, ${minute} min past`;
  if (!/^\d+$/.test(hour)) return cron;
  if (day === '*' && weekday === '*') return `every day ${at}`;
  if (day === '*' && weekday === '1-5') return `on working days ${at}`;
  if (day === '*' && /^[0-7]$/.test(weekday)) return `every ${days[Number(weekday) % 7]} ${at}`;
  if (weekday === '*' && /^\d+$/.test(day)) return `on day ${day} of each month ${at}`;
  return cron;
}
