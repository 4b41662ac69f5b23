/** A catalog of what another server of the protocol serves, so that it can stand behind our gateway. */
import type { Field, Signature } from '../signatures/signature.ts';
import type { Datatype } from '../tensors/tensor.ts';
import { DATATYPES } from '../tensors/tensor.ts';
import type { RuntimeInfo } from '../runtimes/runtime.ts';
import { takesAnyRows } from './grpc/model-metadata.ts';
import type { CatalogModel, ModelCatalog } from '../versions/catalog.ts';
import type { VersionManifest } from '../versions/version.ts';
import { hostFailures } from './errors.ts';
import type { LinkedModel, ModelLink, Target } from './link.ts';

export interface RemoteModels {
  readonly catalog: ModelCatalog;
  /** The link in the catalog's words: servers name versions as they like, or not at all; ours are numbers. */
  readonly link: ModelLink;
}

/**
 * One version of each model: the one that the server chooses. `names` may be left out for servers that list their
 * models. The signature is made of tensors: names, types and shapes, nothing of levels and ranges. Fails with AO404
 * for a name that the server does not have, AO473 for tensors that have no type of ours.
 */
export async function openLinkCatalog(
  link: ModelLink,
  names?: readonly string[],
): Promise<RemoteModels> {
  const asked = names ?? [...new Set((await link.list()).map(({ model }) => model))];
  const infos = await Promise.all(
    asked.map(async (name) => [name, await link.info({ model: name })] as const),
  );
  const models = infos.map(([name, info]) => toModel(name, info));
  const versions = new Map(infos.map(([name, { version }]) => [name, version]));
  const catalog: ModelCatalog = {
    list: () => models,
    find: (name) => models.find((model) => model.name === name),
    onChange: () => () => {},
  };
  return { catalog, link: rename(link, versions, models) };
}

/** Asks for the server's own version, and for none where it has none. */
function rename(
  link: ModelLink,
  versions: ReadonlyMap<string, string>,
  models: readonly CatalogModel[],
): ModelLink {
  const toServer = ({ model }: Target): Target => {
    const version = versions.get(model) ?? '';
    return version === '' ? { model } : { model, version };
  };
  return {
    kind: link.kind,
    list: () => listOwn(link, models, toServer),
    info: (target) => link.info(toServer(target)),
    predict: (target, batch, options) => link.predict(toServer(target), batch, options),
    load: (target) => link.load(toServer(target)),
    unload: (target) => link.unload(toServer(target)),
    isLive: () => link.isLive(),
    close: () => link.close(),
  };
}

/**
 * Health of the catalog's models under its own numbers: servers may list other names for their versions than they
 * take, and servers without a repository list nothing.
 */
async function listOwn(
  link: ModelLink,
  models: readonly CatalogModel[],
  toServer: (target: Target) => Target,
): Promise<readonly LinkedModel[]> {
  const listed = await link.list();
  return Promise.all(
    models.map(async ({ name, traffic }) => {
      const version = String(traffic.champion);
      const own = listed.filter(({ model }) => model === name);
      const found = own.find((one) => one.version === version) ?? own.at(-1);
      if (found !== undefined) return { model: name, version, health: found.health };
      const isReady = await link.isReady?.(toServer({ model: name })).catch(() => false);
      const state = isReady === true ? 'ready' : 'unloaded';
      return { model: name, version, health: { ...SILENT, state } as const };
    }),
  );
}

/** Another server does not tell its workers. */
const SILENT = { workers: 0, busy: 0, queued: 0, restarts: 0, bytes: undefined } as const;

function toModel(name: string, info: RuntimeInfo): CatalogModel {
  const version = /^[1-9]\d{0,8}$/u.test(info.version) ? Number(info.version) : 1;
  const signature = info.signature ?? toSignature(info);
  return {
    name,
    traffic: { champion: version, revision: 1 },
    versions: new Map([[version, toManifest(name, version, info, signature)]]),
  };
}

function toManifest(
  model: string,
  version: number,
  { platform, inputs }: RuntimeInfo,
  signature: Signature,
): VersionManifest {
  return {
    format: 1,
    project: 'remote',
    model,
    version,
    digest: '',
    sourceDigest: '',
    language: 'onnx',
    platform,
    style: 'object',
    signature,
    rules: { onNa: 'reject', outOfRange: 'flag' },
    workers: 0,
    preload: false,
    timeoutMs: 10_000,
    maxQueue: 1000,
    batch: { enabled: takesAnyRows(inputs), maxRows: 64, maxWaitMs: 0 },
    files: {},
    createdAt: new Date(0).toISOString(),
  };
}

/** The first length of every shape counts rows. */
export function toSignature({
  inputs,
  outputs,
}: Pick<RuntimeInfo, 'inputs' | 'outputs'>): Signature {
  const fields = inputs.map(toField);
  return {
    inputs: fields,
    outputs: outputs.map(toField),
    task: 'other',
    example: Object.fromEntries(fields.map((field) => [field.name, toExample(field)])),
  };
}

function toField({ name, datatype, shape }: RuntimeInfo['inputs'][number]): Field {
  const known = DATATYPES.find((one) => one === datatype);
  if (known === undefined)
    throw hostFailures.create('AO473', `${name}: ${datatype} is no datatype that we can send.`);
  return {
    name,
    type: typeOf(known),
    datatype: known,
    shape: shape.slice(1),
    required: true,
    nullable: false,
    evidence: 'object',
  };
}

function typeOf(datatype: Datatype): Field['type'] {
  if (datatype === 'BOOL') return 'boolean';
  if (datatype === 'BYTES') return 'string';
  return datatype.startsWith('FP') ? 'number' : 'integer';
}

const EXAMPLES = { boolean: false, string: '' } as const;

function toExample({ type, shape }: Field): unknown {
  const one = type === 'boolean' || type === 'string' ? EXAMPLES[type] : 0;
  const nest = ([length, ...rest]: readonly number[]): unknown =>
    length === undefined ? one : Array.from({ length: Math.max(length, 1) }, () => nest(rest));
  return nest(shape);
}
