/** Served models on a server: versions, who gets which, and the gateways that answer. Only Coaia has it. */
import type { CoaiaClient } from './client.ts';
import type { VersionEvaluation } from './version-evaluation-wire.ts';

/** A field of a model's input or output. */
export interface DeploymentField {
  readonly name: string;
  readonly type: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly required: boolean;
  readonly nullable: boolean;
  readonly levels?: readonly (string | number | boolean)[];
  /** Texts met in training by a model that takes others as well. */
  readonly seen?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly trained?: { readonly min: number; readonly max: number };
  readonly default?: unknown;
  readonly description?: string;
  readonly sensitive?: boolean;
}

export interface DeploymentSignature {
  readonly inputs: readonly DeploymentField[];
  readonly outputs: readonly DeploymentField[];
  readonly task: string;
  readonly classes?: readonly (string | number | boolean)[];
  readonly description?: string;
  readonly example: Readonly<Record<string, unknown>>;
}

/** A version as it was frozen. */
export interface DeploymentVersion {
  readonly model: string;
  readonly version: number;
  readonly digest: string;
  readonly language: string;
  readonly platform: string;
  readonly project: string;
  readonly signature: DeploymentSignature;
  readonly interpreter: {
    readonly path: string;
    readonly version: string;
    readonly packages: Readonly<Record<string, string>>;
  } | null;
  /** SHA-256 by file. */
  readonly files: Readonly<Record<string, string>>;
  readonly gitCommit: string | null;
  readonly createdAt: string;
  readonly createdBy: string | null;
  readonly notes: string | null;
}

export interface DeploymentTraffic {
  readonly champion: number;
  readonly challenger?: number;
  readonly canary?: { readonly version: number; readonly percent: number };
  readonly shadow?: number;
  readonly sticky?: string;
  readonly gate?: DeploymentGateRule;
  readonly revision: number;
}

/** What a model asks of a version before callers get it, `[model.gate]` of its `ao.toml`. */
export interface DeploymentGateRule {
  /** Only an evaluation by this metric counts; any when absent. */
  readonly metric?: string;
  /** Share of all answers (error_rate), or part of the champion's loss; that of the evaluation when absent. */
  readonly margin?: number;
  /** Groups that the evaluation must have. */
  readonly by?: readonly string[];
  /** Examples that both versions answered. */
  readonly minExamples?: number;
  /** Of the intervals, 0 to 1. */
  readonly confidence?: number;
  /** A version that was never evaluated is refused, too. */
  readonly required?: boolean;
}

export interface DeploymentTrafficChange {
  readonly champion?: number;
  readonly challenger?: number | null;
  readonly canary?: { readonly version: number; readonly percent: number } | null;
  readonly shadow?: number | null;
  readonly sticky?: string | null;
  readonly gate?: DeploymentGateRule | null;
}

/** One revision of a model's traffic and why it came. */
export interface DeploymentEvent {
  readonly revision: number;
  readonly traffic: DeploymentTraffic;
  readonly action: string;
  readonly reason: string | null;
  readonly changedAt: string;
  readonly changedBy: string | null;
}

export interface DeploymentModelState {
  readonly model: string;
  readonly version: string;
  readonly state: string;
  readonly reason?: string;
  readonly workers: number;
  readonly busy: number;
  readonly queued: number;
  readonly restarts: number;
  readonly bytes?: number;
  /** Absent while no worker runs. */
  readonly isSandboxed?: boolean;
}

/** A gateway that answers, or did. */
export interface DeploymentGateway {
  readonly id: string;
  /** Name of the `ao` project. */
  readonly name: string;
  readonly url: string;
  readonly folder: string;
  readonly host: string;
  readonly processId: number;
  /** `lost` when it has not been heard of for 15 seconds. */
  readonly state: 'ready' | 'starting' | 'stopped' | 'lost';
  readonly link: string;
  /** True where callers need a key. */
  readonly isLocked: boolean;
  readonly models: readonly DeploymentModelState[];
  /** `[monitor]` of its project: window, chance of a false alarm in a month, and metrics that drift is judged by. */
  readonly monitor?: {
    readonly windowHours: number;
    readonly alert?: number;
    readonly metrics?: string;
  };
  readonly startedAt: string;
  readonly seenAt: string;
}

export interface DeploymentModel {
  readonly name: string;
  readonly project: string;
  readonly language: string;
  readonly latest: number;
  readonly versionCount: number;
  readonly traffic: DeploymentTraffic | null;
  readonly gateways: readonly DeploymentGateway[];
  readonly updatedAt: string;
}

