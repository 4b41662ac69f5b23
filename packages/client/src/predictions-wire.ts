/** What crosses the wire about predictions of served models. Times are ISO 8601. */
import type { Interval } from './experiments-api.ts';

/** A number with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** How many it was made of. */
  readonly count: number;
}

export interface PredictionStatPoint {
  /** Start of the step, ISO 8601. */
  readonly at: string;
  readonly predictions: number;
  readonly rows: number;
  /** Answered with 500 and above. */
  readonly failed: number;
  /** Answered with 400 to 499. */
  readonly refused: number;
  readonly flagged: number;
  /** Counted but not kept. */
  readonly dropped: number;
  readonly perSecond: number;
  readonly meanMs: number | null;
  /** Right to 4.5 %. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export interface PredictionStats {
  readonly model: string;
  readonly stepSeconds: number;
  readonly data: readonly PredictionStatPoint[];
  readonly total: PredictionStatPoint;
  /** Share of the requests that failed or were refused, with Wilson's interval; null without requests. */
  readonly errorRate: Estimate | null;
  /** Share of the requests with a flag, with Wilson's interval; null without requests. */
  readonly flaggedRate: Estimate | null;
  readonly versions: readonly {
    readonly version: number;
    readonly predictions: number;
    readonly share: number;
  }[];
}

export interface PredictionFlag {
  readonly code: string;
  readonly row: number;
  readonly field: string;
  readonly message: string;
}

export interface PredictionOutcome {
  readonly row: number;
  readonly actual: unknown;
  readonly loss: number | null;
  readonly recordedAt: string;
  /** How many different values arrived. */
  readonly revision: number;
}

/** One prediction. Inputs and outputs are missing where they were not kept. */
export interface PredictionItem {
  readonly requestId: string;
  readonly traceId: string;
  readonly model: string;
  readonly version: number;
  readonly route: string;
  readonly at: string;
  readonly durationMs: number;
  readonly queueMs: number | null;
  readonly workerMs: number | null;
  readonly status: number;
  readonly rows: number;
  readonly inputs: readonly Readonly<Record<string, unknown>>[] | null;
  readonly outputs: readonly Readonly<Record<string, unknown>>[] | null;
  readonly flags: readonly PredictionFlag[];
  readonly warnings: readonly string[];
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly tags: readonly string[];
}

export interface PredictionDetail extends PredictionItem {
  /** What other versions would have answered. */
  readonly shadows: readonly PredictionItem[];
  readonly outcomes: readonly PredictionOutcome[];
  /** Earlier ones with the same request id, which callers may send twice; newest first. */
  readonly others: readonly Omit<PredictionDetail, 'others'>[];
}

export interface PredictionQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly version?: number;
  readonly only?: 'flagged' | 'failed' | 'shadow';
}

export interface OutcomeInput {
  readonly requestId: string;
  /** Row of a request with several; the first is 0. */
  readonly row?: number;
  readonly actual: unknown;
}

export interface OutcomeReport {
  readonly recorded: number;
  /** Arrived before with the same value. */
  readonly unchanged: number;
  /** Arrived before with another value; the newest counts. */
  readonly changed: number;
  readonly unknown: readonly {
    readonly index: number;
    readonly requestId: string;
    readonly reason: string;
  }[];
}

export interface WorstPrediction {
  readonly requestId: string;
  readonly traceId: string;
  readonly row: number;
  readonly version: number;
  readonly at: string;
  readonly loss: number;
  readonly predicted: unknown;
  readonly actual: unknown;
  readonly input: Readonly<Record<string, unknown>> | null;
}

export interface WorstQuery {
  readonly last?: number;
  /** ISO 8601. */
  readonly since?: string;
  readonly version?: number;
}

export interface WorstDataset {
  readonly dataset: string;
  readonly stored: number;
  readonly unchanged: number;
  /** Outcomes whose inputs were not kept. */
  readonly withoutInput: number;
}

/** One field in one window against the reference. */
export interface DriftField {
  readonly name: string;
  readonly side: 'input' | 'output';
  readonly kind: 'number' | 'category' | 'counted';
  readonly count: number;
  readonly referenceCount: number;
  readonly psi: Estimate | null;
  /** What the index is on average when nothing drifts. */
  readonly psiWithoutDrift: number | null;
  /** Kolmogorov-Smirnov distance (numbers) or largest difference of a level's share (categories). */
  readonly distance: number | null;
  readonly change: DriftChange | null;
  /** Missing values, and numbers that are not finite. */
  readonly missing: Estimate | null;
  readonly referenceMissing: number | null;
  /** Share outside the training range or the known levels. */
  readonly outside: Estimate | null;
  /**
   * Smallest chance of the field's tests without drift; the threshold takes their number into account. Null while no
   * hour of the window is over.
   */
  readonly p: number | null;
  readonly isAlert: boolean;
  readonly why: string | null;
}

