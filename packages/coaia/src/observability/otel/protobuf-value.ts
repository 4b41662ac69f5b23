/** `AnyValue`, `KeyValue` and texts of OTLP/protobuf (common/v1/common.proto). */
import { WireType } from '@bufbuild/protobuf/wire';
import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { createAttributes, toFinite, MAX_VALUE_DEPTH, MAX_VALUES } from './model.ts';
import { refuse } from './refuse.ts';

/** A reader with the number of values that may still be decoded from it. */
export interface Source {
  readonly reader: BinaryReader;
  left: number;
}

/** Counts one decoded value; a small message may otherwise claim millions of empty ones. */
export function spend(source: Source, at: string): void {
  source.left--;
  if (source.left < 0) {
    throw refuse(at, `one request may carry ${MAX_VALUES} attribute values and events`);
  }
}

/** A text field; bad UTF-8 is refused by the reader. */
export function readText(source: Source, wire: WireType, at: string): string {
  if (wire !== WireType.LengthDelimited) throw refuse(at, 'expected a string');
  return source.reader.string(true);
}

/** Reads a `KeyValue` that ends at `end` into `target`. */
export function readKeyValue(
  source: Source,
  end: number,
  target: Record<string, unknown>,
  depth: number,
): void {
  const { reader } = source;
  spend(source, 'attributes');
  let key = '';
  let value: unknown = null;
  while (reader.pos < end) {
    const [tag, wire] = reader.tag();
    if (tag === 1) key = readText(source, wire, 'attributes.key');
    else if (tag === 2 && wire === WireType.LengthDelimited) value = readAnyValue(source, depth);
    else reader.skip(wire, tag);
  }
  if (reader.pos !== end) throw refuse('attributes', 'a field runs over the end of its message');
  target[key] = value;
}

function readAnyValue(source: Source, depth: number): unknown {
  const { reader } = source;
  spend(source, 'attributes.value');
  if (depth > MAX_VALUE_DEPTH) {
    throw refuse('attributes.value', `values are nested deeper than ${MAX_VALUE_DEPTH} levels`);
  }
  const end = reader.uint32() + reader.pos;
  if (end > reader.len) throw refuse('attributes.value', 'the message is cut off');
  let value: unknown = null;
  while (reader.pos < end) {
    const [tag, wire] = reader.tag();
    if (VALUE_WIRES[tag] === wire) value = readOneOf(source, tag, depth);
    else reader.skip(wire, tag);
  }
  if (reader.pos !== end) throw refuse('attributes.value', 'a field runs over its end');
  return value;
}

/** Wire types of the members of `AnyValue` by field number. */
const VALUE_WIRES: Readonly<Record<number, WireType>> = {
  1: WireType.LengthDelimited,
  2: WireType.Varint,
  3: WireType.Varint,
  4: WireType.Bit64,
  5: WireType.LengthDelimited,
  6: WireType.LengthDelimited,
  7: WireType.LengthDelimited,
};

function readOneOf(source: Source, tag: number, depth: number): unknown {
  const { reader } = source;
  switch (tag) {
    case 1:
      return reader.string(true);
    case 2:
      return reader.bool();
    case 3:
      return toWhole(reader.int64());
    case 4:
      return toFinite(reader.double());
    case 5:
      return readArray(source, depth);
    case 6:
      return readMap(source, depth);
    default:
      return toBase64(reader.bytes());
  }
}

function readArray(source: Source, depth: number): readonly unknown[] {
  const values: unknown[] = [];
  readValues(source, (wire) => {
    if (wire !== WireType.LengthDelimited) throw refuse('attributes.value', 'expected a message');
    values.push(readAnyValue(source, depth + 1));
  });
  return values;
}

function readMap(source: Source, depth: number): Record<string, unknown> {
  const object = createAttributes();
  readValues(source, (wire) => {
    if (wire !== WireType.LengthDelimited) throw refuse('attributes.value', 'expected a message');
    const end = source.reader.uint32() + source.reader.pos;
    if (end > source.reader.len) throw refuse('attributes.value', 'the message is cut off');
    readKeyValue(source, end, object, depth + 1);
  });
  return object;
}

/** `ArrayValue` and `KeyValueList` both hold `repeated values = 1`. */
function readValues(source: Source, read: (wire: WireType) => void): void {
  const { reader } = source;
  const end = reader.uint32() + reader.pos;
  if (end > reader.len) throw refuse('attributes.value', 'the message is cut off');
  while (reader.pos < end) {
    const [tag, wire] = reader.tag();
    if (tag === 1) read(wire);
    else reader.skip(wire, tag);
  }
  if (reader.pos !== end) throw refuse('attributes.value', 'a field runs over its end');
}

/** Beyond 2^53 the digits are kept as text. */
function toWhole(value: bigint | string): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}
