/** Whether a version may become champion, by its evaluation. */
import type { VersionEvaluation } from '@coaia/client';

export interface GateAnswer {
  readonly passes: boolean;
  /** Sentences: why not, or what the answer rests on. */
  readonly reasons: readonly string[];
}

type Judged = Pick<
  VersionEvaluation,
  'against' | 'metric' | 'overall' | 'groups' | 'failed' | 'power' | 'version'
>;

/**
 * It must not be worse than the champion over all examples or in any declared group: worse is a 95 % interval of the
 * paired bootstrap that lies wholly above zero. It must not fail where the champion answers, either.
 */
export function checkGate({
  against,
  metric,
  overall,
  groups,
  failed,
  power,
  version,
}: Judged): GateAnswer {
  if (against === null)
    return { passes: false, reasons: [`Version ${version} was compared with nothing.`] };
  const worse = [overall, ...groups].filter(({ difference }) => (difference?.low ?? 0) > 0);
  const reasons = worse.map(({ field, value, difference, count }) => {
    const where = field === '' ? 'over all examples' : `where ${field} is ${value}`;
    const [mean, low, high] = [difference?.value, difference?.low, difference?.high].map(show);
    return `${metric} is worse ${where}: ${mean} more than version ${against} (${low} to ${high}, ${count} examples).`;
  });
  if (failed.candidate > failed.baseline)
    reasons.push(
      `Version ${version} fails on ${failed.candidate} examples, version ${against} on ${failed.baseline}.`,
    );
  if (reasons.length > 0) return { passes: false, reasons };
  const notes = [`Not worse than version ${against} in ${1 + groups.length} comparisons.`];
  return { passes: true, reasons: power === null ? notes : [...notes, power] };
}

const show = (value: number | null | undefined) =>
  value === null || value === undefined ? '?' : String(Number(value.toPrecision(3)));
