type Raw = Readonly<Record<string, unknown>>;

/** What the address of the list says. */
export interface DeploymentsSearch {
  readonly q?: string;
  readonly sort?: string;
}

/** Parts of a model's page. */
export type DeploymentTab = 'overview' | 'try' | 'predictions' | 'drift' | 'versions' | 'card';

/** The parts in their order on the page. */
export const deploymentTabs: readonly DeploymentTab[] = [
  'overview',
  'try',
  'predictions',
  'drift',
  'versions',
  'card',
];

/** How far back the charts look. */
export type StatSpan = '15m' | '1h' | '24h';

/** The spans in their order on the page. */
export const statSpans: readonly StatSpan[] = ['15m', '1h', '24h'];

/** Predictions that can be shown alone. */
export type PredictionFilter = 'failed' | 'flagged' | 'shadow';

const filters: readonly PredictionFilter[] = ['failed', 'flagged', 'shadow'];

/** What the address of a model says. */
export interface DeploymentSearch {
  readonly tab?: DeploymentTab;
  readonly span?: StatSpan;
  readonly only?: PredictionFilter;
  /** The version that is shown, asked, or compared; which of them the tab says. */
  readonly version?: number;
  /** The version that it is compared with. */
  readonly against?: number;
  /** Request id of the prediction that is shown beside the list. */
  readonly prediction?: string;
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toOne<T extends string>(value: unknown, known: readonly T[]): T | undefined {
  return known.find((one) => one === value);
}

function toVersion(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

function toKnown<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as T;
}

/** Reads the list's address; what is unknown is dropped. */
export function parseDeploymentsSearch(raw: Raw): DeploymentsSearch {
  const sort = toText(raw['sort']);
  return toKnown<DeploymentsSearch>({
    q: toText(raw['q']),
    sort: sort !== undefined && /^\w+\.(?:asc|desc)$/.test(sort) ? sort : undefined,
  });
}

/** Reads a model's address; what is unknown is dropped. */
export function parseDeploymentSearch(raw: Raw): DeploymentSearch {
  return toKnown<DeploymentSearch>({
    tab: toOne(raw['tab'], deploymentTabs),
    span: toOne(raw['span'], statSpans),
    only: toOne(raw['only'], filters),
    version: toVersion(raw['version']),
    against: toVersion(raw['against']),
    prediction: toText(raw['prediction']),
  });
}
