/** `inference.GRPCInferenceService`: the Open Inference Protocol over a link. */
import { version as programVersion } from '#base';
import type { Prediction, RuntimeInfo } from '../../runtimes/runtime.ts';
import type { Flag } from '../../predictions/observer.ts';
import type { VersionManifest } from '../../versions/version.ts';
import { hostFailures } from '../errors.ts';
import type { LinkedModel, Target } from '../link.ts';
import { toConfigMessage, toModelConfig } from '../model-config.ts';
import { begin, TRACE } from './call.ts';
import type { CallContext } from './call.ts';
import type { LineShelf } from './line-shelf.ts';
import {
  readParameters,
  readTensors,
  toBatch,
  writeParameters,
  writeTensors,
} from './infer-message.ts';
import type { InferRequest, InferResponse, ParameterMap } from './infer-message.ts';
import { OPERATION } from './merged-call.ts';
import type { ServedModels } from './served-models.ts';

/** Metadata with which a client asks for `properties`; without it field 6 stays empty. */
export const PROPERTIES = 'coaia-properties';

interface Named {
  readonly name: string;
  readonly version: string;
}

interface RepositoryRequest {
  readonly repositoryName: string;
  readonly modelName: string;
  readonly parameters: ParameterMap;
}

/** Handlers by method. */
export function createInferenceService(models: ServedModels, takeLines: LineShelf['take']) {
  const change = async (request: RepositoryRequest, kind: 'load' | 'unload') => {
    const name = request.modelName === '' ? request.repositoryName : request.modelName;
    const version = readParameters(request.parameters)['version'] ?? '';
    await models.link[kind](await models.choose(name, String(version), () => undefined));
    return name;
  };
  return {
    ServerLive: async () => ({ live: await models.link.isLive() }),
    ServerReady: async () => ({ ready: await models.link.isLive() }),
    ModelReady: async ({ name, version }: Named) => ({
      ready: await isReady(models, name, version),
    }),
    ServerMetadata: async () => ({
      name: 'coaia',
      version: programVersion,
      extensions: ['binary_tensor_data', 'model_repository', 'model_configuration', 'statistics'],
    }),
    ModelMetadata: (request: Named, context: CallContext) => describe(models, request, context),
    ModelInfer: (request: InferRequest, context: CallContext) =>
      inferWithLines(models, takeLines, request, context),
    ModelConfig: async ({ name, version }: Named, { header }: CallContext) => {
      const target = await models.choose(name, version, header);
      const info = toInfo(models, target) ?? (await models.link.info(target));
      return { config: toConfigMessage(toModelConfig(info, models.manifest(target)?.batch)) };
    },
    ModelStatistics: async ({ name, version }: Named) => {
      const all = await models.list();
      const target = name === '' ? undefined : await models.choose(name, version, () => undefined);
      const shown = all.filter(
        (one) =>
          target === undefined ||
          (one.model === target.model && (version === '' || one.version === target.version)),
      );
      if (target !== undefined && shown.length === 0) throw unknown(target);
      return { modelStats: shown.map((one) => models.statistics.of(one)) };
    },
    RepositoryIndex: async ({ ready }: { readonly ready: boolean }, { header }: CallContext) => {
      const all = await models.list();
      const shown = all.filter(({ health }) => !ready || health.state === 'ready');
      return { models: shown.map((one) => toIndex(one, header(PROPERTIES) === '1')) };
    },
    RepositoryModelLoad: async (request: RepositoryRequest) => ({
      modelName: await change(request, 'load'),
      isLoaded: true,
    }),
    RepositoryModelUnload: async (request: RepositoryRequest) => ({
      modelName: await change(request, 'unload'),
      isUnloaded: true,
    }),
  };
}

/**
 * A version that is not loaded takes requests too, it loads at the first one; so only what is loading and what
 * failed is not ready.
 */
export async function isReady(
  models: ServedModels,
  name: string,
  version: string,
): Promise<boolean> {
  const target = await models.choose(name, version, () => undefined);
  const found = (await models.list()).filter(
    (one) =>
      one.model === target.model &&
      (target.version === undefined || one.version === target.version),
  );
  if (found.length === 0) throw unknown(target);
  return found.some(({ health }) => health.state === 'ready' || health.state === 'unloaded');
}

function unknown({ model, version }: Target) {
  const which = version === undefined ? '' : ` version ${version}`;
  return hostFailures.create('AO404', `There is no model "${model}"${which}.`, { hint: 'ao ps' });
}

/** Our own link asks for all of the health, which travels as the reason. */
function toIndex({ model, version = '', health }: LinkedModel, isWhole: boolean) {
  const reason = health.reason ?? (health.state === 'unloaded' ? 'unloaded' : '');
  return {
    name: model,
    version,
    state: STATES[health.state],
    reason: isWhole ? JSON.stringify(health) : reason,
  };
}

