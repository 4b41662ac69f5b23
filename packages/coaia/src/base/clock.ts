/** Time as the inside of the program knows it: epoch milliseconds, UTC. */

export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** Year 0001 to year 9999: what ISO 8601 with four digits can say and every client can read. */
const MIN_TIME = -62_135_596_800_000;
const MAX_TIME = 253_402_300_799_999;

/** Epoch milliseconds as ISO 8601 UTC with milliseconds, the only form on the wire. */
export function toIso(time: number): string {
  return new Date(time).toISOString();
}

const ISO_FORM =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Parses an ISO 8601 date or date-time (a missing offset means UTC).
 * Returns undefined when the text is no date, names an impossible one, or lies outside years 1-9999.
 */
export function parseTime(text: string): number | undefined {
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
