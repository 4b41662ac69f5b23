import { createStore, useStore } from './external-store.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `now`, `42 s ago`, `5 min ago`, `3 h ago`, `2 d ago`, then the date. */
export function toRelative(iso: string, now: number): string {
  const age = now - Date.parse(iso);
  if (Number.isNaN(age)) return iso;
  if (age < -minute) return toDate(iso, now);
  if (age < 10_000) return 'now';
  if (age < minute) return `${Math.floor(age / 1000)} s ago`;
  if (age < hour) return `${Math.floor(age / minute)} min ago`;
  if (age < day) return `${Math.floor(age / hour)} h ago`;
  if (age < 14 * day) return `${Math.floor(age / day)} d ago`;
  return toDate(iso, now);
}

/** `now`, `in 42 s`, `in 5 min`, `in 3 h`, `in 2 d`, then the date. */
export function toUntil(iso: string, now: number): string {
  const left = Date.parse(iso) - now;
  if (Number.isNaN(left)) return iso;
  if (left <= 0) return 'now';
  if (left < minute) return `in ${Math.ceil(left / 1000)} s`;
  if (left < hour) return `in ${Math.round(left / minute)} min`;
  if (left < day) return `in ${Math.round(left / hour)} h`;
  if (left < 14 * day) return `in ${Math.round(left / day)} d`;
  return toDate(iso, now);
}

function toDate(iso: string, now: number): string {
  const date = new Date(iso);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** `2026-11-20 14:03:22.184 +01:00` in the user's zone, or with `Z` in UTC. */
export function toAbsolute(iso: string, utc: boolean): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  if (utc) return date.toISOString().replace('T', ' ');
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * minute)
    .toISOString()
    .slice(0, -1)
    .replace('T', ' ');
  const sign = offset < 0 ? '-' : '+';
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
  return `${local} ${sign}${hours}:${minutes}`;
}

/** A point on a chart's axis, as short as the interval between points allows. */
export function toAxisTime(ms: number, spanMs: number, utc: boolean): string {
  const zone = utc ? { timeZone: 'UTC' } : {};
  const date = new Date(ms);
  const short = { day: 'numeric', month: 'short', ...zone } as const;
  if (spanMs > 8 * day) return date.toLocaleDateString('en-GB', short);
  const clock = { hour: '2-digit', minute: '2-digit', hour12: false, ...zone } as const;
  if (spanMs > 20 * hour) {
    return `${date.toLocaleDateString('en-GB', short)} ${date.toLocaleTimeString('en-GB', clock)}`;
  }
  if (spanMs > 20 * minute) return date.toLocaleTimeString('en-GB', clock);
  return date.toLocaleTimeString('en-GB', { ...clock, second: '2-digit' });
}

const clock = createStore(typeof window === 'undefined' ? 0 : Date.now());
if (typeof window !== 'undefined') {
  // Relative times are told anew twice a minute, all in one pass.
  setInterval(() => {
    if (document.visibilityState === 'visible') clock.write(Date.now());
  }, 30_000);
}

/** The time for relative labels, told anew twice a minute. */
export function useNow(): number {
  return useStore(clock);
}

/** Sets the clock of relative labels on now, after fresh data came. */
export function updateNow(): void {
  clock.write(Date.now());
}
