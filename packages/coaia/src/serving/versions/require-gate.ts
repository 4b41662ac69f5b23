/** Whether a stored evaluation lets a version in front of callers. */
import type { PredictionsApi } from '@coaia/client';
import { checkGate } from '../predictions/evaluation/gate.ts';
import { versionFailures } from './errors.ts';

export interface GateOptions {
  /** Refuse what was never evaluated. */
  readonly gate?: boolean | undefined;
  /** Deploy all the same. */
  readonly force?: boolean | undefined;
  readonly reason?: string | undefined;
}

/**
 * Sentences about the newest evaluation of the version; none when there is none. AO662 when it speaks against the
 * version, or with `gate` when there is none, unless forced with a reason.
 */
export async function requireGate(
  api: Pick<PredictionsApi, 'listEvaluations'>,
  model: string,
  version: number,
  options: GateOptions,
): Promise<readonly string[]> {
  const { data } = await api.listEvaluations(model);
  const evaluation = data.find((one) => one.version === version);
  if (evaluation === undefined && options.gate !== true) return [];
  const { passes, reasons } =
    evaluation === undefined
      ? { passes: false, reasons: [`Version ${version} of ${model} was never evaluated.`] }
      : checkGate(evaluation);
  if (passes) return reasons;
  if (options.force === true && options.reason !== undefined) return reasons;
  throw versionFailures.create('AO662', reasons.join(' '), {
    hint:
      evaluation === undefined
        ? `ao eval ${version} --examples`
        : `ao deploy --to ${version} --force --reason "why"`,
    details: reasons,
  });
}
