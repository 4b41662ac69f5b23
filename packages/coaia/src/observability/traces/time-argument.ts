/** Times as people type them, made into what the API takes. */
import { isValidTime, parseTime, toIso } from '#base';
import { terminalFailures } from '../terminal/errors.ts';
import { findOffset, isZone } from '../terminal/time-zone.ts';

export interface TimeContext {
  /** Epoch milliseconds that `now` and offsets count from. */
  readonly now: number;
  /** Zone of times that name none: `UTC`, `local`, an IANA name or `+02:00`. Default UTC. */
  readonly zone?: string | undefined;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * Reads one time: TLID (12 or 10 digits), ISO 8601, `now`, `-5m`, epoch milliseconds (13 digits) or `@seconds`.
 * Returns ISO 8601; a text that already is a full one comes back unchanged.
 * Throws COAIA-1060 (exit 2) for anything else, also for impossible dates.
 */
export function parseTimeArgument(text: string, context: TimeContext): string {
  const given = text.trim();
  const zone = context.zone ?? 'UTC';
  if (!isZone(zone)) {
    throw terminalFailures.create(
      'COAIA-1060',
      `The time zone ${JSON.stringify(zone)} is not known.`,
      {
        hint: '--tz Europe/Paris',
      },
    );
  }
  const iso = toFixedTime(given, zone) ?? toMovingTime(given, context.now);
  if (iso !== undefined) return iso;
  throw terminalFailures.create('COAIA-1060', `The time ${JSON.stringify(text)} cannot be read.`, {
    hint: 'coaia explain COAIA-1060',
  });
}

/** TLID of a time: 12 digits yyMMddHHmmss in the zone. */
export function toTlid(time: number, zone = 'UTC'): string {
  const shifted = new Date(time + findOffset(time, zone)).toISOString();
  return shifted.slice(2, 19).replaceAll(/\D/g, '');
}

const TLID = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/;

function toFixedTime(text: string, zone: string): string | undefined {
  const parts = TLID.exec(text);
  if (parts !== null) {
    const [, year, month, day, hour, minute, second = '00'] = parts;
    const wall = parseTime(`20${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    return wall === undefined || !hasDay(wall, day) ? undefined : toShortIso(toUtc(wall, zone));
  }
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  const time = parseTime(text);
  if (time === undefined || !hasDay(parseTime(text.slice(0, 10)), text.slice(8, 10)))
    return undefined;
  if (/T.*(?:Z|[+-]\d\d:?\d\d)$/i.test(text)) return text;
  return toShortIso(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10)) ? time : toUtc(time, zone));
}

/** JavaScript folds 30 February into March; an impossible day is an error here. */
function hasDay(time: number | undefined, day: string | undefined): boolean {
  return time !== undefined && new Date(time).getUTCDate() === Number(day);
}

function toUtc(wall: number, zone: string): number {
  // The offset is that of the result; one correction settles it except inside a clock change.
  const guess = wall - findOffset(wall, zone);
  return wall - findOffset(guess, zone);
}

function toShortIso(time: number): string {
  return toIso(time).replace('.000Z', 'Z');
}

function toMovingTime(text: string, now: number): string | undefined {
  if (/^now$/i.test(text)) return toIso(now);
  if (/^\d{13}$/.test(text)) return toIso(Number(text));
  const epoch = /^@(\d+(?:\.\d+)?)$/.exec(text)?.[1];
  if (epoch !== undefined) return toValidIso(Math.round(Number(epoch) * 1000));
  const offset = /^([+-])((?:\d+(?:\.\d+)?(?:ms|s|m|h|d|w))+)$/i.exec(text);
  if (offset === null) return undefined;
  const [, sign, lengths = ''] = offset;
  const total = [...lengths.toLowerCase().matchAll(/([\d.]+)(ms|[smhdw])/g)].reduce(
    (sum, [, count, unit = 's']) => sum + Number(count) * (UNIT_MS[unit] ?? 0),
    0,
  );
  return toValidIso(Math.round(now + (sign === '-' ? -total : total)));
}

function toValidIso(time: number): string | undefined {
  return isValidTime(time) ? toIso(time) : undefined;
}
