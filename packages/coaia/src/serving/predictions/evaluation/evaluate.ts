/** Two versions on the same examples: who errs more, by how much, and how sure that is. Less is better everywhere. */
import { toMean } from '#curation';
import type { Estimate, VersionEvaluation, VersionEvaluationGroup } from '@coaia/client';
import type { Row, Signature } from '../../signatures/signature.ts';
import { predictionFailures } from '../errors.ts';
import { judge } from '../outcomes/judge.ts';
import { toEstimate } from '../outcomes/calibration.ts';
import { toPartition } from '../shadow/parts.ts';
import { toShare } from '../shadow/shadow-report.ts';
import { toDifference, toMargin, toNeeded, type Rule } from './difference.ts';
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
  /** A share of all answers for error_rate, otherwise a part of the baseline's loss. */
  readonly margin?: number | undefined;
  /** Of the intervals of differences; 0.95 when absent. */
  readonly confidence?: number | undefined;
  /** Examples without which the gate does not pass. */
  readonly minExamples?: number | undefined;
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
  const { model, version, against, source, signature, examples, by, confidence } = request;
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
  const loss = toMean(losses.map(({ baseline, candidate }) => baseline ?? candidate));
  const margin = toMargin(metric, loss, request.margin);
  const rule = { metric, margin, confidence };
  const result = {
    model,
    version,
    against: against ?? null,
    source,
    metric,
    margin,
    ...(confidence === undefined ? {} : { confidence }),
    examples: losses.length,
    failed: countFailed(candidates, baselines),
    overall: toGroup('', 'all', losses, rule),
    groups: by.flatMap((field) => toGroups(field, losses, rule)),
  };
  const gate =
    against === undefined ? null : checkGate(result, { minExamples: request.minExamples });
  return { ...result, power: toPower(result), gate };
}

type Answers = readonly (Row | undefined)[];

const countFailed = (candidates: Answers, baselines: Answers | undefined) => ({
  candidate: candidates.filter((row) => row === undefined).length,
  baseline: baselines?.filter((row) => row === undefined).length ?? 0,
  onlyCandidate: candidates.filter(
    (row, index) => row === undefined && baselines?.[index] !== undefined,
  ).length,
});

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
  rule: Rule,
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
    .map(([value, group]) => toGroup(field, value, group, rule));
}

function toGroup(
  field: string,
  value: string,
  losses: readonly Losses[],
  rule: Rule,
): VersionEvaluationGroup {
  const { metric } = rule;
  const differences = toDifferences(losses);
  const baselines = losses.flatMap(({ baseline }) => (baseline === undefined ? [] : [baseline]));
  const empty = { value: 0, low: null, high: null, count: 0 };
  return {
    field,
    value,
    count: losses.length,
    candidate:
      toLevel(
        metric,
        losses.map(({ candidate }) => candidate),
      ) ?? empty,
    baseline: toLevel(metric, baselines),
    difference: toDifference(differences, rule),
    p: differences.length === 0 ? null : toSignFlipChance(differences),
    needed: toNeeded(differences, rule),
  };
}

/** The loss of one version: a share with Wilson's interval, or a mean with Student's. */
function toLevel(metric: string, losses: readonly number[]): Estimate | null {
  if (metric !== 'error_rate' || losses.length === 0) return toEstimate(losses);
  return toShare(losses.filter((loss) => loss === 1).length, losses.length);
}

const toDifferences = (losses: readonly Losses[]) =>
  losses.flatMap(({ candidate, baseline }) =>
    baseline === undefined ? [] : [candidate - baseline],
  );

function toPower({
  overall: { needed },
  examples,
  margin,
  metric,
}: Pick<VersionEvaluation, 'overall' | 'examples' | 'margin' | 'metric'>): string | null {
  if (needed === null) return null;
  const effect =
    metric === 'error_rate'
      ? `a drop of ${Number((margin * 100).toPrecision(3))} points`
      : `a rise of ${Number(margin.toPrecision(3))} in ${metric}`;
  const more = needed - examples;
  return more <= 0
    ? `${examples} examples are enough to rule out ${effect} four times out of five.`
    : `You need about ${more} more outcomes to rule out ${effect} four times out of five.`;
}
