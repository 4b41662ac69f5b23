/** Whether the newest evaluation lets a version in front of callers. One answer for commands, routes and the page. */
import type { Scope } from '#base';
import type { Database } from '#store';
import type { DeploymentGate, DeploymentTrafficChange, TrafficInput } from '@coaia/client';
import { checkGate } from '../predictions/evaluation/gate.ts';
import { listEvaluations } from '../predictions/evaluation/evaluations.ts';
import { versionFailures } from './errors.ts';
import type { Traffic } from './traffic.ts';

/** By the newest evaluation that compares the version with another one. */
export async function readGate(
  ports: { readonly db: Database },
  scope: Scope,
  { model, version, champion }: Pick<DeploymentGate, 'model' | 'version' | 'champion'>,
): Promise<DeploymentGate> {
  const { data } = await listEvaluations(ports, scope, model);
  const evaluation = data.find((one) => one.version === version && one.against !== null) ?? null;
  const about = { model, version, champion, evaluation };
  if (evaluation === null)
    return {
      ...about,
      verdict: 'unknown',
      reasons: [`Version ${version} of ${model} was never compared with another version.`],
    };
  const { passes, reasons } = checkGate(evaluation);
  const { against } = evaluation;
  const isOld = against !== champion && version !== champion;
  const note = `It was compared with version ${against}; version ${champion} answers now.`;
  return {
    ...about,
    // Not worse than another version is no answer about the champion.
    verdict: passes ? (isOld ? 'unknown' : 'passes') : 'refuses',
    reasons: isOld ? [...reasons, note] : reasons,
  };
}

/** The version that a change gives callers more of; undefined when no caller gets anything new. */
export function findGated(traffic: Traffic, change: DeploymentTrafficChange): number | undefined {
  const { champion, canary } = change;
  if (champion !== undefined && champion !== traffic.champion) return champion;
  if (canary === undefined || canary === null) return undefined;
  const now = traffic.canary?.version === canary.version ? traffic.canary.percent : 0;
  return canary.percent > now ? canary.version : undefined;
}

/** True when the change goes against the gate, for a reason. AO662 when it may not. */
export function isOverridden(
  { model, version, verdict, reasons, evaluation }: DeploymentGate,
  {
    gate,
    force,
    reason,
  }: { readonly [K in 'gate' | 'force' | 'reason']?: TrafficInput[K] | undefined },
): boolean {
  if (verdict === 'passes' || (verdict === 'unknown' && gate !== true)) return false;
  if (force === true && reason !== undefined && reason.trim() !== '') return true;
  throw versionFailures.create('AO662', reasons.join(' '), {
    hint:
      verdict === 'unknown'
        ? `ao eval ${version} --examples --model ${model}`
        : `ao deploy --model ${model} --to ${version} --force --reason "why"`,
    details: { reasons, evaluation: evaluation?.id ?? null },
  });
}