export interface DeploymentModelDetail extends DeploymentModel {
  /** Newest first. */
  readonly versions: readonly DeploymentVersion[];
  /** Newest first. */
  readonly history: readonly DeploymentEvent[];
}

export interface VersionInput {
  /** The version's manifest, as its folder holds it. */
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly folder: string;
  /** In force from the first version of a model on; later ones change it by `changeTraffic`. */
  readonly gate?: DeploymentGateRule;
}

export interface TrafficInput {
  readonly change: DeploymentTrafficChange;
  readonly action: string;
  readonly reason?: string;
  /** Refused when the traffic has another revision by now. */
  readonly ifRevision?: number;
  /** Refuse a version that was never evaluated, too. */
  readonly gate?: boolean;
  /** Change although the gate refuses; needs a reason, and is written to the audit log. */
  readonly force?: boolean;
}

/** Whether the newest evaluation lets a version in front of callers. */
export interface DeploymentGate {
  readonly model: string;
  readonly version: number;
  /** Who answers now. */
  readonly champion: number;
  /** The rule in force; absent: what the evaluation itself asked for. */
  readonly rule?: DeploymentGateRule;
  /** `unknown`: it was never compared with another version. */
  readonly verdict: 'passes' | 'refuses' | 'unknown';
  /** Sentences: why not, or what the answer rests on. */
  readonly reasons: readonly string[];
  /** The evaluation it rests on, with its groups and intervals. */
  readonly evaluation: VersionEvaluation | null;
}

export interface RollbackInput {
  readonly reason?: string;
  /** Back to the traffic of exactly this revision, canary and shadow included. */
  readonly revision?: number;
  /** Refused when the traffic has another revision by now. */
  readonly ifRevision?: number;
}

export interface GatewayInput {
  readonly name: string;
  readonly url: string;
  readonly folder: string;
  readonly host: string;
  readonly processId: number;
  readonly state: 'ready' | 'starting' | 'stopped';
  readonly link: string;
  readonly models: readonly DeploymentModelState[];
  readonly monitor?: DeploymentGateway['monitor'];
  /** Of a gateway that asks for keys: what the server signs its own calls with. Never answered. */
  readonly callSecret?: string;
  readonly startedAt: string;
}

/** The calls about served models, the same over the embedded store and over HTTP. */
export interface DeploymentsApi {
  listDeployments(): Promise<{ readonly data: readonly DeploymentModel[] }>;
  getDeployment(model: string): Promise<DeploymentModelDetail>;
  /** The same version again changes nothing; other contents under its number are refused. */
  registerVersion(input: VersionInput): Promise<DeploymentVersion>;
  changeTraffic(model: string, input: TrafficInput): Promise<DeploymentTraffic>;
  /** Whether the version may answer callers; `changeTraffic` asks the same. */
  getGate(model: string, version: number): Promise<DeploymentGate>;
  /** Back to the champion before, or to the traffic of a revision. */
  rollBack(model: string, input: RollbackInput): Promise<DeploymentTraffic>;
  announceGateway(id: string, input: GatewayInput): Promise<{ readonly id: string }>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createDeploymentsApi(client: Pick<CoaiaClient, 'request'>): DeploymentsApi {
  const area = 'v1';
  const models = ['deployments'];
  return {
    listDeployments: () => client.request('GET', models, { area }),
    getDeployment: (model) => client.request('GET', [...models, model], { area }),
    registerVersion: (body) =>
      client.request('POST', [...models, String(body.manifest['model']), 'versions'], {
        body,
        area,
        isRepeatable: true,
      }),
    changeTraffic: (model, body) =>
      client.request('POST', [...models, model, 'traffic'], { body, area }),
    getGate: (model, version) =>
      client.request('GET', [...models, model, 'versions', String(version), 'gate'], { area }),
    rollBack: (model, body) =>
      client.request('POST', [...models, model, 'rollback'], { body, area }),
    announceGateway: (id, body) =>
      client.request('PUT', ['deployment-gateways', id], { body, area }),
  };
}

/** Questions to served models through a server. */
export interface ModelCallsApi {
  /** One row or an array of rows; the answer is the gateway's. Refused with its status. */
  predict(
    model: string,
    input: { readonly data: unknown; readonly version?: string },
  ): Promise<Readonly<Record<string, unknown>>>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createModelCallsApi(client: Pick<CoaiaClient, 'request'>): ModelCallsApi {
  return {
    predict: (model, body) =>
      client.request('POST', ['deployments', model, 'predict'], { body, area: 'v1' }),
  };
}
