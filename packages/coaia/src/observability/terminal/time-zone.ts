/** Offsets of time zones, by the runtime's own tables. */

const FIXED = /^([+-])(\d\d):?(\d\d)$/;

/** True for `UTC`, `local`, `+02:00` and IANA names this runtime knows. */
export function isZone(zone: string): boolean {
  if (/^(?:utc|z|local)$/i.test(zone) || FIXED.test(zone)) return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Milliseconds that the zone's clocks are ahead of UTC at that instant. */
export function findOffset(time: number, zone: string): number {
  if (/^(?:utc|z)$/i.test(zone)) return 0;
  if (/^local$/i.test(zone)) return -new Date(time).getTimezoneOffset() * 60_000;
  const fixed = FIXED.exec(zone);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
    return (fixed[1] === '-' ? -minutes : minutes) * 60_000;
  }
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(time);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    read('year'),
    read('month') - 1,
    read('day'),
    read('hour'),
    read('minute'),
    read('second'),
  );
  return wall - Math.floor(time / 1000) * 1000;
}
