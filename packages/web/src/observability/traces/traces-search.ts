/** What the address of the list says: filter, time range, order, columns, peeked trace. */
export interface TracesSearch {
  readonly q?: string;
  /** A relative range such as `24h`; wins over from and to. */
  readonly range?: string;
  readonly from?: string;
  readonly to?: string;
  readonly sort?: string;
  /** Column keys in order, joined by commas. */
  readonly cols?: string;
  readonly peek?: string;
  readonly group?: 'session' | 'name';
  /** New traces are shown as they come while the list stands at its top. */
  readonly live?: 'on';
}

/** Ranges on offer. */
export const ranges: readonly string[] = ['15m', '1h', '6h', '24h', '7d', '30d'];

/** Order when the address names none. */
export const defaultSort = 'timestamp.desc';

/** Reads the address; unknown and malformed parts are dropped. */
export function parseTracesSearch(raw: Readonly<Record<string, unknown>>): TracesSearch {
  const search: { -readonly [K in keyof TracesSearch]: TracesSearch[K] } = {};
  for (const key of ['q', 'from', 'to', 'sort', 'cols', 'peek'] as const) {
    const value = raw[key];
    if (typeof value === 'string' && value !== '') search[key] = value;
  }
  if (typeof raw['range'] === 'string' && toRangeMs(raw['range']) !== undefined)
    search.range = raw['range'];
  if (raw['live'] === 'on') search.live = 'on';
  if (raw['group'] === 'session' || raw['group'] === 'name') search.group = raw['group'];
  return search;
}

/** Milliseconds of `15m`, `24h`, `7d`; undefined for anything else. */
export function toRangeMs(range: string): number | undefined {
  const match = /^(\d{1,4})([mhd])$/.exec(range);
  if (match === null) return undefined;
  const units: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
  return Number(match[1]) * (units[match[2] ?? ''] ?? 0);
}

/** What the server is asked, fixed in time so that the list stands still while it is read. */
export interface ListScope {
  readonly q?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The scope of an address at a moment. */
export function toListScope(search: TracesSearch, now: number): ListScope {
  const span = search.range === undefined ? undefined : toRangeMs(search.range);
  const from = span === undefined ? search.from : new Date(now - span).toISOString();
  return {
    ...(search.q === undefined ? {} : { q: search.q }),
    ...(from === undefined ? {} : { from }),
    ...(span !== undefined || search.to === undefined ? {} : { to: search.to }),
  };
}

/** A moment cut to its minute, so that a list asked for twice within a minute is the same list. */
export function toMinute(ms: number): number {
  return Math.floor(ms / 60_000) * 60_000;
}
