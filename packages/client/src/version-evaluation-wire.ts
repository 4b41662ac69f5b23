/** Comparisons of versions of a served model on examples. */
import type { Estimate } from './predictions-wire.ts';

export interface VersionEvaluationGroup {
  readonly field: string;
  readonly value: string;
  readonly count: number;
  readonly candidate: Estimate;
  readonly baseline: Estimate | null;
  /** Candidate minus baseline, less is better; with the interval of Tango (error_rate) or of the paired bootstrap. */
  readonly difference: Estimate | null;
  /** Chance of a difference like this where both are equally good (sign flips). */
  readonly p: number | null;
  /** How many examples would rule out a difference of `margin` four times out of five, if both are equally good. */
  readonly needed: number | null;
}

export interface VersionEvaluation {
  readonly id: string;
  readonly model: string;
  readonly version: number;
  readonly against: number | null;
  /** Dataset or examples file. */
  readonly source: string;
  readonly metric: string;
  readonly createdAt: string;
  readonly examples: number;
  readonly failed: {
    readonly candidate: number;
    readonly baseline: number;
    /** Examples that the baseline answers and the candidate does not. */
    readonly onlyCandidate: number;
  };
  /** The version must be shown to be less than this much worse, in units of the metric. */
  readonly margin: number;
  /** Of the intervals of differences; 0.95 when absent. */
  readonly confidence?: number;
  readonly overall: VersionEvaluationGroup;
  readonly groups: readonly VersionEvaluationGroup[];
  readonly power: string | null;
  readonly gate: { readonly passes: boolean; readonly reasons: readonly string[] } | null;
}
