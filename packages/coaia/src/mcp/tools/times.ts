/** Times as agents write them. */
import { parseTime, systemClock, toIso } from '#base';
import { mcpErrors } from '../errors.ts';

const TLID = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/;

/** ISO 8601, or TLID (yyMMddHHmm with or without seconds, UTC); undefined stays. Throws COAIA-0800. */
export function toTime(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [, year, month, day, hour, minute, second = '00'] = TLID.exec(text) ?? [];
  const iso =
    year === undefined ? text : `20${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = parseTime(iso);
  if (time !== undefined) return toIso(time);
  throw mcpErrors.create(
    'COAIA-0800',
    `"${text}" is no time; write ISO 8601 (2026-03-01T10:00:00Z) or TLID (yyMMddHHmmss).`,
  );
}

/** The time, or now. */
export function toTimeOrNow(text: string | undefined): string {
  return toTime(text) ?? toIso(systemClock());
}
