/**
 * Tensors as raw bytes: the binary tensor extension of the Open Inference Protocol. The description of each tensor
 * carries `parameters.binary_data_size`; the bytes follow in the same order, little endian. Elements of BYTES have a
 * 32-bit length before them. Missing values: NaN in FP64 and FP32, indexes in `parameters.missing` elsewhere.
 */
import { isUtf8 } from 'node:buffer';
import { arrayOf, bytesOf, isTyped, sizeOf, toDoubles } from './elements.ts';
import { DATATYPES } from './tensor.ts';
import type { Datatype, Tensor, TensorData, Value } from './tensor.ts';

/** How a tensor is described in JSON when its elements travel as bytes. */
export interface TensorHead {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly parameters: {
    readonly binary_data_size: number;
    /** Indexes of elements that are missing. */
    readonly missing?: readonly number[];
  };
}

export interface EncodedTensors {
  readonly heads: readonly TensorHead[];
  readonly tails: readonly Uint8Array[];
  /** Sum of the lengths of the tails. */
  readonly bytes: number;
}

/** Bytes that are no tensors. The message says which tensor and why. */
export class TensorError extends Error {
  override readonly name = 'TensorError';
}

export function encodeTensors(tensors: readonly Tensor[]): EncodedTensors {
  const heads: TensorHead[] = [];
  const tails: Uint8Array[] = [];
  let bytes = 0;
  for (const { name, datatype, shape, data } of tensors) {
    const tail = encodeData(datatype, data);
    const missing = findMissing(datatype, data);
    const parameters = { binary_data_size: tail.length };
    heads.push({
      name,
      datatype,
      shape,
      parameters: missing.length === 0 ? parameters : { ...parameters, missing },
    });
    tails.push(tail);
    bytes += tail.length;
  }
  return { heads, tails, bytes };
}

const isDecimal = (datatype: Datatype) => datatype === 'FP64' || datatype === 'FP32';

function findMissing(datatype: Datatype, data: TensorData): readonly number[] {
  if (isTyped(data) || isDecimal(datatype)) return [];
  return data.flatMap((value, index) => (value === null ? [index] : []));
}

function encodeData(datatype: Datatype, data: TensorData): Uint8Array {
  const Maker = arrayOf(datatype);
  if (isTyped(data)) {
    if (Maker !== undefined && data instanceof Maker) return bytesOf(data);
    return encodeData(datatype, [...data]);
  }
  if (datatype === 'BYTES') return encodeTexts(data);
  if (datatype === 'BOOL') return Uint8Array.from(data, (value) => (isTrue(value) ? 1 : 0));
  if (datatype === 'FP64') return bytesOf(toDoubles(data));
  if (datatype === 'FP32') return bytesOf(Float32Array.from(data, toDecimal));
  if (datatype === 'FP16') return bytesOf(Float16Array.from(data, toDecimal));
  if (datatype === 'INT64') return bytesOf(BigInt64Array.from(data, toBig));
  if (datatype === 'UINT64') return bytesOf(BigUint64Array.from(data, toBig));
  return encodeIntegers(datatype, data);
}

const isTrue = (value: Value) => value !== null && value !== false && value !== 0;
const toDecimal = (value: Value) => (value === null ? Number.NaN : Number(value));
const toBig = (value: Value) =>
  typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value ?? 0)));

function encodeIntegers(datatype: Datatype, data: readonly Value[]): Uint8Array {
  const Maker = arrayOf(datatype);
  if (Maker === undefined) throw new TypeError(`no array for ${datatype}`);
  const array = new Maker(data.length);
  for (const [index, value] of data.entries()) array[index] = Number(value ?? 0);
  return bytesOf(array);
}

function encodeTexts(data: readonly Value[]): Uint8Array {
  const texts = data.map((value) => (value === null ? '' : String(value)));
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size + 4, 0));
  let at = 0;
  for (const [index, text] of texts.entries()) {
    at = bytes.writeUInt32LE(sizes[index] ?? 0, at);
    at += bytes.write(text, at);
  }
  return bytes;
}

