/** ModelInfer's messages and our tensors, both ways. Shapes: `protos/inference.proto`, in the words of protobuf-es. */
import { decodeTensors, encodeTensors, TensorError } from '../../tensors/frame.ts';
import { DATATYPES } from '../../tensors/tensor.ts';
import type { Batch, Datatype, Tensor, Value } from '../../tensors/tensor.ts';
import { readContents, writeContents } from './infer-contents.ts';
import type { InferContents } from './infer-contents.ts';

/** Values of `InferParameter`; integers beyond 2^53 are bigint. */
export type Parameter = string | number | bigint | boolean;

type Choice =
  | { readonly case: 'boolParam'; readonly value: boolean }
  | { readonly case: 'int64Param' | 'uint64Param'; readonly value: bigint }
  | { readonly case: 'doubleParam'; readonly value: number }
  | { readonly case: 'stringParam'; readonly value: string }
  | { readonly case: undefined };

export type ParameterMap = Readonly<Record<string, { readonly parameterChoice: Choice }>>;

/** An input or an output. */
export interface TensorMessage {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly bigint[];
  readonly parameters: ParameterMap;
  readonly contents?: InferContents;
}

export interface InferRequest {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly id: string;
  readonly parameters: ParameterMap;
  readonly inputs: readonly TensorMessage[];
  readonly outputs: readonly { readonly name: string }[];
  readonly rawInputContents: readonly Uint8Array[];
}

export interface InferResponse {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly id: string;
  readonly parameters: ParameterMap;
  readonly outputs: readonly TensorMessage[];
  readonly rawOutputContents: readonly Uint8Array[];
}

export function readParameters(map: ParameterMap): Readonly<Record<string, Parameter>> {
  return Object.fromEntries(
    Object.entries(map).map(([name, { parameterChoice }]) => [name, readChoice(parameterChoice)]),
  );
}

function readChoice(choice: Choice): Parameter {
  const value = choice.case === undefined ? '' : choice.value;
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Whole numbers travel as int64, others as double. */
export function writeParameters(values: Readonly<Record<string, Parameter>>): ParameterMap {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { parameterChoice: writeChoice(value) }]),
  );
}

function writeChoice(value: Parameter): Choice {
  if (typeof value === 'boolean') return { case: 'boolParam', value };
  if (typeof value === 'string') return { case: 'stringParam', value };
  if (typeof value === 'bigint') return { case: 'int64Param', value };
  if (Number.isSafeInteger(value)) return { case: 'int64Param', value: BigInt(value) };
  return { case: 'doubleParam', value };
}

/**
 * Tensors from their messages and, where there are any, raw contents. Throws TensorError, whose sentence names the
 * tensor.
 */
export function readTensors(
  messages: readonly TensorMessage[],
  raw: readonly Uint8Array[],
): readonly Tensor[] {
  const isRaw = raw.length > 0;
  if (isRaw && raw.length !== messages.length)
    throw new TensorError(
      `There are ${messages.length} tensors and ${raw.length} raw contents; each tensor needs one.`,
    );
  return messages.map((message, index) => {
    const shape = message.shape.map(Number);
    const bytes = raw[index];
    if (bytes === undefined) return readTyped(message, shape);
    if (hasElements(message.contents))
      throw new TensorError(`${message.name}: contents are both typed and raw; send one of them.`);
    return readRaw(message, shape, bytes);
  });
}

/** Some servers send empty contents beside raw ones. */
const hasElements = (contents: InferContents = {}) =>
  Object.values(contents).some((list) => Array.isArray(list) && list.length > 0);

function readRaw(message: TensorMessage, shape: readonly number[], bytes: Uint8Array): Tensor {
  const { name, datatype, parameters } = message;
  const missing = readMissing(message);
  const head = {
    name,
    datatype,
    shape,
    parameters: {
      binary_data_size: bytes.length,
      ...(parameters['missing'] === undefined ? {} : { missing }),
    },
  };
  const [tensor] = decodeTensors([head], bytes);
  if (tensor === undefined) throw new TensorError(`${name}: no tensor.`);
  return tensor;
}

function readTyped(message: TensorMessage, shape: readonly number[]): Tensor {
  const { name, datatype, contents } = message;
  if (datatype === 'BF16') throw new TensorError(`${name}: BF16 travels in raw contents only.`);
  if (!isDatatype(datatype)) throw new TensorError(`${name}: ${datatype} is no datatype.`);
  if (shape.some((length) => length < 0))
    throw new TensorError(`${name}: the shape is no list of lengths.`);
  const data = readContents(name, datatype, contents);
  const count = shape.reduce((product, length) => product * length, 1);
  if (data.length !== count)
    throw new TensorError(
      `${name}: ${datatype} of shape [${shape.join(', ')}] has ${count} elements, not ${data.length}.`,
    );
  const missing = readMissing(message);
  if (missing.length === 0) return { name, datatype, shape, data };
  const values: Value[] = [...data];
  for (const index of missing) if (index < values.length) values[index] = null;
  return { name, datatype, shape, data: values };
}

const isDatatype = (name: string): name is Datatype => DATATYPES.some((one) => one === name);

/** `missing`: indexes of elements that are not there, as JSON text. */
function readMissing({ name, parameters }: TensorMessage): readonly number[] {
  const choice = parameters['missing']?.parameterChoice;
  if (choice === undefined) return [];
  try {
    const list: unknown = JSON.parse(choice.case === 'stringParam' ? choice.value : '');
    if (Array.isArray(list) && list.every((index) => Number.isSafeInteger(index) && index >= 0))
      return list as readonly number[];
  } catch {
    // Told below, as for any other text.
  }
  throw new TensorError(`${name}: missing is no list of indexes.`);
}

export interface WrittenTensors {
  readonly messages: readonly TensorMessage[];
  /** Empty when the contents are typed. */
  readonly raw: readonly Uint8Array[];
}

/** FP16 has no typed contents, so with one of those every tensor is raw. */
export function writeTensors(tensors: readonly Tensor[], form: 'raw' | 'typed'): WrittenTensors {
  const isRaw = form === 'raw' || tensors.some(({ datatype }) => datatype === 'FP16');
  const { heads, tails } = encodeTensors(tensors);
  const messages = heads.map(({ name, datatype, shape, parameters: { missing } }, index) => ({
    name,
    datatype,
    shape: shape.map(BigInt),
    parameters: missing === undefined ? {} : writeParameters({ missing: JSON.stringify(missing) }),
    ...(isRaw ? {} : { contents: writeContents(datatype, tensors[index]?.data ?? []) }),
  }));
  return { messages, raw: isRaw ? tails : [] };
}

/** Tensors as rows. Throws TensorError when they do not have the same number of rows. */
export function toBatch(tensors: readonly Tensor[]): Batch {
  const [first] = tensors;
  const rows = first?.shape[0];
  if (first === undefined || rows === undefined)
    throw new TensorError('There is no input with rows: the first length of a shape counts them.');
  const names = tensors.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new TensorError(`${twice}: this tensor is there twice.`);
  for (const { name, shape } of tensors)
    if (shape[0] !== rows)
      throw new TensorError(
        `${name}: has shape [${shape.join(', ')}], and ${first.name} has ${rows} rows.`,
      );
  return { rows, columns: tensors };
}
