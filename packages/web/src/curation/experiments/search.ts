import type { CompareMode } from '@coaia/client';

type Raw = Readonly<Record<string, unknown>>;

/** What the address of the list says. */
export interface ExperimentsSearch {
  readonly dataset?: string;
}

/** What the address of a comparison says. */
export interface CompareSearch {
  readonly baseline?: string;
  /** Comma list of run ids. */
  readonly candidates?: string;
  readonly score?: string;
  readonly mode?: CompareMode;
  readonly slice?: string;
  /** Comma list of scores of which less is better. */
  readonly lower?: string;
  readonly page?: string;
  readonly tab?: 'plots';
  /** Run of the scatter plot. */
  readonly run?: string;
  /** Item whose traces stand side by side. */
  readonly item?: string;
}

const modes: readonly CompareMode[] = ['all', 'regressions', 'improvements', 'different', 'errors'];

function toText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function toKnown<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as T;
}

/** Reads the list's address; what is unknown is dropped. */
export function parseExperimentsSearch(raw: Raw): ExperimentsSearch {
  return toKnown<ExperimentsSearch>({ dataset: toText(raw['dataset']) });
}

/** Reads a comparison's address; what is unknown is dropped. */
export function parseCompareSearch(raw: Raw): CompareSearch {
  const page = toText(raw['page']);
  return toKnown<CompareSearch>({
    baseline: toText(raw['baseline']),
    candidates: toText(raw['candidates']),
    score: toText(raw['score']),
    mode: modes.find((mode) => mode === raw['mode'] && mode !== 'all'),
    slice: toText(raw['slice']),
    lower: toText(raw['lower']),
    page: page !== undefined && /^[1-9]\d{0,5}$/.test(page) ? page : undefined,
    tab: raw['tab'] === 'plots' ? 'plots' : undefined,
    run: toText(raw['run']),
    item: toText(raw['item']),
  });
}

/** Members of a comma list. */
export function toList(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').filter((one) => one !== '');
}
