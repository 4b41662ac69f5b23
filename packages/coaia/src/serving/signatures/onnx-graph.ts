/** Inputs and outputs of an ONNX file, read from its bytes: nothing is loaded for it. */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { Datatype } from '../tensors/tensor.ts';

export interface OnnxPort {
  readonly name: string;
  /** Undefined for what is no tensor (lists of maps, which some converters make of probabilities). */
  readonly datatype: Datatype | undefined;
  /** Without the number of rows; -1 for lengths that are open. */
  readonly shape: readonly number[];
  readonly description?: string;
}

export interface OnnxGraph {
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
  /** Free texts that the converter or the author left. */
  readonly metadata: Readonly<Record<string, string>>;
}

type Visit = (field: number, reader: BinaryReader) => boolean;

/** Calls `visit` for every field; what it does not take is skipped. Throws for bytes that are no message. */
function walk(bytes: Uint8Array, visit: Visit): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const isTaken = wire === WireType.LengthDelimited || wire === WireType.Varint;
    if (!isTaken || !visit(field, reader)) reader.skip(wire, field);
  }
}

/** Numbers of fields as onnx.proto (ONNX 1.12) has them. Throws for files that are no ONNX. */
export function readOnnxGraph(bytes: Uint8Array): OnnxGraph {
  const found = {
    graph: undefined as Uint8Array | undefined,
    metadata: {} as Record<string, string>,
  };
  walk(bytes, (field, reader) => {
    if (field === 7) found.graph = reader.bytes();
    else if (field === 14) {
      const [key = '', value = ''] = readTexts(reader.bytes());
      found.metadata[key] = value;
    } else return false;
    return true;
  });
  if (found.graph === undefined) throw new Error('there is no graph in it');
  return { ...readGraph(found.graph), metadata: found.metadata };
}

function readTexts(bytes: Uint8Array): readonly string[] {
  const texts: string[] = [];
  walk(bytes, (_field, reader) => {
    texts.push(reader.string());
    return true;
  });
  return texts;
}

function readGraph(bytes: Uint8Array): Pick<OnnxGraph, 'inputs' | 'outputs'> {
  const inputs: OnnxPort[] = [];
  const outputs: OnnxPort[] = [];
  const constants = new Set<string>();
  walk(bytes, (field, reader) => {
    if (field === 5) constants.add(readTensorName(reader.bytes()));
    else if (field === 11) inputs.push(readPort(reader.bytes()));
    else if (field === 12) outputs.push(readPort(reader.bytes()));
    else return false;
    return true;
  });
  // Old files list weights among the inputs.
  return { inputs: inputs.filter(({ name }) => !constants.has(name)), outputs };
}

function readTensorName(bytes: Uint8Array): string {
  let name = '';
  walk(bytes, (field, reader) => {
    if (field !== 8) return false;
    name = reader.string();
    return true;
  });
  return name;
}

function readPort(bytes: Uint8Array): OnnxPort {
  const port = {
    name: '',
    datatype: undefined as Datatype | undefined,
    dims: [] as number[],
    words: '',
  };
  walk(bytes, (field, reader) => {
    if (field === 1) port.name = reader.string();
    else if (field === 3) port.words = reader.string();
    else if (field === 2) {
      const tensor = readTensorType(reader.bytes());
      port.datatype = tensor?.datatype;
      port.dims = tensor?.dims ?? [];
    } else return false;
    return true;
  });
  const [, ...shape] = port.dims;
  return {
    name: port.name,
    datatype: port.datatype,
    shape: shape.length === 1 && shape[0] === 1 ? [] : shape,
    ...(port.words === '' ? {} : { description: port.words }),
  };
}

/** TensorProto.DataType. */
const DATATYPES: readonly (Datatype | undefined)[] = [
  undefined,
  'FP32',
  'UINT8',
  'INT8',
  'UINT16',
  'INT16',
  'INT32',
  'INT64',
  'BYTES',
  'BOOL',
  'FP16',
  'FP64',
  'UINT32',
  'UINT64',
];

function readTensorType(bytes: Uint8Array) {
  let type: { datatype: Datatype | undefined; dims: number[] } | undefined;
  walk(bytes, (field, reader) => {
    if (field !== 1) return false;
    type = { datatype: undefined, dims: [] };
    readElements(reader.bytes(), type);
    return true;
  });
  return type;
}

function readElements(
  bytes: Uint8Array,
  type: { datatype: Datatype | undefined; dims: number[] },
): void {
  walk(bytes, (field, reader) => {
    if (field === 1) type.datatype = DATATYPES[reader.int32()];
    else if (field === 2)
      walk(reader.bytes(), (_dim, inner) => {
        type.dims.push(readLength(inner.bytes()));
        return true;
      });
    else return false;
    return true;
  });
}

function readLength(bytes: Uint8Array): number {
  let length = -1;
  walk(bytes, (field, reader) => {
    if (field !== 1) return false;
    length = Number(reader.int64());
    return true;
  });
  return length > 0 ? length : -1;
}
