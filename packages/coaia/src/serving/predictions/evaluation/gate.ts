/** Whether a version may become champion, by its evaluation. */
import type { DeploymentGateRule, VersionEvaluation, VersionEvaluationGroup } from '@coaia/client';
import { LEAST_EXAMPLES, toMargin } from './difference.ts';

export interface GateAnswer {
  readonly passes: boolean;
  /** Sentences: why not, or what the answer rests on. */
  readonly reasons: readonly string[];
}

type Judged = Pick<
  VersionEvaluation,
  'against' | 'metric' | 'overall' | 'groups' | 'failed' | 'margin' | 'confidence' | 'version'
>;

/** A rule, each member of which may be missing. */
export type GateRule = {
  readonly [K in keyof DeploymentGateRule]: DeploymentGateRule[K] | undefined;
};

/** Chance with which a version as good as the champion is called worse, over all comparisons together. */
const BLAME = 0.05;

/**
 * It must be shown to be no worse than the champion by more than the margin, over all examples and in every declared
 * group: each interval (95 % unless the rule says more) ends below the margin. All must, so no correction for their number is needed (Berger
 * 1982). What does not is called worse where p, corrected for the number of comparisons (Bonferroni), is below 0.05, and
 * otherwise not shown. It must not fail where the champion answers, either. What the rule asks for and the evaluation
 * does not have counts against it; the margin is the rule's where it has one.
 */
export function checkGate(evaluation: Judged, rule: GateRule = {}): GateAnswer {
  const { against, overall, groups, failed, version, metric } = evaluation;
  if (against === null)
    return { passes: false, reasons: [`Version ${version} was compared with nothing.`] };
  const lacks = listLacks(evaluation, rule);
  if (lacks.length > 0) return { passes: false, reasons: lacks };
  const { margin, needed } = toRuledMargin(evaluation, rule);
  const judged = { ...evaluation, margin, hasNeeded: needed };
  const all = [overall, ...groups];
  const reasons = all
    .filter((one) => !isShown(one, judged))
    .map((one) => (isWorse(one, all.length) ? toBlame(one, judged) : toDoubt(one, judged)));
  if (failed.onlyCandidate > 0)
    reasons.unshift(
      `Version ${version} fails on ${toExamples(failed.onlyCandidate)} that version ${against} answers.`,
    );
  if (reasons.length > 0) return { passes: false, reasons };
  const where = groups.length === 0 ? '' : ` and in each of ${groups.length} groups`;
  return {
    passes: true,
    reasons: [
      `Not worse than version ${against} by ${show(margin)} ${metric} or more, over all ${toExamples(overall.count)}${where}.`,
    ],
  };
}

/** What a rule asks of an evaluation as such, in sentences. */
function listLacks(
  { metric, overall, groups, confidence = USUAL_CONFIDENCE, version }: Judged,
  rule: GateRule,
): readonly string[] {
  const reasons: string[] = [];
  const asked = (what: string, instead: string) =>
    reasons.push(`The gate asks for ${what}; the evaluation of version ${version} ${instead}.`);
  if (rule.metric !== undefined && rule.metric !== metric) asked(rule.metric, `is by ${metric}`);
  for (const field of rule.by ?? [])
    if (!groups.some((group) => group.field === field))
      asked(`groups by ${field}`, 'has none of them');
  if (rule.confidence !== undefined && rule.confidence > confidence)
    asked(`intervals of ${toPercent(rule.confidence)}`, `has some of ${toPercent(confidence)}`);
  if (rule.minExamples !== undefined && rule.minExamples > overall.count)
    asked(`${toExamples(rule.minExamples)} or more`, `has ${overall.count.toLocaleString('en')}`);
  return reasons;
}

const USUAL_CONFIDENCE = 0.95;
const toPercent = (share: number) => `${Number((100 * share).toPrecision(4))} %`;

/** The margin of the rule, in units of the metric; how many examples are needed is known for the evaluation's own. */
function toRuledMargin({ metric, overall, margin }: Judged, rule: GateRule) {
  if (rule.margin === undefined) return { margin, needed: true };
  const ruled = toMargin(metric, overall.baseline?.value ?? 0, rule.margin);
  return { margin: ruled, needed: Math.abs(ruled - margin) <= 1e-9 * margin };
}

/** A bootstrap of few examples shows nothing; Tango's interval knows how few they are. */
function isShown({ difference, count }: VersionEvaluationGroup, { metric, margin }: Judged) {
  const isEnough = metric === 'error_rate' || count >= LEAST_EXAMPLES;
  return isEnough && typeof difference?.high === 'number' && difference.high < margin;
}

const isWorse = ({ difference, p }: VersionEvaluationGroup, comparisons: number) =>
  (difference?.value ?? 0) > 0 && p !== null && p * comparisons < BLAME;

const toPlace = ({ field, value }: VersionEvaluationGroup) =>
  field === '' ? 'over all examples' : `where ${field} is ${value}`;

function toBlame(group: VersionEvaluationGroup, { metric, against }: Judged): string {
  return `${metric} is worse ${toPlace(group)}: ${toDigits(group)} than version ${against} ${toInterval(group)}.`;
}

function toDoubt(
  group: VersionEvaluationGroup,
  { metric, margin, against, hasNeeded }: Judged & { readonly hasNeeded: boolean },
): string {
  const more = Math.max(0, (group.needed ?? LEAST_EXAMPLES) - group.count);
  const advice = !hasNeeded
    ? 'an evaluation with this margin says how many examples that takes'
    : more === 0
      ? 'so many examples are mostly enough where both are equally good'
      : `about ${more.toLocaleString('en')} more are needed if both are equally good`;
  return `Not enough evidence ${toPlace(group)}: ${metric} is ${toDigits(group)} than version ${against} ${toInterval(group)} and must be shown to be less than ${show(margin)} more; ${advice}.`;
}

function toDigits({ difference }: VersionEvaluationGroup): string {
  const value = difference?.value ?? 0;
  return `${show(Math.abs(value))} ${value < 0 ? 'less' : 'more'}`;
}

const toInterval = ({ difference, count }: VersionEvaluationGroup) =>
  `(${show(difference?.low)} to ${show(difference?.high)}, ${toExamples(count)})`;

const toExamples = (count: number) =>
  `${count.toLocaleString('en')} ${count === 1 ? 'example' : 'examples'}`;

const show = (value: number | null | undefined) =>
  value === null || value === undefined ? '?' : String(Number(value.toPrecision(2)));
