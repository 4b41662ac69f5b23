/** Two versions on the same examples: who errs more, by how much, and how sure that is. Less is better everywhere. */
import { toBootstrap, toMean, toNormalQuantile } from '#curation';
import type { VersionEvaluation, VersionEvaluationGroup } from '@coaia/client';
import type { Row, Signature } from '../../signatures/signature.ts';
import { predictionFailures } from '../errors.ts';
import { judge } from '../outcomes/judge.ts';
import { toEstimate } from '../outcomes/calibration.ts';
import { toPartition } from '../shadow/parts.ts';
import { checkGate } from './gate.ts';
import { toSignFlipChance } from './sign-flips.ts';

export interface Example {
  readonly input: Row;
  readonly expected: unknown;
  /** Other facts that groups may be made by. */
  readonly metadata?: Row;
}

/** The predicted row, or undefined where the version failed on it. */
export type PredictRows = (rows: readonly Row[]) => Promise<readonly (Row | undefined)[]>;

export interface EvaluationRequest {
  readonly model: string;
  readonly version: number;
  readonly against?: number;
  readonly source: string;
  readonly signature: Signature;
  readonly examples: readonly Example[];
  /** error_rate (or accuracy), log_loss, brier, mae, mse; the usual one of the task when absent. */
  readonly metric?: string;
  /** Inputs, or names in the metadata of examples. */
  readonly by: readonly string[];
}

/** A metric and the score of a judgement that it is made of. */
const METRICS: Readonly<Record<string, { readonly score: string; readonly flip?: true }>> = {
  error_rate: { score: 'correct', flip: true },
  log_loss: { score: 'log_loss' },
  brier: { score: 'brier' },
  mae: { score: 'absolute_error' },
  mse: { score: 'squared_error' },
};

/** Two-sided level of five in a hundred, seen four times out of five. */
const POWER = (toNormalQuantile(0.975) + toNormalQuantile(0.8)) ** 2;
/** A drop of one point; for other metrics this part of the baseline. */
const POINT = 0.01;
const PART = 0.05;

interface Losses {
  readonly example: Example;
  readonly candidate: number;
  readonly baseline: number | undefined;
}

/** AO685 for a metric that does not fit, AO686 for examples that cannot be used. */
export async function evaluate(
  request: EvaluationRequest,
  predict: { readonly candidate: PredictRows; readonly baseline?: PredictRows },
): Promise<Omit<VersionEvaluation, 'id' | 'createdAt'>> {
  const { model, version, against, source, signature, examples, by } = request;
  const metric = toMetric(request.metric, signature);
  const rows = examples.map(({ input }) => input);
  const candidates = await predict.candidate(rows);
  const baselines = await predict.baseline?.(rows);
  const toLoss = (row: Row | undefined, expected: unknown) =>
    row === undefined ? undefined : readLoss(metric, row, expected, signature);
  const losses = examples.flatMap((example, index): Losses[] => {
    const candidate = toLoss(candidates[index], example.expected);
    const baseline = toLoss(baselines?.[index], example.expected);
    const isWhole = candidate !== undefined && (baselines === undefined || baseline !== undefined);
    return isWhole ? [{ example, candidate, baseline }] : [];
  });
  if (losses.length < 2) throw toUnusable(metric, examples.length);
  const overall = toGroup('', 'all', losses, metric, undefined);
  const smallestEffect = toSmallestEffect(metric, losses);
  const groups = by.flatMap((field) => toGroups(field, losses, metric, smallestEffect));
  const count = (answers: readonly (Row | undefined)[] | undefined) =>
    answers?.filter((row) => row === undefined).length ?? 0;
  const result = {
    model,
    version,
    against: against ?? null,
    source,
    metric,
    examples: losses.length,
    failed: { candidate: count(candidates), baseline: count(baselines) },
    smallestEffect,
    overall: { ...overall, needed: toNeeded(losses, smallestEffect) },
    groups,
  };
  const power = toPower(result, metric);
  const gate = against === undefined ? null : checkGate({ ...result, power: power ?? null });
  return { ...result, power: power ?? null, gate };
}

