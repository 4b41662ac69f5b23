/** Use cases of versions, traffic and gateways over the store. */
import { toIso } from '#base';
import type { Scope } from '#base';
import type { ServingTrafficRow, Transaction } from '#store';
import type {
  DeploymentModel,
  DeploymentModelDetail,
  DeploymentTraffic,
  DeploymentVersion,
  RollbackInput,
  TrafficInput,
  VersionInput,
} from '@coaia/client';
import { versionFailures } from './errors.ts';
import { GATEWAY_MEMORY_MS } from './announce-gateway.ts';
import type { DeploymentPorts } from './ports.ts';
import {
  addTraffic,
  readCurrentTraffic,
  readGateways,
  readTrafficHistory,
  readVersions,
} from './storage.ts';
import { changeTraffic } from './traffic.ts';
import type { Traffic } from './traffic.ts';
import type { VersionManifest } from './version.ts';
import { toEvent, toGateway, toModel, toModels, toVersion } from './wire.ts';

const HISTORY = 200;

/** Every model of the project. */
export async function listDeployments(
  { db, clock }: DeploymentPorts,
  scope: Scope,
): Promise<{ readonly data: readonly DeploymentModel[] }> {
  const [versions, traffic, gateways] = await Promise.all([
    readVersions(db, scope.projectId),
    readCurrentTraffic(db, scope.projectId),
    readGateways(db, scope.projectId, clock() - GATEWAY_MEMORY_MS),
  ]);
  const seen = gateways.map((row) => toGateway(row, clock()));
  return { data: toModels(versions, traffic, seen) };
}

/** One model with versions and history. AO660 when there is no such model. */
export async function getDeployment(
  { db, clock }: DeploymentPorts,
  scope: Scope,
  name: string,
): Promise<DeploymentModelDetail> {
  const [versions, history, gateways] = await Promise.all([
    readVersions(db, scope.projectId, name),
    readTrafficHistory(db, scope.projectId, name, HISTORY),
    readGateways(db, scope.projectId, clock() - GATEWAY_MEMORY_MS),
  ]);
  if (versions.length === 0) throw toUnknown(name);
  const seen = gateways.map((row) => toGateway(row, clock()));
  return {
    ...toModel(versions, history[0], seen),
    versions: versions.map(toVersion),
    history: history.map(toEvent),
  };
}

/** Makes a version known; its first one becomes champion. AO660, AO664. */
export async function registerVersion(
  { db, clock }: DeploymentPorts,
  scope: Scope,
  input: VersionInput,
): Promise<DeploymentVersion> {
  const manifest = input.manifest as unknown as VersionManifest;
  const { model, version, digest } = manifest;
  return db.write(async (tx) => {
    // Two that freeze at the same time must not write one number both.
    await tx.lock([`serving-versions:${scope.projectId}:${model}`]);
    const known = await readVersions(tx, scope.projectId, model);
    const same = known.find((one) => one.version === version);
    if (same !== undefined && same.digest !== digest)
      throw versionFailures.create(
        'AO664',
        `Version ${version} of ${model} is known with other contents (${same.digest.slice(0, 12)}), so ${digest.slice(0, 12)} cannot have its number.`,
        { hint: 'ao deploy' },
      );
    const row = {
      project_id: scope.projectId,
      model,
      version,
      digest,
      language: manifest.language,
      folder: input.folder,
      manifest: JSON.stringify(manifest),
      created_at: same?.created_at ?? clock(),
      created_by: same?.created_by ?? scope.userId ?? scope.publicKey ?? null,
      notes: manifest.notes ?? null,
    };
    await tx.upsert('serving_versions', [row]);
    await tx.addChanges(scope.projectId, [{ kind: 'model', id: model }]);
    const first: Traffic = {
      champion: version,
      ...(input.gate === undefined ? {} : { gate: input.gate }),
      revision: 1,
    };
    if (known.length === 0) await addFirst(tx, row.project_id, model, first, clock());
    return toVersion(row);
  });
}

async function addFirst(
  tx: Transaction,
  projectId: string,
  model: string,
  traffic: Traffic,
  now: number,
): Promise<void> {
  const [current] = await readTrafficHistory(tx, projectId, model, 1);
  if (current !== undefined) return;
  await addTraffic(tx, toRow(projectId, model, traffic, { action: 'first', now }));
}

interface Why {
  readonly action: string;
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
  readonly now: number;
}

function toRow(projectId: string, model: string, traffic: Traffic, why: Why): ServingTrafficRow {
  return {
    project_id: projectId,
    model,
    revision: traffic.revision,
    traffic: JSON.stringify(traffic),
    action: why.action,
    reason: why.reason ?? null,
    changed_at: why.now,
    changed_by: why.by ?? null,
  };
}

