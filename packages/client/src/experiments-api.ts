/** Runs side by side: what crosses the wire, and the calls. A Coaia server answers them; others do not. */
import type { CallOptions, CoaiaClient } from './client.ts';
import type { CursorPaged, JsonValue } from './wire.ts';

/** How the values of a score are read. `pass` is yes or no; `label` values have no order and no mean. */
export type MeasureKind = 'number' | 'pass' | 'label';

/** An interval with a stated chance of holding the true value, 0.95 here. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What one run's values add up to. The mean is null without values and for labels. */
export interface MeasureSummary {
  readonly name: string;
  readonly kind: MeasureKind;
  /** Items with a value. */
  readonly n: number;
  /** Items without one. */
  readonly missing: number;
  readonly mean: number | null;
  /** Of the mean: Student's t, for `pass` Wilson's; null below two values. */
  readonly interval: Interval | null;
  /** Only for labels: how often each was given. */
  readonly labels?: Readonly<Record<string, number>>;
}

/** A run with its sums. Costs are in USD, latencies in milliseconds. */
export interface ExperimentLine {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly startTime: string;
  readonly endTime: string;
  readonly datasetId: string | null;
  readonly datasetName: string | null;
  readonly metadata: JsonValue;
  readonly items: number;
  /** Items whose trace has an error. */
  readonly errors: number;
  readonly scores: readonly MeasureSummary[];
  readonly cost: MeasureSummary;
  readonly totalCost: number | null;
  readonly latency: MeasureSummary;
  /** Prompts that its traces used. */
  readonly prompts: readonly { readonly name: string; readonly version: number | null }[];
}

export type ExperimentLines = CursorPaged<ExperimentLine>;

/** `higher` and `lower` are said only with enough pairs; nothing is said of missing ones. */
export type Verdict = 'higher' | 'lower' | 'no difference shown' | 'too few pairs';

/** McNemar's exact test over pairs of yes and no. */
export interface McnemarResult {
  /** Yes in the baseline, no in the candidate. */
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  /** Two-sided exact binomial p. */
  readonly p: number;
  /** The mid-p form, less conservative; for information. */
  readonly midP: number;
}

/** A candidate's values against the baseline's, item by item. */
export interface MeasureDelta {
  readonly runId: string;
  /** Items with a value in both runs. */
  readonly pairs: number;
  readonly missing: readonly string[];
  readonly missingCount: number;
  /** Candidate minus baseline; null without pairs and for labels. */
  readonly meanDifference: number | null;
  readonly interval: Interval | null;
  /** How the interval was made: resamples that were drawn. */
  readonly resamples: number | null;
  readonly mcnemar: McnemarResult | null;
  readonly verdict: Verdict;
}

export interface ComparedMeasure {
  readonly name: string;
  readonly kind: MeasureKind;
  /** One per run, the baseline first. */
  readonly runs: readonly MeasureSummary[];
  /** One per candidate. */
  readonly deltas: readonly MeasureDelta[];
}

/** What one run did with one item. */
export interface ComparedCell {
  readonly traceId: string;
  readonly observationId: string | null;
  /** Cut to the asked preview when it is a long text or object; `outputCut` says so. */
  readonly output: JsonValue;
  readonly outputCut: boolean;
  readonly isError: boolean;
  readonly statusMessage: string | null;
  /** USD; null when unknown. */
  readonly cost: number | null;
  /** Milliseconds; null when unknown. */
  readonly latency: number | null;
  readonly scores: Readonly<Record<string, number | string>>;
  /** Candidate minus baseline, for what both have. Absent in the baseline's own cell. */
  readonly deltas?: Readonly<Record<string, number>>;
  /** Further answers to the same item in this run; numbers are means over all. */
  readonly repetitions: number;
}

export interface ComparedRow {
  readonly itemId: string;
  readonly input: JsonValue;
  readonly expectedOutput: JsonValue;
  readonly metadata: JsonValue;
  /** By run id; a run that has no answer to the item is absent. */
  readonly cells: Readonly<Record<string, ComparedCell>>;
}

export type CompareMode = 'all' | 'regressions' | 'improvements' | 'different' | 'errors';

export interface ExperimentComparison {
  readonly runs: readonly ExperimentLine[];
  readonly method: {
    readonly confidence: number;
    readonly interval: string;
    readonly test: string;
    readonly seed: number;
    readonly minPairs: number;
    readonly minDiscordant: number;
  };
  readonly scores: readonly ComparedMeasure[];
  readonly cost: ComparedMeasure;
  readonly latency: ComparedMeasure;
  /** Metadata keys of items with few values, to slice by. */
  readonly slices: readonly {
    readonly key: string;
    readonly values: readonly { readonly value: string; readonly count: number }[];
  }[];
  /** Values of the chosen score per item, for a plot; in the order of `runs`, null where missing. */
  readonly points: readonly {
    readonly itemId: string;
    readonly values: readonly (number | null)[];
  }[];
  readonly rows: readonly ComparedRow[];
  readonly meta: {
    readonly totalItems: number;
    /** Items of the chosen mode. */
    readonly shownItems: number;
    readonly page: number;
    readonly limit: number;
    readonly score: string | null;
  };
}

export interface CompareQuery {
  /** Id or name of a run. */
  readonly baseline: string;
  /** Ids or names. */
  readonly candidates: readonly string[];
  /** Dataset that names are looked up in. */
  readonly dataset?: string | undefined;
  /** Name of a score, or `cost` or `latency`; the first score when absent. */
  readonly score?: string | undefined;
  readonly mode?: CompareMode | undefined;
  /** `key=value` of the items' metadata. */
  readonly slice?: string | undefined;
  /** Scores of which less is better. */
  readonly lower?: readonly string[] | undefined;
  readonly page?: number | undefined;
  readonly limit?: number | undefined;
  /** Characters of outputs; 600 by default, at most 20,000. */
  readonly preview?: number | undefined;
}

export interface ExperimentLinesQuery {
  readonly dataset?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** The same over the embedded store and over HTTP. */
export interface ExperimentsApi {
  listExperimentLines(query: ExperimentLinesQuery): Promise<ExperimentLines>;
  compareExperiments(query: CompareQuery): Promise<ExperimentComparison>;
}

/** The calls over HTTP, for the project of the keys. Rejects with ClientError. */
export function createExperimentsApi(
  client: Pick<CoaiaClient, 'request' | 'listProjects'>,
): ExperimentsApi {
  const read = async <T>(rest: readonly string[], query: object): Promise<T> => {
    const { data } = await client.listProjects();
    const options: CallOptions = { query, area: 'v1' };
    return client.request<T>(
      'GET',
      ['projects', data[0]?.id ?? '', 'experiments', ...rest],
      options,
    );
  };
  return {
    listExperimentLines: (query) => read([], query),
    compareExperiments: (query) => read(['compare'], query),
  };
}
