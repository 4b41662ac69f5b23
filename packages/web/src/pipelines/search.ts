type Raw = Readonly<Record<string, unknown>>;

/** What the address of the list says. */
export interface PipelinesSearch {
  readonly q?: string;
  readonly sort?: string;
  readonly view?: 'runs' | 'schedules';
  /** Runs in this state only. */
  readonly state?: string;
  /** Runs of this pipeline only. */
  readonly name?: string;
}

/** Parts of a pipeline's page. */
export type PipelineTab = 'graph' | 'file' | 'run' | 'runs' | 'versions';

/** What the address of a pipeline says. */
export interface PipelineSearch {
  readonly tab?: PipelineTab;
  readonly step?: string;
  /** Digest of the version that is shown, and of the one it is compared with. */
  readonly version?: string;
  readonly against?: string;
  /** Run whose values the form begins with. */
  readonly from?: string;
}

/** What the address of a run says. */
export interface RunSearch {
  readonly tab?: 'values';
  readonly step?: string;
}

const tabs: ReadonlySet<string> = new Set(['graph', 'file', 'run', 'runs', 'versions']);

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toKnown<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as T;
}

/** Reads the list's address; what is unknown is dropped. */
export function parsePipelinesSearch(raw: Raw): PipelinesSearch {
  const sort = toText(raw['sort']);
  const view = raw['view'];
  return toKnown<PipelinesSearch>({
    q: toText(raw['q']),
    sort: sort !== undefined && /^\w+\.(?:asc|desc)$/.test(sort) ? sort : undefined,
    view: view === 'runs' || view === 'schedules' ? view : undefined,
    state: toText(raw['state']),
    name: toText(raw['name']),
  });
}

/** Reads a pipeline's address; what is unknown is dropped. */
export function parsePipelineSearch(raw: Raw): PipelineSearch {
  const tab = toText(raw['tab']);
  return toKnown<PipelineSearch>({
    tab: tab !== undefined && tabs.has(tab) ? (tab as PipelineTab) : undefined,
    step: toText(raw['step']),
    version: toText(raw['version']),
    against: toText(raw['against']),
    from: toText(raw['from']),
  });
}

/** Reads a run's address; what is unknown is dropped. */
export function parseRunSearch(raw: Raw): RunSearch {
  return toKnown<RunSearch>({
    tab: raw['tab'] === 'values' ? 'values' : undefined,
    step: toText(raw['step']),
  });
}
