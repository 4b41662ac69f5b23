/** Answers to inference requests: tensors in JSON, or as bytes behind it where the caller wants that. */
import { isObject } from '#base';
import { hostFailures } from '../../hosts/errors.ts';
import { encodeTensors } from '../../tensors/binary.ts';
import type { Tensor, Value } from '../../tensors/tensor.ts';
import { toJsonValue } from '../answer-values.ts';
import { toJson } from '../answer.ts';
import type { Answer } from '../answer.ts';

export interface InferHead {
  readonly model_name: string;
  readonly model_version: string;
  readonly id?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Which outputs the caller wants, and which of them as bytes. */
export interface Wanted {
  readonly names: readonly string[] | undefined;
  readonly isBinary: (name: string) => boolean;
}

/** Reads `outputs` and `parameters.binary_data_output` of a request. */
export function readWanted(body: Readonly<Record<string, unknown>>): Wanted {
  const { outputs, parameters } = body;
  const isAllBinary = isObject(parameters) && parameters['binary_data_output'] === true;
  if (!Array.isArray(outputs) || outputs.length === 0)
    return { names: undefined, isBinary: () => isAllBinary };
  const own = new Map(
    outputs.filter(isObject).map((one) => {
      const { parameters: settings } = one;
      const asked = isObject(settings) ? settings['binary_data'] : undefined;
      return [String(one['name']), asked === undefined ? isAllBinary : asked === true] as const;
    }),
  );
  return { names: [...own.keys()], isBinary: (name) => own.get(name) ?? isAllBinary };
}

/** Fails with AO474 when an output is wanted that the model does not give. */
export function toInferAnswer(head: InferHead, outputs: readonly Tensor[], wanted: Wanted): Answer {
  const chosen = wanted.names === undefined ? outputs : pick(outputs, wanted.names);
  const binary = chosen.filter(({ name }) => wanted.isBinary(name));
  if (binary.length === 0) return toJson({ ...head, outputs: chosen.map(toJsonTensor) });
  const { heads, tails, bytes } = encodeTensors(binary);
  const byName = new Map(heads.map((one) => [one.name, one]));
  const json = Buffer.from(
    JSON.stringify({
      ...head,
      outputs: chosen.map((one) => byName.get(one.name) ?? toJsonTensor(one)),
    }),
  );
  return {
    status: 200,
    body: Buffer.concat([json, ...tails], json.length + bytes),
    type: 'application/octet-stream',
    headers: { 'Inference-Header-Content-Length': String(json.length) },
  };
}

function pick(outputs: readonly Tensor[], names: readonly string[]): readonly Tensor[] {
  return names.map((name) => {
    const found = outputs.find((one) => one.name === name);
    if (found !== undefined) return found;
    throw hostFailures.create(
      'AO474',
      `The model has no output ${name}; it has ${outputs.map((one) => one.name).join(', ')}.`,
    );
  });
}

/** `data` flat, in the order of rows. */
function toJsonTensor({ name, datatype, shape, data }: Tensor) {
  return { name, datatype, shape, data: Array.from(data as ArrayLike<Value>, toJsonValue) };
}
