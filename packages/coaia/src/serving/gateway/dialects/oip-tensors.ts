/** Tensors of the Open Inference Protocol as they stand in JSON or behind it, and the columns that a model takes. */
import { isObject } from '#base';
import { hostFailures } from '../../hosts/errors.ts';
import { toSignature } from '../../hosts/link-catalog.ts';
import { compileReader } from '../../signatures/reader.ts';
import { toColumns } from '../../signatures/tensor-rows.ts';
import { decodeTensors, TensorError } from '../../tensors/binary.ts';
import { DATATYPES } from '../../tensors/tensor.ts';
import type { Datatype, Tensor, Value } from '../../tensors/tensor.ts';
import { requireOnce } from '../read-input.ts';
import type { ReadInput } from '../read-input.ts';

const refuse = (message: string) => hostFailures.create('AO474', message);

/** Lists within lists that are still a tensor; what lies deeper is no value. */
const MAX_DEPTH = 16;

type Member = Readonly<Record<string, unknown>>;

/**
 * Reads `inputs`: `data` flat or nested, or as bytes behind the JSON. Fails with AO474 for datatypes that are not
 * known and for shapes that are not the number of values.
 */
export function readTensors(inputs: unknown, tail: Buffer): readonly Tensor[] {
  if (!Array.isArray(inputs) || inputs.length === 0)
    throw refuse(
      'The request has no inputs: a list of tensors with name, shape, datatype and data.',
    );
  const members = inputs.map((input) => (isObject(input) ? input : {}));
  const isBinary = (input: Member) =>
    isObject(input['parameters']) && input['parameters']['binary_data_size'] !== undefined;
  const decoded = decode(members.filter(isBinary), tail);
  let at = 0;
  return members.map((input) => {
    if (!isBinary(input)) return readJsonTensor(input);
    at += 1;
    return decoded[at - 1] as Tensor;
  });
}

function decode(heads: readonly unknown[], tail: Buffer): readonly Tensor[] {
  try {
    return decodeTensors(heads, tail);
  } catch (error) {
    if (error instanceof TensorError) throw refuse(error.message);
    throw error;
  }
}

function readJsonTensor({ name, shape, datatype, data }: Member): Tensor {
  if (typeof name !== 'string') throw refuse('An input has no name.');
  if (!DATATYPES.includes(datatype as Datatype))
    throw refuse(`${name}: ${String(datatype)} is no datatype of the protocol.`);
  if (!isShape(shape)) throw refuse(`${name}: the shape is no list of whole numbers.`);
  const values = (Array.isArray(data) ? data : [data]).flat(MAX_DEPTH) as Value[];
  const count = shape.reduce((product, length) => product * length, 1);
  if (values.length !== count)
    throw refuse(
      `${name}: the shape [${shape.join(', ')}] has ${count} values, the data has ${values.length}.`,
    );
  return { name, shape, datatype: datatype as Datatype, data: values };
}

function isShape(shape: unknown): shape is readonly number[] {
  return (
    Array.isArray(shape) && shape.every((one) => Number.isSafeInteger(one) && (one as number) >= 0)
  );
}

/**
 * Tensors by the names of the inputs; or one tensor with a column for each input, in their order; or one tensor of
 * any name for a model of one input. Whole numbers are taken for decimal ones, decimal ones without a fraction for
 * whole ones: what counts is the value, not the datatype it came in.
 */
export function fromTensors(tensors: readonly Tensor[]): ReadInput {
  requireOnce(
    tensors.map(({ name }) => name),
    'inputs',
  );
  return (known, { signature: told, rules }) => {
    // Another server's model may say nothing of itself: then the tensors have to be what they say that they are.
    const isUnknown = told.inputs.length === 0;
    const signature = isUnknown ? toSignature({ inputs: tensors, outputs: [] }) : told;
    const reader = isUnknown ? compileReader(signature, rules) : known;
    const [only] = tensors;
    const [field, ...others] = signature.inputs;
    const isOne = only !== undefined && field !== undefined;
    const columns =
      isOne && tensors.length === 1 && others.length === 0
        ? [{ ...only, name: field.name }]
        : tensors;
    const rows = only?.shape[0] ?? 0;
    return reader.readColumns(toColumns({ rows, columns }, signature), 'inputs');
  };
}
