/** Whether a version may become champion, by its evaluation. */
import type { VersionEvaluation, VersionEvaluationGroup } from '@coaia/client';
import { LEAST_EXAMPLES } from './difference.ts';

export interface GateAnswer {
  readonly passes: boolean;
  /** Sentences: why not, or what the answer rests on. */
  readonly reasons: readonly string[];
}

type Judged = Pick<
  VersionEvaluation,
  'against' | 'metric' | 'overall' | 'groups' | 'failed' | 'margin' | 'version'
>;

/** Chance with which a version as good as the champion is called worse, over all comparisons together. */
const BLAME = 0.05;

/**
 * It must be shown to be no worse than the champion by more than the margin, over all examples and in every declared
 * group: each 95 % interval ends below the margin. All must, so no correction for their number is needed (Berger
 * 1982). What does not is called worse where p, corrected for the number of comparisons (Bonferroni), is below 0.05, and
 * otherwise not shown. It must not fail where the champion answers, either.
 */
export function checkGate(judged: Judged): GateAnswer {
  const { against, overall, groups, failed, version, margin, metric } = judged;
  if (against === null)
    return { passes: false, reasons: [`Version ${version} was compared with nothing.`] };
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

function toDoubt(group: VersionEvaluationGroup, { metric, margin, against }: Judged): string {
  const more = Math.max(0, (group.needed ?? LEAST_EXAMPLES) - group.count);
  const advice =
    more === 0
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
