/** Messages and services of the host's protocols, from descriptors: measured as fast as generated code. */
import { brotliDecompressSync } from 'node:zlib';
import {
  create,
  createFileRegistry,
  fromBinary,
  fromJsonString,
  toBinary,
  toJsonString,
} from '@bufbuild/protobuf';
import type { DescMessage, DescService, FileRegistry, Message } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import type { FileDescriptorProto } from '@bufbuild/protobuf/wkt';
import { DESCRIPTORS } from './descriptors.ts';

let files:
  | { readonly list: readonly FileDescriptorProto[]; readonly registry: FileRegistry }
  | undefined;

function open() {
  if (files !== undefined) return files;
  const bytes = brotliDecompressSync(Buffer.from(DESCRIPTORS, 'base64'));
  const set = fromBinary(FileDescriptorSetSchema, bytes);
  set.file.push(...set.file.flatMap(toOlderReflection));
  files = { list: set.file, registry: createFileRegistry(set) };
  return files;
}

/** `grpc.reflection.v1alpha` is v1 under another name. */
function toOlderReflection(file: FileDescriptorProto): readonly FileDescriptorProto[] {
  if (file.package !== 'grpc.reflection.v1') return [];
  const text = toJsonString(FileDescriptorProtoSchema, file);
  return [fromJsonString(FileDescriptorProtoSchema, toOlderNames(text))];
}

/** In a descriptor or in the text of a .proto file. */
export const toOlderNames = (text: string): string =>
  text.replaceAll(/reflection([.-])v1\b/gu, 'reflection$1v1alpha');

/** The files as reflection hands them out. */
export function protoFiles(): readonly FileDescriptorProto[] {
  return open().list;
}

/** By full name, `inference.ModelInferRequest`. Throws TypeError when there is none. */
export function messageOf(name: string): DescMessage {
  const message = open().registry.getMessage(name);
  if (message === undefined) throw new TypeError(`no message ${name}`);
  return message;
}

/** By full name, `grpc.health.v1.Health`. Throws TypeError when there is none. */
export function serviceOf(name: string): DescService {
  const service = open().registry.getService(name);
  if (service === undefined) throw new TypeError(`no service ${name}`);
  return service;
}

export interface Codec {
  /** Members as protobuf-es names them: camelCase, `oneof` as `{ case, value }`, 64-bit integers as bigint. */
  readonly serialize: (value: object) => Buffer;
  /** Throws for bytes that are no such message. */
  readonly deserialize: (bytes: Uint8Array) => object;
}

export function codecOf(message: DescMessage): Codec {
  return {
    serialize(value) {
      const bytes = toBinary(message, create(message, value as Partial<Message>));
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    deserialize: (bytes) => fromBinary(message, bytes),
  };
}

/** How grpc-js wants a method: its path and codecs. */
export interface GrpcMethod {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  readonly requestSerialize: Codec['serialize'];
  readonly requestDeserialize: Codec['deserialize'];
  readonly responseSerialize: Codec['serialize'];
  readonly responseDeserialize: Codec['deserialize'];
}

/** The methods of a service by name. */
export function methodsOf(service: DescService): Readonly<Record<string, GrpcMethod>> {
  return Object.fromEntries(
    service.methods.map((method) => {
      const request = codecOf(method.input);
      const response = codecOf(method.output);
      const isBidi = method.methodKind === 'bidi_streaming';
      return [
        method.name,
        {
          path: `/${service.typeName}/${method.name}`,
          requestStream: isBidi || method.methodKind === 'client_streaming',
          responseStream: isBidi || method.methodKind === 'server_streaming',
          requestSerialize: request.serialize,
          requestDeserialize: request.deserialize,
          responseSerialize: response.serialize,
          responseDeserialize: response.deserialize,
        },
      ];
    }),
  );
}
