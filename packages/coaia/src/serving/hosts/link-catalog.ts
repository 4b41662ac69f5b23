/** A catalog of what another server of the protocol serves, so that it can stand behind our gateway. */
import type { Field, Signature } from '../signatures/signature.ts';
import type { Datatype } from '../tensors/tensor.ts';
import { DATATYPES } from '../tensors/tensor.ts';
import type { RuntimeInfo } from '../runtimes/runtime.ts';
import type { CatalogModel, ModelCatalog } from '../versions/catalog.ts';
import type { VersionManifest } from '../versions/version.ts';
import { hostFailures } from './errors.ts';
import type { ModelLink } from './link.ts';

/**
 * One version of each model: the one that the server chooses. `names` may be left out for servers that list their
 * models. The signature is made of tensors: names, types and shapes, nothing of levels and ranges. Fails with AO404
 * for a name that the server does not have, AO473 for tensors that have no type of ours.
 */
export async function openLinkCatalog(
  link: ModelLink,
  names?: readonly string[],
): Promise<ModelCatalog> {
  const asked = names ?? [...new Set((await link.list()).map(({ model }) => model))];
  const models = await Promise.all(
    asked.map(async (name) => toModel(name, await link.info({ model: name }))),
  );
  return {
    list: () => models,
    find: (name) => models.find((model) => model.name === name),
    onChange: () => () => {},
  };
}

function toModel(name: string, info: RuntimeInfo): CatalogModel {
  // Servers may name versions as they like; ours are numbers.
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
    batch: { enabled: inputs.every(({ shape }) => shape[0] === -1), maxRows: 64, maxWaitMs: 0 },
    files: {},
    createdAt: new Date(0).toISOString(),
  };
}

/** The first length of every shape counts rows. */
export function toSignature({ inputs, outputs }: RuntimeInfo): Signature {
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
