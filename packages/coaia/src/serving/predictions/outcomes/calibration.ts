/** Whether probabilities and intervals keep what they promise, by outcomes. */
import type { Scope } from '#base';
import { toMean, toStudentInterval } from '#curation';
import type { PredictionOutcomeRow } from '#store';
import type { CalibrationReport, Estimate } from '@coaia/client';
import type { Row, Signature } from '../../signatures/signature.ts';
import { toRankInterval } from '../drift/change.ts';
import { findSubject } from '../find-model.ts';
import type { PredictionPorts } from '../ports.ts';
import { toShare } from '../shadow/shadow-report.ts';
import { readSince } from '../since.ts';
import {
  toBinned,
  toCalibrationError,
  toErrorByChance,
  toErrorInterval,
  type BinnedChances,
  type Chance,
} from './calibration-error.ts';
import { judge, readAnswer, toActualLabel, toActualNumber } from './judge.ts';
import { readLatest } from './storage.ts';

/** Outcomes that are read, newest first. */
const MOST_OUTCOMES = 50_000;

const PAIRS_OF_ENDS = [
  ['lower', 'upper'],
  ['lwr', 'upr'],
  ['.pred_lower', '.pred_upper'],
] as const;

interface Known {
  readonly predicted: Row;
  readonly actual: unknown;
}

export async function getCalibration(
  { db, clock }: Pick<PredictionPorts, 'db' | 'clock'>,
  scope: Scope,
  model: string,
  query: { readonly version?: number | undefined; readonly since?: string | undefined },
): Promise<CalibrationReport> {
  const { version, signature } = await findSubject({ db }, scope, model, query.version);
  const since = query.since === undefined ? undefined : readSince(query.since, clock());
  const rows = await readLatest(db, scope.projectId, {
    model,
    version,
    since,
    limit: MOST_OUTCOMES,
  });
  const known = rows.flatMap(toKnown);
  const scores = known.map(({ predicted, actual }) => judge(predicted, actual, signature).scores);
  const chances = known.flatMap((one) => toChance(one, signature));
  const binned = chances.length === 0 ? undefined : toBinned(chances);
  const correct = pick(scores, 'correct');
  return {
    model,
    version,
    task: signature?.task ?? 'other',
    outcomes: rows.length,
    reason: toReason(rows.length, known.length),
    of: chances[0]?.of ?? null,
    ...toErrors(chances, binned),
    auc: toArea(chances, signature),
    brier: toEstimate(pick(scores, 'brier')),
    logLoss: toEstimate(pick(scores, 'log_loss')),
    accuracy:
      correct.length === 0
        ? null
        : toShare(correct.filter((one) => one === 1).length, correct.length),
    meanAbsoluteError: toEstimate(pick(scores, 'absolute_error')),
    rootMeanSquaredError: toRoot(toEstimate(pick(scores, 'squared_error'))),
    bias: toEstimate(pick(scores, 'error')),
    coverage: toCoverage(known, signature),
  };
}

function toErrors(chances: readonly Chance[], binned: BinnedChances | undefined) {
  if (binned === undefined)
    return {
      bins: [],
      binning: null,
      expectedCalibrationError: null,
      calibrationErrorInterval: null,
      calibrationErrorByChance: null,
    };
  return {
    bins: binned.bins,
    binning: binned.binning,
    expectedCalibrationError: toCalibrationError(binned),
    calibrationErrorInterval: toErrorInterval(chances, binned),
    calibrationErrorByChance: toErrorByChance(chances, binned),
  };
}

const toReason = (rows: number, known: number) => {
  if (rows === 0) return 'No outcome has arrived yet.';
  return known === 0
    ? 'Outcomes have arrived, but outputs are not kept ([log] payload = "none").'
    : null;
};

const toKnown = ({ predicted, actual }: PredictionOutcomeRow): readonly Known[] =>
  predicted === null
    ? []
    : [{ predicted: JSON.parse(predicted) as Row, actual: JSON.parse(actual) as unknown }];

const pick = (scores: readonly Readonly<Record<string, number>>[], name: string) =>
  scores.flatMap((one) => (one[name] === undefined ? [] : [one[name]]));

interface ChanceOf extends Chance {
  readonly of: string;
}

/** Two classes: the chance of the second. More: the chance of the class that was predicted, and whether it was right. */
function toChance(
  { predicted, actual }: Known,
  signature: Signature | undefined,
): readonly ChanceOf[] {
  const { label, chances, classes } = readAnswer(predicted, signature);
  if (chances === undefined || chances.length < 2 || classes.length !== chances.length) return [];
  const happened = toActualLabel(actual, signature, classes);
  if (happened === undefined) return [];
  if (classes.length === 2)
    return [
      { chance: chances[1] ?? 0, hasHappened: happened === classes[1], of: classes[1] ?? '' },
    ];
  const place = label === undefined ? -1 : classes.indexOf(label);
  return [
    {
      chance: chances[place] ?? Math.max(...chances),
      hasHappened: happened === label,
      of: 'the predicted class',
    },
  ];
}

/**
 * Two classes: chance that of two answers, one where the second class happened and one where not, the first had the
 * larger chance, ties by half. Null where one of them never happened.
 */
function toArea(chances: readonly Chance[], signature: Signature | undefined): Estimate | null {
  const positives = chances.filter(({ hasHappened }) => hasHappened).length;
  const negatives = chances.length - positives;
  const isTwo = (signature?.classes ?? [0, 1]).length === 2;
  if (!isTwo || positives === 0 || negatives === 0) return null;
  let [below, pairs] = [0, 0];
  const groups = Map.groupBy(chances, ({ chance }) => chance);
  for (const [, group] of [...groups].toSorted(([left], [right]) => left - right)) {
    const hits = group.filter(({ hasHappened }) => hasHappened).length;
    pairs += hits * (below + (group.length - hits) / 2);
    below += group.length - hits;
  }
  const value = pairs / (positives * negatives);
  return { value, ...toRankInterval(value, positives, negatives), count: chances.length };
}

function toRoot(estimate: Estimate | null): Estimate | null {
  if (estimate === null) return null;
  const root = (value: number | null) => (value === null ? null : Math.sqrt(Math.max(0, value)));
  const { value, low, high, count } = estimate;
  return { value: Math.sqrt(value), low: root(low), high: root(high), count };
}

/** Mean with Student's interval; null without values. */
export function toEstimate(values: readonly number[]): Estimate | null {
  if (values.length === 0) return null;
  const interval = toStudentInterval(values);
  return {
    value: toMean(values),
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    count: values.length,
  };
}

function toCoverage(known: readonly Known[], signature: Signature | undefined): Estimate | null {
  const inside = known.flatMap(({ predicted, actual }) => {
    const ends = PAIRS_OF_ENDS.find(([low]) => typeof predicted[low] === 'number');
    const value = toActualNumber(actual, signature);
    if (ends === undefined || value === undefined) return [];
    return [value >= Number(predicted[ends[0]]) && value <= Number(predicted[ends[1]])];
  });
  return inside.length === 0 ? null : toShare(inside.filter(Boolean).length, inside.length);
}