/** Who gets which version now. AO660 when there is no such model. */
export async function readTraffic(
  { db }: DeploymentPorts,
  { projectId }: Scope,
  model: string,
): Promise<Traffic> {
  const [row] = await readTrafficHistory(db, projectId, model, 1);
  if (row === undefined) throw toUnknown(model);
  return JSON.parse(row.traffic) as Traffic;
}

/** Adds a revision to the traffic. AO660 for versions that do not exist, AO661, AO665. */
export async function writeTraffic(
  { db, clock }: DeploymentPorts,
  scope: Scope,
  model: string,
  input: TrafficInput,
): Promise<DeploymentTraffic> {
  return db.write(async (tx) => {
    const [history, versions] = await Promise.all([
      readTrafficHistory(tx, scope.projectId, model, 1),
      readVersions(tx, scope.projectId, model),
    ]);
    const before = history[0];
    if (before === undefined) throw toUnknown(model);
    const numbers = new Set(versions.map(({ version }) => version));
    for (const version of listVersions(input))
      if (!numbers.has(version)) throw toUnknownVersion(model, version, numbers);
    if (input.ifRevision !== undefined && input.ifRevision !== before.revision)
      throw toOvertaken(model);
    const next = changeTraffic(JSON.parse(before.traffic) as Traffic, input.change);
    const why = {
      action: input.action,
      reason: input.reason,
      by: scope.userId ?? scope.publicKey,
      now: clock(),
    };
    if (!(await addTraffic(tx, toRow(scope.projectId, model, next, why)))) throw toOvertaken(model);
    await tx.addChanges(scope.projectId, [{ kind: 'model', id: model }]);
    return next;
  });
}

function listVersions({ change }: TrafficInput): readonly number[] {
  return [change.champion, change.challenger, change.canary?.version, change.shadow].filter(
    (version) => typeof version === 'number',
  );
}

/**
 * Back to the last other champion, without canary and shadow, or to the traffic of a revision. What callers had
 * before is not asked about again. AO663 when there is nothing to go back to, AO665.
 */
export async function rollBack(
  ports: DeploymentPorts,
  scope: Scope,
  model: string,
  { reason, revision, ifRevision }: RollbackInput,
): Promise<DeploymentTraffic> {
  const history = await readTrafficHistory(ports.db, scope.projectId, model, HISTORY);
  const [now, ...earlier] = history.map(({ traffic }) => JSON.parse(traffic) as Traffic);
  if (now === undefined) throw toUnknown(model);
  const before = earlier.find((one) =>
    revision === undefined ? one.champion !== now.champion : one.revision === revision,
  );
  if (before === undefined) throw toNowhere(model, now, revision);
  const { champion, challenger = null, canary = null, shadow = null, sticky = null } = before;
  return writeTraffic(ports, scope, model, {
    change:
      revision === undefined
        ? { champion, canary: null, shadow: null }
        : { champion, challenger, canary, shadow, sticky },
    action: 'rollback',
    ifRevision: ifRevision ?? now.revision,
    ...(reason === undefined ? {} : { reason }),
  });
}

/** A version was sent to the address of another model. */
export function toMismatch(model: string, other: string) {
  return versionFailures.create(
    'AO661',
    `This is the address of ${model}, and the manifest is one of ${other}.`,
    { hint: 'ao deploy' },
  );
}

function toUnknown(model: string) {
  return versionFailures.create('AO660', `There is no model ${model} with versions here.`, {
    hint: 'ao run up',
    details: { model, at: toIso(Date.now()) },
  });
}

function toNowhere(model: string, { champion }: Traffic, revision: number | undefined) {
  const why =
    revision === undefined
      ? `${model} has only ever had version ${champion} as champion; there is nothing to go back to.`
      : `The traffic of ${model} has no earlier revision ${revision}.`;
  return versionFailures.create('AO663', why, { hint: 'ao versions --history' });
}

function toUnknownVersion(model: string, version: number, numbers: ReadonlySet<number>) {
  const there = [...numbers].toSorted((a, b) => a - b).join(', ');
  return versionFailures.create(
    'AO660',
    `${model} has no version ${version}; there is ${there === '' ? 'none' : there}.`,
    { hint: 'ao versions' },
  );
}

function toOvertaken(model: string) {
  return versionFailures.create(
    'AO665',
    `The traffic of ${model} was changed by somebody else a moment ago; nothing was changed now.`,
    { hint: 'ao versions' },
  );
}