/** Reads the tensors that the descriptions announce from `bytes`. Throws TensorError on anything else. */
export function decodeTensors(heads: readonly unknown[], bytes: Uint8Array): readonly Tensor[] {
  let at = 0;
  const tensors = heads.map((value): Tensor => {
    const head = readHead(value);
    const end = at + head.parameters.binary_data_size;
    if (end > bytes.length)
      throw new TensorError(
        `${head.name}: binary_data_size ends at byte ${end} of ${bytes.length}.`,
      );
    const tail = bytes.subarray(at, end);
    const data = decodeData(head, isBrain(value) ? widen(tail) : tail);
    at = end;
    return { name: head.name, datatype: head.datatype, shape: head.shape, data };
  });
  if (at !== bytes.length)
    throw new TensorError(`${bytes.length - at} bytes are left after the last tensor.`);
  return tensors;
}

/** BF16 is read as FP32, whose upper half it is; nothing here answers in it. */
const isBrain = (head: unknown) => (head as { readonly datatype?: unknown }).datatype === 'BF16';

function widen(bytes: Uint8Array): Uint8Array {
  const wide = new Uint8Array(bytes.length * 2);
  for (let at = 0; at < bytes.length; at++) wide[2 * at + 2 - (at % 2)] = bytes[at] ?? 0;
  return wide;
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

/** BF16 is read as the numbers of 32 bits that it stands for. */
const toReadType = (datatype: unknown): unknown => (datatype === 'BF16' ? 'FP32' : datatype);

function readHead(value: unknown): TensorHead {
  const head = (value ?? {}) as Partial<Record<keyof TensorHead, unknown>>;
  const { name, shape } = head;
  const datatype = toReadType(head.datatype);
  const parameters = (head.parameters ?? {}) as Record<string, unknown>;
  const size = parameters['binary_data_size'];
  const missing = parameters['missing'];
  if (typeof name !== 'string') throw new TensorError('A tensor has no name.');
  if (!DATATYPES.includes(datatype as Datatype))
    throw new TensorError(`${name}: ${String(datatype)} is no datatype.`);
  if (!Array.isArray(shape) || !shape.every(isCount))
    throw new TensorError(`${name}: the shape is no list of lengths.`);
  if (!isCount(size)) throw new TensorError(`${name}: binary_data_size is missing.`);
  if (missing !== undefined && !(Array.isArray(missing) && missing.every(isCount)))
    throw new TensorError(`${name}: missing is no list of indexes.`);
  const found = { binary_data_size: size, ...(missing === undefined ? {} : { missing }) };
  return { name, datatype: datatype as Datatype, shape, parameters: found };
}

function decodeData(head: TensorHead, bytes: Uint8Array): TensorData {
  const { name, datatype, shape, parameters } = head;
  const count = shape.reduce((product, length) => product * length, 1);
  const size = sizeOf(datatype);
  if (size > 0 && bytes.length !== count * size)
    throw new TensorError(
      `${name}: ${datatype} of shape [${shape.join(', ')}] has ${count * size} bytes, not ${bytes.length}.`,
    );
  const data = size === 0 ? decodeTexts(name, count, bytes) : decodeNumbers(datatype, bytes);
  const { missing = [] } = parameters;
  if (missing.length === 0) return data;
  const values: Value[] = [...data];
  for (const index of missing) if (index < values.length) values[index] = null;
  return values;
}

function decodeNumbers(datatype: Datatype, bytes: Uint8Array): TensorData {
  if (datatype === 'BOOL') return Array.from(bytes, (byte) => byte !== 0);
  // A copy of their own: typed arrays need aligned bytes, and the frame is given back.
  const { buffer } = new Uint8Array(bytes);
  if (datatype === 'FP16') return Float32Array.from(new Float16Array(buffer));
  const Maker = arrayOf(datatype);
  if (Maker === undefined) throw new TypeError(`no array for ${datatype}`);
  return new Maker(buffer);
}

function decodeTexts(name: string, count: number, bytes: Uint8Array): readonly string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const texts: string[] = [];
  let at = 0;
  while (at + 4 <= buffer.length && texts.length < count) {
    const end = at + 4 + buffer.readUInt32LE(at);
    if (end > buffer.length) break;
    texts.push(readText(name, buffer.subarray(at + 4, end)));
    at = end;
  }
  if (texts.length !== count || at !== buffer.length)
    throw new TensorError(`${name}: the bytes do not hold ${count} elements with their lengths.`);
  return texts;
}

/** Bytes that are no UTF-8 would become other text without a word. Throws TensorError. */
export function readText(name: string, bytes: Buffer): string {
  const text = bytes.toString();
  if (text.includes('\uFFFD') && !isUtf8(bytes))
    throw new TensorError(`${name}: an element of BYTES is no text in UTF-8.`);
  return text;
}
