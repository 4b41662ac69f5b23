/** The one way to other traffic: the gate is asked first, and who goes against it is written down. */
import type { Scope } from '#base';
import type { DeploymentGate, DeploymentTraffic, TrafficInput } from '@coaia/client';
import { findGated, isOverridden, readGate } from './gate.ts';
import type { DeploymentPorts } from './ports.ts';
import { readTraffic, writeTraffic } from './registry.ts';

/** AO660 for versions that do not exist, AO661, AO662 when the gate refuses, AO665. */
export async function changeTraffic(
  ports: DeploymentPorts,
  scope: Scope,
  model: string,
  input: TrafficInput,
): Promise<DeploymentTraffic> {
  const before = await readTraffic(ports, scope, model);
  const version = findGated(before, input.change);
  const gate =
    version === undefined
      ? undefined
      : await readGate(ports, scope, { model, version, traffic: before });
  const isForced = gate !== undefined && isOverridden(gate, input);
  const traffic = await writeTraffic(ports, scope, model, {
    // What the gate was asked about is what changes.
    ...(gate === undefined ? {} : { ifRevision: before.revision }),
    ...input,
    action: isForced ? `${input.action} --force` : input.action,
  });
  if (isForced) tell(ports, scope, gate, input);
  return traffic;
}

function tell(
  { audit }: DeploymentPorts,
  { userId, publicKey, projectId }: Scope,
  { model, version, reasons }: DeploymentGate,
  { action, reason }: TrafficInput,
): void {
  const key = publicKey === undefined ? 'owner' : `key:${publicKey}`;
  audit?.({
    action: 'deployment.override',
    subject: `${model}/${version}`,
    actor: userId === undefined ? key : `user:${userId}`,
    projectId,
    detail: `${action}: ${reason ?? ''} (against: ${reasons.join(' ')})`,
  });
}

/** The gate of a version as `changeTraffic` would ask it. AO660 for a model that nobody knows. */
export async function getGate(
  ports: DeploymentPorts,
  scope: Scope,
  model: string,
  version: number,
): Promise<DeploymentGate> {
  const traffic = await readTraffic(ports, scope, model);
  return readGate(ports, scope, { model, version, traffic });
}
