/** An ONNX model: columns in, columns out. */
import { readFile } from 'node:fs/promises';
import type { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-web/wasm';
import { arrayOf, isTyped } from '../tensors/elements.ts';
import { mergeBatches, splitOutputs } from '../tensors/frame.ts';
import type { Batch, Datatype, NumberArray, Tensor, TensorData, Value } from '../tensors/tensor.ts';
import { loadOnnxEngine } from './onnx-engine.ts';
import type { OnnxEngine } from './onnx-engine.ts';

export interface OnnxModel {
  readonly isBoxed: boolean;
  run(batch: Batch): Promise<readonly Tensor[]>;
}

/** Names of types in ONNX engines. */
const DATATYPES: Readonly<Record<string, Datatype>> = {
  float32: 'FP32',
  float64: 'FP64',
  float16: 'FP16',
  int8: 'INT8',
  int16: 'INT16',
  int32: 'INT32',
  int64: 'INT64',
  uint8: 'UINT8',
  uint16: 'UINT16',
  uint32: 'UINT32',
  uint64: 'UINT64',
  bool: 'BOOL',
  string: 'BYTES',
};

interface Port {
  readonly name: string;
  readonly datatype: Datatype;
  /** The type as the engine calls it. */
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

/** Fails with the engine's own words when the file is no model that it can run. */
export async function openOnnxModel(path: string, folder: string): Promise<OnnxModel> {
  const engine = await loadOnnxEngine(folder);
  const session = await engine.InferenceSession.create(await readFile(path));
  const inputs = toPorts(session.inputMetadata);
  // Converters make lists of maps of probabilities, which no engine answers as columns.
  const outputs = toPorts(session.outputMetadata).map((port) => port.name);
  const isSingle = inputs.every((port) => port.shape[0] === 1);
  const runOnce = (batch: Batch) => runBatch({ engine, session, inputs, outputs }, batch);
  return {
    isBoxed: engine.isBoxed,
    run: async (batch) => {
      if (!isSingle || batch.rows === 1) return runOnce(batch);
      const answers: Batch[] = [];
      const counts = Array.from({ length: batch.rows }, () => 1);
      // The graph itself says that it takes one row at a time.
      for (const columns of splitOutputs(batch.columns, counts))
        answers.push({ rows: 1, columns: await runOnce({ rows: 1, columns }) });
      return mergeBatches(answers).columns;
    },
  };
}

function toPorts(metadata: InferenceSession['inputMetadata']): readonly Port[] {
  return metadata.flatMap((port) => {
    if (!port.isTensor) return [];
    const datatype = DATATYPES[port.type];
    return datatype === undefined ? [] : [{ ...port, datatype }];
  });
}

interface Loaded {
  readonly engine: OnnxEngine;
  readonly session: InferenceSession;
  readonly inputs: readonly Port[];
  readonly outputs: readonly string[];
}

async function runBatch(loaded: Loaded, batch: Batch): Promise<readonly Tensor[]> {
  const { session, inputs, outputs, engine } = loaded;
  const feeds: Record<string, OnnxTensor> = {};
  for (const port of inputs) {
    const data = toArray(port, findData(port, inputs.length, batch));
    feeds[port.name] = new engine.Tensor(
      port.type as 'float32',
      data as Float32Array,
      toDims(port, batch.rows, data.length),
    );
  }
  const answers = await session.run(feeds, [...outputs]);
  return outputs.flatMap((name) => {
    const answer = answers[name];
    return answer === undefined ? [] : [toTensor(name, answer)];
  });
}

/** The column of the name, or, where the one input is a matrix, all columns side by side. */
function findData(port: Port, ports: number, { rows, columns }: Batch): TensorData {
  const own = columns.find((column) => column.name === port.name);
  if (own !== undefined) return own.data;
  if (ports > 1) throw new Error(`the column ${port.name} is missing`);
  return Array.from({ length: rows }, (_, row) =>
    columns.map((column) => column.data[row] ?? null),
  ).flat();
}

/** Lengths that the graph leaves open follow from the number of elements. */
function toDims(port: Port, rows: number, length: number): readonly number[] {
  const fixed = port.shape
    .slice(1)
    .map((size) => (typeof size === 'number' && size > 0 ? size : 0));
  const known = fixed.reduce((product, size) => product * (size === 0 ? 1 : size), rows);
  const open = fixed.indexOf(0);
  return [rows, ...fixed.map((size, axis) => (axis === open ? length / known : size || 1))];
}

function toArray(port: Port, data: TensorData): NumberArray | Float16Array | readonly string[] {
  const { name, datatype } = port;
  if (datatype === 'FP16') return Float16Array.from(data, (value) => Number(value ?? Number.NaN));
  if (datatype === 'BYTES') return Array.from(data, (value) => String(value ?? ''));
  const Maker = datatype === 'BOOL' ? Uint8Array : arrayOf(datatype);
  if (Maker === undefined) throw new Error(`${name} takes ${datatype}, which is not served`);
  if (isTyped(data) && data instanceof Maker) return data;
  const isDecimal = datatype === 'FP32' || datatype === 'FP64';
  const array = new Maker(data.length);
  for (const [index, value] of data.entries()) {
    if (value === null && !isDecimal) throw new Error(`${name} takes no missing values`);
    array[index] = toElement(value, datatype);
  }
  return array;
}

function toElement(value: Value, datatype: Datatype): number | bigint {
  if (value === null) return Number.NaN;
  if (datatype === 'INT64' || datatype === 'UINT64')
    return typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value)));
  return Number(value);
}

/** Engines answer halves as such, or as the 16 bits that they are. */
function widen(data: ArrayBufferView): Float32Array {
  const { buffer, byteOffset, byteLength } = data;
  return Float32Array.from(new Float16Array(buffer as ArrayBuffer, byteOffset, byteLength / 2));
}

/** One value a row is a plain column, whether the graph says [n] or [n, 1]. */
function toTensor(name: string, answer: OnnxTensor): Tensor {
  const { dims, type, data } = answer;
  const datatype = DATATYPES[type];
  if (datatype === undefined) throw new Error(`${name} answers ${type}, which is not served`);
  const shape = dims.length === 2 && dims[1] === 1 ? dims.slice(0, 1) : [...dims];
  const values = datatype === 'FP16' ? widen(data as ArrayBufferView) : (data as TensorData);
  if (datatype === 'BOOL')
    return { name, datatype, shape, data: Array.from(values, (value) => value !== 0) };
  return { name, datatype, shape, data: values };
}
