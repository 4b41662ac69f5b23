/** The Open Inference Protocol v2 over HTTP, with the binary tensor, repository, statistics and generate extensions. */
import { isObject } from '#base';
import { hostFailures } from '../../hosts/errors.ts';
import { toModelConfig } from '../../hosts/model-config.ts';
import type { Handle } from '../addresses.ts';
import { toPredictions, toValues } from '../answer-values.ts';
import { gatewayFailures } from '../errors.ts';
import { toJson } from '../answer.ts';
import type { Exchange } from '../exchange.ts';
import { isModelReady, notReady, readHealth } from '../health.ts';
import { choose, predictRows } from '../predict.ts';
import type { Answered } from '../predict.ts';
import { fromRows } from '../read-input.ts';
import { toCallerId } from '../../predictions/request-ids.ts';
import { parseJson, readBody } from '../request-body.ts';
import { readWanted, toInferAnswer } from './oip-answer.ts';
import { fromTensors, readTensors } from './oip-tensors.ts';

const EXTENSIONS = [
  'binary_tensor_data',
  'model_repository',
  'model_configuration',
  'statistics',
  'generate',
];

/** `GET /v2`. */
export const showServer: Handle = ({ programVersion }) =>
  toJson({ name: 'coaia', version: programVersion, extensions: EXTENSIONS });

/** `GET /v2/health/live`. */
export const showLive: Handle = async ({ link }) => {
  const isLive = await link.isLive().catch(() => false);
  return notReady(isLive, { live: isLive });
};

/** `GET /v2/health/ready`. */
export const showReady: Handle = async (gateway) => {
  const { isReady } = await readHealth(gateway);
  return notReady(isReady, { ready: isReady });
};

/** `GET /v2/models/M[/versions/V]`. */
export const showModel: Handle = async (gateway, exchange, target) => {
  const { model, manifest } = choose(gateway, exchange, target);
  const info = await gateway.link.info({ model: model.name, version: String(manifest.version) });
  return toJson({
    name: model.name,
    versions: [...model.versions.keys()].map(String),
    platform: info.platform,
    inputs: info.inputs,
    outputs: info.outputs,
  });
};

/** `GET /v2/models/M[/versions/V]/config`, as Triton's extension has it. */
export const showConfig: Handle = async (gateway, exchange, target) => {
  const { model, manifest } = choose(gateway, exchange, target);
  const info = await gateway.link.info({ model: model.name, version: String(manifest.version) });
  return toJson(toModelConfig(info, manifest.batch));
};

/** `GET /v2/models/M[/versions/V]/ready`. */
export const showModelReady: Handle = async (gateway, exchange, target) => {
  const { model, manifest } = choose(gateway, exchange, target);
  const asked = target.version === undefined ? undefined : String(manifest.version);
  const ready = await isModelReady(gateway, model.name, asked);
  return notReady(ready, { name: model.name, ready });
};

/** `POST /v2/models/M[/versions/V]/infer`. */
export const infer: Handle = async (gateway, exchange, target) => {
  const bytes = await readBody(exchange.incoming, gateway.bodyBytes);
  const length = readHeadLength(exchange, bytes);
  const body = parseJson(bytes.subarray(0, length));
  if (!isObject(body)) throw gatewayFailures.create('AO414', 'The body is no inference request.');
  const id = readId(exchange, body['id']);
  const tensors = readTensors(body['inputs'], bytes.subarray(length));
  const answered = await predictRows(gateway, exchange, target, fromTensors(tensors));
  const head = {
    model_name: answered.model.name,
    model_version: String(answered.manifest.version),
    ...(id === undefined ? {} : { id }),
    ...toNotes(exchange, answered),
  };
  return toInferAnswer(head, answered.prediction.outputs, readWanted(body));
};

/** Bytes of JSON before the raw tensors; everything when the header is absent. */
function readHeadLength({ headers }: Exchange, bytes: Buffer): number {
  const header = headers['inference-header-content-length'];
  if (header === undefined) return bytes.length;
  const length = Number(header);
  if (Number.isSafeInteger(length) && length >= 0 && length <= bytes.length) return length;
  throw hostFailures.create(
    'AO474',
    `Inference-Header-Content-Length is ${String(header)}; the body has ${bytes.length} bytes.`,
  );
}

/** The caller's id is the id of the request, unless a header names another one. */
function readId(exchange: Exchange, id: unknown): string | undefined {
  if (typeof id !== 'string' || id === '') return undefined;
  const { headers } = exchange;
  if (headers['x-request-id'] === undefined && headers['inference-request-id'] === undefined)
    exchange.requestId = toCallerId(id) ?? exchange.requestId;
  return id;
}

/** What the protocol has no field for. */
function toNotes({ traceId }: Exchange, { input, prediction }: Answered) {
  const flags = input.flags.length === 0 ? {} : { flags: JSON.stringify(input.flags) };
  const { warnings } = prediction;
  const warned = warnings.length === 0 ? {} : { warnings: warnings.join('\n') };
  return { parameters: { trace_id: traceId, ...flags, ...warned } };
}

/** `POST /v2/models/M[/versions/V]/generate`: one row as an object, its outputs as members of the answer. */
export const generate: Handle = async (gateway, exchange, target) => {
  const body = parseJson(await readBody(exchange.incoming, gateway.bodyBytes));
  if (!isObject(body)) throw gatewayFailures.create('AO414', 'The body is no object of inputs.');
  const { id, parameters: _parameters, ...row } = body;
  readId(exchange, id);
  const answered = await predictRows(gateway, exchange, target, fromRows([row]));
  const { outputs } = answered.prediction;
  const [first] = toPredictions(outputs, answered.manifest.signature);
  const members =
    isObject(first) && outputs.length > 1
      ? first
      : Object.fromEntries(outputs.map((one) => [one.name, toValues(one)[0]]));
  return toJson({
    ...(typeof id === 'string' ? { id } : {}),
    model_name: answered.model.name,
    model_version: String(answered.manifest.version),
    ...members,
  });
};
