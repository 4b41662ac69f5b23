/** How long an entry lives, as people write it. */
import { stashErrors } from '../errors.ts';

/** Minutes of an entry whose life nobody says, as in CoAiAPy: 3 days, 20 hours and 35 minutes. */
export const DEFAULT_MINUTES = 5555;

const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** 100 years. */
const MOST_SECONDS = 3_155_760_000;

/** Seconds from `10` (minutes), `90s`, `5m`, `2h`, `3d` or `1w`; null for 0 and less: for ever. COAIA-6156. */
export function parseLife(text: string): number | null {
  const [, number, unit = 'm'] = /^\s*(-?\d+)\s*([smhdw])?\s*$/i.exec(text) ?? [];
  if (number === undefined)
    throw wrong(`${JSON.stringify(text)} is no life of an entry`, 'coaia tash KEY VALUE --ttl 2h');
  const seconds = Number(number) * (SECONDS[unit.toLowerCase()] ?? 60);
  return toLifeSeconds(seconds);
}

/** Seconds as given; null for 0 and less. COAIA-6156 when they are no whole number or too many. */
export function toLifeSeconds(seconds: number): number | null {
  if (!Number.isInteger(seconds))
    throw wrong(`${seconds} is no whole number of seconds`, 'coaia tash KEY VALUE --ttl 90s');
  if (seconds > MOST_SECONDS)
    throw wrong('An entry lives at most 100 years', 'coaia tash KEY VALUE --no-expire');
  return seconds <= 0 ? null : seconds;
}

function wrong(sentence: string, hint: string) {
  return stashErrors.create('COAIA-6156', `${sentence}.`, { hint });
}

/** `3 d 20 h`, `90 s`: the two largest units of a life. */
export function toLifeText(seconds: number | null): string {
  if (seconds === null) return 'ever';
  let left = seconds;
  const parts = Object.entries(SECONDS)
    .toReversed()
    .filter(([unit]) => unit !== 'w')
    .map(([unit, size]) => {
      const count = Math.floor(left / size);
      left -= count * size;
      return [count, unit === 'm' ? 'min' : unit] as const;
    })
    .filter(([count]) => count > 0);
  return parts
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
