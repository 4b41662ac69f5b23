/** Rows of versions, traffic and gateways as they cross the wire. */
import { toIso } from '#base';
import type { ServingGatewayRow, ServingTrafficRow, ServingVersionRow } from '#store';
import type {
  DeploymentEvent,
  DeploymentGateway,
  DeploymentModel,
  DeploymentModelState,
  DeploymentTraffic,
  DeploymentVersion,
} from '@coaia/client';
import type { VersionManifest } from './version.ts';

/** A gateway tells every five seconds that it lives; three missed signs and it counts as lost. */
const LOST_AFTER_MS = 15_000;

export function toVersion(row: ServingVersionRow): DeploymentVersion {
  const manifest = JSON.parse(row.manifest) as VersionManifest;
  return {
    model: row.model,
    version: row.version,
    digest: row.digest,
    language: row.language,
    platform: manifest.platform,
    project: manifest.project,
    signature: manifest.signature,
    interpreter: manifest.interpreter ?? null,
    files: manifest.files,
    gitCommit: manifest.gitCommit ?? null,
    createdAt: toIso(row.created_at),
    createdBy: row.created_by,
    notes: row.notes,
  };
}

export function toEvent(row: ServingTrafficRow): DeploymentEvent {
  return {
    revision: row.revision,
    traffic: JSON.parse(row.traffic) as DeploymentTraffic,
    action: row.action,
    reason: row.reason,
    changedAt: toIso(row.changed_at),
    changedBy: row.changed_by,
  };
}

interface GatewayDetail {
  readonly link: string;
  readonly models: readonly DeploymentModelState[];
  readonly isLocked?: boolean;
  readonly monitor?: DeploymentGateway['monitor'];
}

export function toGateway(row: ServingGatewayRow, now: number): DeploymentGateway {
  const { link, models, monitor, isLocked = false } = JSON.parse(row.detail) as GatewayDetail;
  const isSilent = row.state !== 'stopped' && now - row.seen_at > LOST_AFTER_MS;
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    folder: row.folder,
    host: row.host,
    processId: row.process_id,
    state: isSilent ? 'lost' : (row.state as DeploymentGateway['state']),
    link,
    isLocked,
    models,
    ...(monitor === undefined ? {} : { monitor }),
    startedAt: toIso(row.started_at),
    seenAt: toIso(row.seen_at),
  };
}

/** One model out of its versions, newest first, of which there is at least one. */
export function toModel(
  versions: readonly ServingVersionRow[],
  traffic: ServingTrafficRow | undefined,
  gateways: readonly DeploymentGateway[],
): DeploymentModel {
  const [newest] = versions;
  if (newest === undefined) throw new TypeError('a model has at least one version');
  const { project } = JSON.parse(newest.manifest) as VersionManifest;
  return {
    name: newest.model,
    project,
    language: newest.language,
    latest: newest.version,
    versionCount: versions.length,
    traffic: traffic === undefined ? null : (JSON.parse(traffic.traffic) as DeploymentTraffic),
    gateways: listOwn(gateways, newest.model, project),
    updatedAt: toIso(Math.max(newest.created_at, traffic?.changed_at ?? 0)),
  };
}

/** The gateways of a model. One that was stopped stands until its project runs again, so that it can be started. */
function listOwn(
  gateways: readonly DeploymentGateway[],
  model: string,
  project: string,
): readonly DeploymentGateway[] {
  const own = gateways.filter(
    ({ models, state, name }) =>
      models.some((one) => one.model === model) || (state === 'stopped' && name === project),
  );
  return own.filter(
    ({ state, host, folder, startedAt }) =>
      state === 'ready' ||
      !own.some((one) => one.host === host && one.folder === folder && one.startedAt > startedAt),
  );
}

/** All models by name. */
export function toModels(
  versions: readonly ServingVersionRow[],
  traffic: readonly ServingTrafficRow[],
  gateways: readonly DeploymentGateway[],
): readonly DeploymentModel[] {
  const byModel = Map.groupBy(versions, ({ model }) => model);
  return [...byModel].map(([model, rows]) =>
    toModel(
      rows,
      traffic.find((row) => row.model === model),
      gateways,
    ),
  );
}
