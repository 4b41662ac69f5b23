/** Where one is inside a trace; all of it stands in the address. */
export interface TracePlace {
  readonly span?: string;
  readonly tab?: DetailTab;
  readonly view?: 'log';
  /** `from-to` in milliseconds. */
  readonly zoom?: string;
  readonly find?: string;
}

/** Tabs of the detail, in the order of keys 1 to 5. */
export const detailTabs = ['messages', 'json', 'metadata', 'usage', 'scores'] as const;

/** One of the tabs. */
export type DetailTab = (typeof detailTabs)[number];

/** Reads the address; what is unknown is dropped. */
export function parseTraceSearch(raw: Readonly<Record<string, unknown>>): TracePlace {
  const place: { -readonly [K in keyof TracePlace]: TracePlace[K] } = {};
  for (const key of ['span', 'zoom', 'find'] as const) {
    const value = raw[key];
    if (typeof value === 'string' && value !== '') place[key] = value;
  }
  const tab = detailTabs.find((one) => one === raw['tab']);
  if (tab !== undefined && tab !== 'messages') place.tab = tab;
  if (raw['view'] === 'log') place.view = 'log';
  return place;
}
