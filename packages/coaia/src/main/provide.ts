/** Gives routes what they declare in `needs`, over one open store. */
import { accessPorts, toAccessPorts } from '#access';
import type { AccessPorts } from '#access';
import { systemClock } from '#base';
import type { Clock } from '#base';
import type { BlobStore } from '#blobs';
import { curationPorts, evaluationPorts, fineTuningPorts } from '#curation';
import type { Egress } from '#egress';
import { modelPorts } from '#models';
import type { SecretBox } from '#models';
import {
  createRecorder,
  exportPorts,
  mediaPorts,
  observabilityPorts,
  openMediaFinder,
  retentionPorts,
  userPorts,
} from '#observability';
import type { ObservabilityPorts, RetentionPorts, UserPorts } from '#observability';
import { callPorts, deploymentPorts, deskPorts, predictionPorts } from '#serving';
import type { DeploymentPorts, DeskPorts } from '#serving';
import { stashPorts } from '#stash';
import type { StashPorts } from '#stash';
import { templatePorts } from '#pipelines';
import type { TemplatePorts } from '#pipelines';
import type { Database } from '#store';
import type { Need } from '#surface';
import { toEvaluationPorts, toModelPorts } from './open-evaluations.ts';
import { toCallPorts } from './open-calls.ts';
import { toExportPorts } from './open-exports.ts';
import { actionNames } from './open-templates.ts';
import type { Pipelines } from './open-pipelines.ts';
import { toFineTuningPorts } from './open-fine-tuning.ts';
import type { TrainingRules } from './open-fine-tuning.ts';
import type { ExportRules } from './open-exports.ts';
import { listPipelinePorts } from './provide-pipelines.ts';
import { listServicePorts } from './provide-services.ts';
import type { ServiceProvisions } from './provide-services.ts';

/** What the server opens besides the store. */
export interface Provisions extends ServiceProvisions {
  readonly db: Database;
  /** Administration that tells a running server of its changes; over the store alone when absent. */
  readonly administration?: AccessPorts;
  readonly blobs: BlobStore;
  readonly clock?: Clock;
  /** COAIA_STRICT=langfuse. */
  readonly isStrict?: boolean;
  /** Address of the server when it is not the one that requests name. */
  readonly publicUrl?: string | undefined;
  /** The way out of this machine, and the keys of secrets; without both there are no models. */
  readonly egress?: Pick<Egress, 'fetch'>;
  readonly secrets?: SecretBox;
  /** Where projects may export to beside public buckets. */
  readonly exports?: ExportRules;
  /** Runs of pipelines; over this store without a worker when absent. */
  readonly pipelines?: Pipelines;
  /** Where projects of dropped model files lie, and how `ao` is run; nowhere when absent. */
  readonly desk?: Pick<DeskPorts, 'folder' | 'ao'>;
  /** How this machine trains; not at all when absent. */
  readonly training?: TrainingRules;
}

/** Looks a need up by name; a route whose need nobody provides is a defect and stops the server's start. */
export function createProvider({
  db,
  blobs,
  administration,
  clock = systemClock,
  isStrict = false,
  publicUrl,
  egress,
  secrets,
  exports = { exportHosts: [] },
  pipelines,
  desk = { folder: '', ao: { line: [], env: {} } },
  training = { command: undefined, folder: '' },
  ...services
}: Provisions): (need: Need<unknown>) => unknown {
  const ports: ObservabilityPorts = { db, clock, isStrict };
  const media = { ...ports, blobs, ...(publicUrl === undefined ? {} : { publicUrl }) };
  const access = administration ?? toAccessPorts({ db, clock });
  const provided = new Map<string, unknown>([
    [accessPorts.name, access],
    [observabilityPorts.name, ports],
    [mediaPorts.name, media],
    [retentionPorts.name, { ...ports, blobs } satisfies RetentionPorts],
    [userPorts.name, { ...ports, blobs, audit: access.audit } satisfies UserPorts],
    [templatePorts.name, { db, clock, actions: actionNames } satisfies TemplatePorts],
    [stashPorts.name, { db, clock, ...services.stash } satisfies StashPorts],
    [deploymentPorts.name, { db, clock, audit: access.audit, secrets } satisfies DeploymentPorts],
    [predictionPorts.name, { db, clock, recorder: createRecorder({ db, clock }) }],
    [deskPorts.name, { db, clock, ...desk } satisfies DeskPorts],
    [curationPorts.name, { db, clock, findMedia: openMediaFinder(media) }],
  ]);
  const provide = (need: Need<unknown>): unknown => {
    const api = provided.get(need.name);
    if (api === undefined) throw new TypeError(`nothing provides ${need.name}`);
    return typeof api === 'function' ? (api as () => unknown)() : api;
  };
  if (egress !== undefined && secrets !== undefined) {
    const models = toModelPorts({ db, clock, egress, secrets });
    provided.set(modelPorts.name, models);
    provided.set(callPorts.name, toCallPorts({ db, clock, egress, secrets, ...services }));
    for (const [name, open] of listServicePorts(models, services)) provided.set(name, open);
    provided.set(fineTuningPorts.name, toFineTuningPorts(models, training));
    provided.set(evaluationPorts.name, toEvaluationPorts(models));
    provided.set(exportPorts.name, toExportPorts({ db, clock, egress, secrets, ...exports }));
    const parts = { db, clock, blobs, egress, secrets, provide };
    for (const [name, open] of listPipelinePorts(parts, pipelines)) provided.set(name, open);
  }
  return provide;
}
