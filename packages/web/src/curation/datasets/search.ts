type Raw = Readonly<Record<string, unknown>>;

/** What the address of the list says. */
export interface DatasetsSearch {
  readonly q?: string;
  readonly folder?: string;
  readonly sort?: string;
  readonly dialog?: 'create';
}

/** Parts of a dataset's page. */
export type DatasetTab = 'items' | 'runs' | 'versions' | 'schema';

/** Dialogs of a dataset's page. */
export type DatasetDialog = 'add' | 'import' | 'traces' | 'delete';

/** What the address of one dataset says. */
export interface DatasetSearch {
  readonly tab?: DatasetTab;
  /** ISO 8601: the items as they were then. */
  readonly version?: string;
  readonly archived?: '1';
  readonly sort?: string;
  readonly dialog?: DatasetDialog;
  /** Moments that are compared in the versions. */
  readonly from?: string;
  readonly to?: string;
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toOneOf<T extends string>(value: unknown, known: readonly T[]): T | undefined {
  return known.find((one) => one === value);
}

function toTime(value: unknown): string | undefined {
  const text = toText(value);
  return text !== undefined && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

function toSort(value: unknown): string | undefined {
  const text = toText(value);
  return text !== undefined && /^\w+\.(?:asc|desc)$/.test(text) ? text : undefined;
}

function toKnown<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as T;
}

/** Reads the list's address; what is unknown is dropped. */
export function parseDatasetsSearch(raw: Raw): DatasetsSearch {
  return toKnown<DatasetsSearch>({
    q: toText(raw['q']),
    folder: toText(raw['folder']),
    sort: toSort(raw['sort']),
    dialog: toOneOf(raw['dialog'], ['create']),
  });
}

/** Reads a dataset's address; what is unknown is dropped. */
export function parseDatasetSearch(raw: Raw): DatasetSearch {
  return toKnown<DatasetSearch>({
    tab: toOneOf(raw['tab'], ['items', 'runs', 'versions', 'schema']),
    version: toTime(raw['version']),
    archived: toOneOf(raw['archived'], ['1']),
    sort: toSort(raw['sort']),
    dialog: toOneOf(raw['dialog'], ['add', 'import', 'traces', 'delete']),
    from: toTime(raw['from']),
    to: toTime(raw['to']),
  });
}