const STATES = {
  ready: 'READY',
  loading: 'LOADING',
  failed: 'UNAVAILABLE',
  unloaded: 'UNAVAILABLE',
} as const;

async function describe(models: ServedModels, request: Named, { header }: CallContext) {
  const target = await models.choose(request.name, request.version, header);
  const info = toInfo(models, target) ?? (await models.link.info(target));
  const versions = (await models.list()).filter(({ model }) => model === target.model);
  const toTensor = ({ name, datatype, shape }: RuntimeInfo['inputs'][number]) => ({
    name,
    datatype,
    shape: shape.map(BigInt),
  });
  return {
    name: info.model,
    versions: versions.flatMap(({ version }) => (version === undefined ? [] : [version])),
    platform: info.platform,
    inputs: info.inputs.map(toTensor),
    outputs: info.outputs.map(toTensor),
    properties: header(PROPERTIES) === '1' ? toProperties(info, models.manifest(target)) : {},
  };
}

/** What our own link knows beyond tensors. */
function toProperties({ version, signature }: RuntimeInfo, manifest: VersionManifest | undefined) {
  return {
    'coaia.version': version,
    ...(signature === undefined ? {} : { 'coaia.signature': JSON.stringify(signature) }),
    ...(manifest === undefined ? {} : { 'coaia.batch': JSON.stringify(manifest.batch) }),
  };
}

/** From the manifest, so that asking does not load anything. */
function toInfo(models: ServedModels, target: Target): RuntimeInfo | undefined {
  const manifest = models.manifest(target);
  if (manifest === undefined) return undefined;
  const { signature, model, version, platform } = manifest;
  const toTensor = (field: (typeof signature.inputs)[number]) => ({
    name: field.name,
    datatype: field.datatype,
    shape: [-1, ...field.shape],
  });
  return {
    model,
    version: String(version),
    platform,
    signature,
    inputs: signature.inputs.map(toTensor),
    outputs: signature.outputs.map(toTensor),
  };
}

/** Who asks for them gets the lines that the model printed. */
async function inferWithLines(
  models: ServedModels,
  takeLines: LineShelf['take'],
  request: InferRequest,
  context: CallContext,
): Promise<InferResponse> {
  const response = await infer(models, request, context);
  const lines = context.header(TRACE) === '1' ? takeLines(response.id) : [];
  if (lines.length === 0) return response;
  context.note({ lines });
  const coaia_lines = JSON.stringify(lines.map(({ level, text }) => ({ level, text })));
  return {
    ...response,
    parameters: { ...response.parameters, ...writeParameters({ coaia_lines }) },
  };
}

async function infer(
  models: ServedModels,
  request: InferRequest,
  context: CallContext,
): Promise<InferResponse> {
  const began = performance.now();
  const { link } = models;
  const operation = readParameters(request.parameters)[OPERATION];
  const target = await models.choose(request.modelName, request.modelVersion, context.header);
  // An explanation is no prediction, so nothing counts it as one.
  const options =
    operation === 'explain'
      ? { ...context.options(request.id), operation: 'explain' as const }
      : begin(context, target, request.id);
  const given = toBatch(readTensors(request.inputs, request.rawInputContents));
  const { batch, flags } = await models.check(target, given);
  context.note({ inputs: batch, flags });
  const prediction = await link.predict(target, batch, options);
  context.note({ prediction });
  const isRaw = request.rawInputContents.length > 0;
  const outputs = pickOutputs(prediction, request.outputs);
  const { messages, raw } = writeTensors(outputs, isRaw ? 'raw' : 'typed');
  return {
    modelName: target.model,
    modelVersion: await models.versionOf(target),
    id: options.requestId,
    parameters: writeParameters(tellOf(prediction, flags, began)),
    outputs: messages,
    rawOutputContents: raw,
  };
}

function pickOutputs({ outputs }: Prediction, wanted: InferRequest['outputs']) {
  if (wanted.length === 0) return outputs;
  return wanted.map(({ name }) => {
    const found = outputs.find((output) => output.name === name);
    if (found !== undefined) return found;
    const names = outputs.map((output) => output.name).join(', ');
    throw hostFailures.create('AO474', `There is no output "${name}"; there is: ${names}.`);
  });
}

/** Where the time went, and what there is to say about the rows. */
function tellOf({ timings, warnings }: Prediction, flags: readonly Flag[], began: number) {
  return {
    coaia_queue_ms: timings.queueMs,
    coaia_worker_ms: timings.workerMs,
    coaia_host_ms: performance.now() - began,
    coaia_batch_rows: timings.batchRows,
    ...(warnings.length === 0 ? {} : { coaia_warnings: JSON.stringify(warnings) }),
    ...(flags.length === 0 ? {} : { coaia_flags: JSON.stringify(flags) }),
  };
}
