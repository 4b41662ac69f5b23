/** Values of the filter grammar: numbers with units, amounts, times, yes and no. */
import { parseTime } from '#base';

const DURATION = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d|w)?$/i;
const MS_PER_UNIT: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const COUNT = /^(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)([kKmMbB])?$/;
const COUNT_FACTORS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

/** An instant as it was written: `end` is the first millisecond after it (a date covers its day). */
export interface TimeValue {
  readonly start: number;
  readonly end: number;
}

/** Milliseconds of `1.5s`, `200ms`, `2m`, `1h`; a bare number is seconds. Undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit = 's'] = DURATION.exec(text) ?? [];
  const factor = MS_PER_UNIT[unit.toLowerCase()];
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

/** A number with an optional k, M or B: `1.5k` is 1500. */
export function parseCount(text: string): number | undefined {
  const [, digits, unit] = COUNT.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const value =
    Number(digits) * (unit === undefined ? 1 : (COUNT_FACTORS[unit.toLowerCase()] ?? 1));
  return Number.isFinite(value) ? value : undefined;
}

/** USD, with or without a dollar sign on either side: `$0.02`, `2$`, `1k`. */
export function parseMoney(text: string): number | undefined {
  return parseCount(text.replace(/^(-?)\$/, '$1').replace(/\$$/, ''));
}

/** An ISO date or date-time, epoch milliseconds, or an age such as `2h` counted back from now. */
export function parseInstant(text: string, now: number): TimeValue | undefined {
  if (/^\d{12,14}$/.test(text)) return { start: Number(text), end: Number(text) + 1 };
  const age = /[a-z]$/i.test(text) && !/z$/i.test(text) ? parseDuration(text) : undefined;
  if (age !== undefined) return { start: now - age, end: now - age };
  if (text === 'now') return { start: now, end: now };
  if (text === 'today') {
    const start = now - (now % 86_400_000);
    return { start, end: start + 86_400_000 };
  }
  const start = parseTime(text);
  return start === undefined ? undefined : { start, end: start + precision(text) };
}

function precision(text: string): number {
  if (text.length <= 10) return 86_400_000;
  if (/[.]\d/.test(text)) return 1;
  return /\d{2}:\d{2}:\d{2}/.test(text) ? 1000 : 60_000;
}

/** true, yes, 1 and false, no, 0. */
export function parseFlag(text: string): boolean | undefined {
  if (/^(?:true|yes|1)$/i.test(text)) return true;
  return /^(?:false|no|0)$/i.test(text) ? false : undefined;
}