function toMetric(wanted: string | undefined, { task }: Signature): string {
  const usual = task === 'regression' || task === 'other' ? 'mae' : 'error_rate';
  const name = wanted === 'accuracy' ? 'error_rate' : (wanted ?? usual);
  if (METRICS[name] !== undefined) return name;
  throw predictionFailures.create(
    'AO685',
    `There is no metric ${name}; there are ${Object.keys(METRICS).join(', ')}.`,
    {
      hint: `ao eval challenger --examples --metric ${usual}`,
    },
  );
}

function readLoss(
  metric: string,
  row: Row,
  expected: unknown,
  signature: Signature,
): number | undefined {
  const { score = '', flip } = METRICS[metric] ?? {};
  const value = judge(row, expected, signature).scores[score];
  return value === undefined || flip === undefined ? value : 1 - value;
}

function toUnusable(metric: string, examples: number) {
  return predictionFailures.create(
    'AO686',
    `Of ${examples} examples fewer than two have a ${metric}: each needs the inputs and what was expected, and a version that answers them.`,
    { hint: 'ao eval challenger --examples --metric mae' },
  );
}

function toGroups(
  field: string,
  losses: readonly Losses[],
  metric: string,
  effect: number,
): readonly VersionEvaluationGroup[] {
  const toRow = ({ example }: Losses): Row => ({ ...example.metadata, ...example.input });
  const toPart = toPartition(field, losses.map(toRow));
  if (toPart === undefined)
    throw predictionFailures.create(
      'AO686',
      `Groups cannot be made by ${field}: it is no input and no metadata of the examples, or has too many different values.`,
      {
        hint: 'ao eval challenger --examples --by FIELD',
      },
    );
  return [...Map.groupBy(losses, (one) => toPart(toRow(one)) ?? 'missing')]
    .toSorted(([left], [right]) => left.localeCompare(right, 'en', { numeric: true }))
    .map(([value, group]) => toGroup(field, value, group, metric, effect));
}

function toGroup(
  field: string,
  value: string,
  losses: readonly Losses[],
  metric: string,
  effect: number | undefined,
): VersionEvaluationGroup {
  const differences = toDifferences(losses);
  const interval = toBootstrap(differences)?.interval;
  const baselines = losses.flatMap(({ baseline }) => (baseline === undefined ? [] : [baseline]));
  const empty = { value: 0, low: null, high: null, count: 0 };
  return {
    field,
    value,
    count: losses.length,
    candidate: toEstimate(losses.map(({ candidate }) => candidate)) ?? empty,
    baseline: toEstimate(baselines),
    difference:
      differences.length === 0
        ? null
        : {
            value: toMean(differences),
            low: interval?.low ?? null,
            high: interval?.high ?? null,
            count: differences.length,
          },
    p: differences.length === 0 ? null : toSignFlipChance(differences),
    needed: effect === undefined ? null : toNeeded(losses, effect),
  };
}

const toDifferences = (losses: readonly Losses[]) =>
  losses.flatMap(({ candidate, baseline }) =>
    baseline === undefined ? [] : [candidate - baseline],
  );

function toSmallestEffect(metric: string, losses: readonly Losses[]): number {
  if (metric === 'error_rate') return POINT;
  const mean = toMean(losses.map(({ baseline, candidate }) => baseline ?? candidate));
  return Math.max(Number.EPSILON, PART * Math.abs(mean));
}

/** Examples in all: (z of 0.975 + z of 0.8)² times the variance of the differences over the squared effect. */
function toNeeded(losses: readonly Losses[], effect: number): number | null {
  const differences = toDifferences(losses);
  if (differences.length < 2) return null;
  const mean = toMean(differences);
  const variance =
    differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (differences.length - 1);
  return Math.ceil((POWER * variance) / effect ** 2);
}

function toPower(
  {
    overall,
    examples,
    smallestEffect,
  }: {
    readonly overall: VersionEvaluationGroup;
    readonly examples: number;
    readonly smallestEffect: number;
  },
  metric: string,
): string | undefined {
  if (overall.needed === null) return undefined;
  const effect =
    metric === 'error_rate'
      ? 'a drop of one point'
      : `a rise of ${Number(smallestEffect.toPrecision(3))} (5 %) in ${metric}`;
  const more = overall.needed - examples;
  return more <= 0
    ? `${examples} examples are enough to see ${effect} four times out of five.`
    : `You need about ${more} more outcomes to see ${effect} four times out of five.`;
}