/**
 * Numbers: `what` is `position`, the value the chance that a value now is larger than one of the reference (0.5: no
 * shift). Categories: `what` is the level whose share changed most, the value its share now minus that of the reference.
 */
export interface DriftChange extends Estimate {
  readonly what: string;
}

export interface DriftWindow {
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  /** False for the window that is still filling; its verdict is by full hours and may still change. */
  readonly isComplete: boolean;
  readonly isAlert: boolean;
  /** A field alarms when its p is below. */
  readonly threshold: number;
  /** Shift of a field, in standard deviations, that alarms in four of five whole windows of so many rows. */
  readonly smallestShift: number | null;
  readonly fields: readonly DriftField[];
}

export interface DriftReport {
  readonly model: string;
  readonly version: number;
  readonly reference: { readonly source: string; readonly rows: number } | null;
  /** Why nothing can be said, in one sentence. */
  readonly reason: string | null;
  readonly windowHours: number;
  /** Chance of at least one alert in 30 days without any drift, at most. */
  readonly falseAlarmRate: number;
  readonly windows: readonly DriftWindow[];
}

export interface DriftQuery {
  readonly version?: number;
  readonly windowHours?: number;
  readonly windows?: number;
  readonly alert?: number;
  /** What may alarm, comma-separated: `psi`, `ks`, `missing`, `unseen`; everything when left out. */
  readonly metrics?: string;
}

export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly predicted: number;
  /** Share that happened, with Wilson's interval. */
  readonly observed: Estimate;
}

export interface CalibrationReport {
  readonly model: string;
  readonly version: number;
  readonly task: string;
  readonly outcomes: number;
  readonly reason: string | null;
  /** What the probabilities are of. */
  readonly of: string | null;
  readonly bins: readonly CalibrationBin[];
  /** Ten of equal width, or of about equal counts where most chances are alike; null without chances. */
  readonly binning: 'width' | 'count' | null;
  readonly expectedCalibrationError: number | null;
  /** 95 %, by bounds of the noise in the bins; it holds the true error at least as often. */
  readonly calibrationErrorInterval: Interval | null;
  /** What that error is if every chance is right: on average, and what one time in twenty is larger. */
  readonly calibrationErrorByChance: { readonly mean: number; readonly high: number } | null;
  /** Area under the receiver operating characteristic; two classes. */
  readonly auc: Estimate | null;
  readonly brier: Estimate | null;
  readonly logLoss: Estimate | null;
  readonly accuracy: Estimate | null;
  readonly meanAbsoluteError: Estimate | null;
  readonly rootMeanSquaredError: Estimate | null;
  readonly bias: Estimate | null;
  /** Share of actual values between `lower` and `upper`. */
  readonly coverage: Estimate | null;
}

export interface ShadowPart {
  readonly field: string;
  readonly part: string;
  readonly disagreement: Estimate;
}

export interface ShadowReport {
  readonly model: string;
  readonly shadow: number;
  readonly champion: number;
  readonly from: string;
  readonly to: string;
  readonly pairs: number;
  /** True where only the newest pairs were read. */
  readonly isPartial: boolean;
  readonly kind: 'category' | 'number';
  /** Numbers disagree when they differ by more than this, in units of the output. */
  readonly tolerance: number | null;
  readonly disagreement: Estimate;
  /** Shadow minus champion; for numbers. */
  readonly difference: Estimate | null;
  readonly largest: readonly {
    readonly requestId: string;
    readonly champion: unknown;
    readonly shadow: unknown;
    readonly size: number;
  }[];
  /** Where they disagree most, worst first. */
  readonly parts: readonly ShadowPart[];
  readonly championFailed: number;
  readonly shadowFailed: number;
  readonly verdict: string;
}

/** What a gateway on another machine writes. Bytes are base64. */
export interface PredictionFlush {
  readonly segments: readonly (Readonly<Record<string, unknown>> & { readonly data: string })[];
  readonly ids: readonly Readonly<Record<string, unknown>>[];
  readonly sketches: readonly Readonly<Record<string, unknown>>[];
  readonly stats: readonly Readonly<Record<string, unknown>>[];
  readonly events: readonly unknown[];
}
