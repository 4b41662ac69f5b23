import { toRangeMs } from '../traces/traces-search.ts';

/** What the address of a dashboard says. */
export interface DashboardSearch {
  readonly range?: string;
  readonly from?: string;
  readonly to?: string;
  /** The layout is being edited. */
  readonly edit?: 'on';
  /** Widget in the form; `new` for one that is made. */
  readonly widget?: string;
}

/** Reads the address; what is unknown is dropped. */
export function parseDashboardSearch(raw: Readonly<Record<string, unknown>>): DashboardSearch {
  const search: { -readonly [K in keyof DashboardSearch]: DashboardSearch[K] } = {};
  for (const key of ['from', 'to', 'widget'] as const) {
    const value = raw[key];
    if (typeof value === 'string' && value !== '') search[key] = value;
  }
  if (typeof raw['range'] === 'string' && toRangeMs(raw['range']) !== undefined)
    search.range = raw['range'];
  if (raw['edit'] === 'on') search.edit = 'on';
  return search;
}
