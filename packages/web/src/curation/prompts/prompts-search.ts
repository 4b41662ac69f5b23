type Raw = Readonly<Record<string, unknown>>;

/** What the address of the list says. */
export interface PromptsSearch {
  readonly q?: string;
  readonly folder?: string;
  readonly sort?: string;
  readonly view?: 'graph';
}

/** What the address of one prompt says. */
export interface PromptSearch {
  /** Number of the version that is shown; the newest without it. */
  readonly version?: string;
  /** Number of the version it is compared with. */
  readonly against?: string;
  readonly tab?: PromptTab;
}

/** Parts of a prompt's page. */
export type PromptTab = 'prompt' | 'diff' | 'usage' | 'links';

/** What the address of the editor says: which version it starts from. */
export interface NewPromptSearch {
  readonly name?: string;
  readonly version?: string;
  readonly folder?: string;
}

const tabs: ReadonlySet<string> = new Set(['prompt', 'diff', 'usage', 'links']);

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toVersion(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : toText(value);
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? text : undefined;
}

function toKnown<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as T;
}

/** Reads the list's address; what is unknown is dropped. */
export function parsePromptsSearch(raw: Raw): PromptsSearch {
  const sort = toText(raw['sort']);
  return toKnown<PromptsSearch>({
    q: toText(raw['q']),
    folder: toText(raw['folder']),
    sort: sort !== undefined && /^\w+\.(?:asc|desc)$/.test(sort) ? sort : undefined,
    view: raw['view'] === 'graph' ? 'graph' : undefined,
  });
}

/** Reads a prompt's address; what is unknown is dropped. */
export function parsePromptSearch(raw: Raw): PromptSearch {
  const tab = toText(raw['tab']);
  return toKnown<PromptSearch>({
    version: toVersion(raw['version']),
    against: toVersion(raw['against']),
    tab: tab !== undefined && tabs.has(tab) ? (tab as PromptTab) : undefined,
  });
}

/** Reads the editor's address; what is unknown is dropped. */
export function parseNewPromptSearch(raw: Raw): NewPromptSearch {
  return toKnown<NewPromptSearch>({
    name: toText(raw['name']),
    version: toVersion(raw['version']),
    folder: toText(raw['folder']),
  });
}
