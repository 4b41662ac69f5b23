/** The typed messages of one signature: their descriptor, and rows in and out of them. */
import { create, createFileRegistry, ScalarType } from '@bufbuild/protobuf';
import type { DescField, DescMessage, Message } from '@bufbuild/protobuf';
import {
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from '@bufbuild/protobuf/wkt';
import type { FileDescriptorProto } from '@bufbuild/protobuf/wkt';
import { runtimeFailures } from '../../runtimes/errors.ts';
import type { Row, Signature } from '../../signatures/signature.ts';
import { planRows } from '../../signatures/typed-plan.ts';
import type { ProtoType, TypedField } from '../../signatures/typed-plan.ts';
import { codecOf } from '../protos/registry.ts';
import type { Codec } from '../protos/registry.ts';

/** A method's messages. Requests: `row` or `rows`, `version`, `requestId`; responses: `prediction` or `predictions`. */
export interface TypedMethod {
  readonly request: Codec;
  readonly response: Codec;
}

export interface TypedMessages {
  /** As reflection hands it out; says the same as the .proto file of `renderTypedProto`. */
  readonly file: FileDescriptorProto;
  readonly single: TypedMethod;
  readonly batch: TypedMethod;
  /** AO422 for fields that the signature does not have. `path` is where the row stands. */
  readonly readRow: (message: Message, path: string) => Row;
  readonly writeRow: (row: Row) => object;
}

/** `name` is that of the package, see `toPackages`. */
export function openTypedMessages(name: string, signature: Signature): TypedMessages {
  const { inputs, outputs } = planRows(signature);
  const file = toFile(name, inputs, outputs);
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: [file] }));
  const find = (message: string): DescMessage => {
    const found = registry.getMessage(`anops.${name}.${message}`);
    if (found === undefined) throw new TypeError(`no message ${message}`);
    return found;
  };
  const toMethod = (kind: string) => ({
    request: codecOf(find(`${kind}Request`)),
    response: codecOf(find(`${kind}Response`)),
  });
  return {
    file,
    single: toMethod('Predict'),
    batch: toMethod('PredictBatch'),
    readRow: toRowReader(`${name}.proto`, inputs, find('Row')),
    writeRow: toRowWriter(outputs, find('Prediction')),
  };
}

const TYPES: Readonly<Record<ProtoType, Type>> = {
  double: Type.DOUBLE,
  float: Type.FLOAT,
  int32: Type.INT32,
  uint32: Type.UINT32,
  int64: Type.INT64,
  uint64: Type.UINT64,
  bool: Type.BOOL,
  string: Type.STRING,
};

type FieldInit = Parameters<typeof create<typeof FileDescriptorProtoSchema>>[1];

function toFile(name: string, inputs: readonly TypedField[], outputs: readonly TypedField[]) {
  const own = `.anops.${name}.`;
  const text = (field: string, number: number, label = Label.OPTIONAL) => ({
    name: field,
    jsonName: field.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()),
    number,
    label,
    type: Type.STRING,
  });
  const message = (field: string, type: string, label = Label.OPTIONAL) => ({
    ...text(field, 1, label),
    type: Type.MESSAGE,
    typeName: own + type,
  });
  const asked = [text('version', 2), text('request_id', 3)];
  const told = [text('model_version', 2), text('trace_id', 3), text('warnings', 4, Label.REPEATED)];
  const many = Label.REPEATED;
  const method = (called: string) => ({
    name: called,
    inputType: `${own}${called}Request`,
    outputType: `${own}${called}Response`,
  });
  return create(FileDescriptorProtoSchema, {
    name: `${name}.proto`,
    package: `anops.${name}`,
    syntax: 'proto3',
    service: [{ name: 'Model', method: [method('Predict'), method('PredictBatch')] }],
    messageType: [
      { name: 'PredictRequest', field: [message('row', 'Row'), ...asked] },
      { name: 'PredictResponse', field: [message('prediction', 'Prediction'), ...told] },
      { name: 'PredictBatchRequest', field: [message('rows', 'Row', many), ...asked] },
      {
        name: 'PredictBatchResponse',
        field: [message('predictions', 'Prediction', many), ...told],
      },
      { name: 'Row', ...toFields(inputs) },
      { name: 'Prediction', ...toFields(outputs) },
    ],
  } satisfies FieldInit);
}

