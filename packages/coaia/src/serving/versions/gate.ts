/** Whether the newest evaluation lets a version in front of callers. One answer for commands, routes and the page. */
import type { Scope } from '#base';
import type { Database } from '#store';
import type { DeploymentGate, DeploymentTrafficChange, TrafficInput } from '@coaia/client';
import { checkGate } from '../predictions/evaluation/gate.ts';
import { listEvaluations } from '../predictions/evaluation/evaluations.ts';
import { versionFailures } from './errors.ts';
import type { Traffic } from './traffic.ts';

interface Question {
  readonly model: string;
  readonly version: number;
  /** What is in force. */
  readonly traffic: Traffic;
}

/** By the newest evaluation that compares the version with another one, those by the metric of the rule first. */
export async function readGate(
  ports: { readonly db: Database },
  scope: Scope,
  { model, version, traffic: { champion, gate: rule } }: Question,
): Promise<DeploymentGate> {
  const { data } = await listEvaluations(ports, scope, model);
  const own = data.filter((one) => one.version === version && one.against !== null);
  const evaluation = own.find(({ metric }) => metric === rule?.metric) ?? own[0] ?? null;
  const about = { model, version, champion, ...(rule === undefined ? {} : { rule }), evaluation };
  if (evaluation === null)
    return {
      ...about,
      verdict: 'unknown',
      reasons: [`Version ${version} of ${model} was never compared with another version.`],
    };
  const { passes, reasons } = checkGate(evaluation, rule);
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
  { model, version, verdict, reasons, evaluation, rule }: DeploymentGate,
  {
    gate,
    force,
    reason,
  }: { readonly [K in 'gate' | 'force' | 'reason']?: TrafficInput[K] | undefined },
): boolean {
  const isRequired = gate === true || rule?.required === true;
  if (verdict === 'passes' || (verdict === 'unknown' && !isRequired)) return false;
  if (force === true && reason !== undefined && reason.trim() !== '') return true;
  throw versionFailures.create('AO662', reasons.join(' '), {
    hint:
      verdict === 'unknown'
        ? `ao eval ${version} --examples --model ${model}`
        : `ao deploy --model ${model} --to ${version} --force --reason "why"`,
    details: { reasons, evaluation: evaluation?.id ?? null },
  });
}