/** `optional` stands in descriptors as a choice of one. */
function toFields(fields: readonly TypedField[]) {
  const single = fields.filter(({ field }) => field.shape.length === 0);
  return {
    field: fields.map((typed) => ({
      name: typed.name,
      jsonName: typed.field.name,
      number: typed.number,
      type: TYPES[typed.type],
      ...(typed.field.shape.length === 0
        ? { label: Label.OPTIONAL, proto3Optional: true, oneofIndex: single.indexOf(typed) }
        : { label: Label.REPEATED }),
    })),
    oneofDecl: single.map(({ name }) => ({ name: `_${name}` })),
  };
}

type Members = Readonly<Record<string, unknown>>;

/** Fields of the signature beside those of the message. */
function pair(fields: readonly TypedField[], message: DescMessage) {
  const byNumber = new Map<number, DescField>(message.fields.map((one) => [one.number, one]));
  return fields.map(({ field, number }) => {
    const found = byNumber.get(number);
    if (found === undefined) throw new TypeError(`no field ${field.name}`);
    return { field, local: found.localName, scalar: found.scalar };
  });
}

function toRowReader(file: string, fields: readonly TypedField[], desc: DescMessage) {
  const pairs = pair(fields, desc);
  return (message: Message, path: string): Row => {
    const [stranger] = message.$unknown ?? [];
    if (stranger !== undefined) throw refuseStranger(file, path, stranger.no);
    const members = message as unknown as Members;
    return Object.fromEntries(
      pairs.flatMap(({ field, local }) => {
        const value = members[local];
        const isEmpty = Array.isArray(value) && value.length === 0 && !field.shape.includes(-1);
        if (value !== undefined && !isEmpty) return [[field.name, value] as const];
        // Proto has no null beside a field that is left out.
        return field.required && field.nullable ? [[field.name, null] as const] : [];
      }),
    );
  };
}

function refuseStranger(file: string, path: string, number: number) {
  const text = `has a field with the number ${number}, which the model does not know: the caller was made from another signature`;
  return runtimeFailures.create('AO422', `${path} ${text}.`, {
    hint: `Make the caller again from model-interface/${file}.`,
    details: [{ path, field: String(number), text }],
  });
}

function toRowWriter(fields: readonly TypedField[], desc: DescMessage) {
  const pairs = pair(fields, desc);
  return (row: Row): object =>
    Object.fromEntries(
      pairs.flatMap(({ field: { name, shape }, local, scalar }) => {
        const value = row[name];
        if (value === null || value === undefined) return [];
        if (shape.length === 0) return [[local, toScalar(scalar, value)] as const];
        const list: readonly unknown[] = Array.isArray(value) ? value.flat(Infinity) : [value];
        return [[local, list.map((one) => toElement(name, scalar, one))] as const];
      }),
    );
}

function toScalar(scalar: ScalarType | undefined, value: unknown): unknown {
  if (scalar === ScalarType.STRING) return String(value);
  if (scalar === ScalarType.BOOL) return Boolean(value);
  if (scalar === ScalarType.INT64 || scalar === ScalarType.UINT64)
    return BigInt(value as number | string);
  return Number(value);
}

function toElement(name: string, scalar: ScalarType | undefined, value: unknown): unknown {
  if (value !== null) return toScalar(scalar, value);
  if (scalar === ScalarType.DOUBLE || scalar === ScalarType.FLOAT) return Number.NaN;
  throw runtimeFailures.create(
    'AO450',
    `\`${name}\` is a list with a missing element, which a typed message cannot hold; ask anops.AnOps/Predict.`,
  );
}
