/** Server reflection, v1 and v1alpha: which services there are, and the files that describe them. */
import { status as STATUS } from '@grpc/grpc-js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import type { FileDescriptorProto } from '@bufbuild/protobuf/wkt';

interface ReflectionRequest {
  readonly host: string;
  readonly messageRequest:
    | { readonly case: undefined }
    | {
        readonly case:
          | 'fileByFilename'
          | 'fileContainingSymbol'
          | 'allExtensionNumbersOfType'
          | 'listServices';
        readonly value: string;
      }
    | {
        readonly case: 'fileContainingExtension';
        readonly value: { readonly containingType: string };
      };
}

/** What the server has at this moment. */
export interface Offer {
  /** Full names. */
  readonly services: () => readonly string[];
  readonly files: () => readonly FileDescriptorProto[];
}

/** Handlers of grpc-js by method; both versions have the same messages. */
export function createReflectionService(offer: Offer) {
  return {
    ServerReflectionInfo(call: ServerDuplexStream<ReflectionRequest, object>): void {
      call.on('data', (request: ReflectionRequest) => {
        const { host } = request;
        const messageResponse = answer(request, offer);
        call.write({ validHost: host, originalRequest: request, messageResponse });
      });
      call.on('end', () => call.end());
    },
  };
}

function answer({ messageRequest: asked }: ReflectionRequest, { services, files }: Offer) {
  if (asked.case === 'listServices') {
    const service = services().map((name) => ({ name }));
    return { case: 'listServicesResponse', value: { service } };
  }
  const file = findFile(asked, files());
  if (file !== undefined) {
    const bytes = toBinary(FileDescriptorProtoSchema, file);
    return { case: 'fileDescriptorResponse', value: { fileDescriptorProto: [bytes] } };
  }
  const errorMessage = `There is nothing called ${JSON.stringify(asked.case === undefined ? '' : asked.value)}.`;
  return { case: 'errorResponse', value: { errorCode: STATUS.NOT_FOUND, errorMessage } };
}

/** There are no extensions, so none is found. */
function findFile(
  asked: ReflectionRequest['messageRequest'],
  files: readonly FileDescriptorProto[],
): FileDescriptorProto | undefined {
  if (asked.case === 'fileByFilename') return files.find(({ name }) => name === asked.value);
  if (asked.case !== 'fileContainingSymbol') return undefined;
  return files.find((file) => symbolsOf(file).has(asked.value));
}

/** Full names of everything a file declares. */
function symbolsOf(file: FileDescriptorProto): ReadonlySet<string> {
  const names = new Set<string>();
  for (const service of file.service) {
    names.add(`${file.package}.${service.name}`);
    for (const method of service.method)
      names.add(`${file.package}.${service.name}.${method.name}`);
  }
  for (const { name } of file.enumType) names.add(`${file.package}.${name}`);
  const addMessages = (prefix: string, messages: FileDescriptorProto['messageType']) => {
    for (const message of messages) {
      const name = `${prefix}.${message.name}`;
      names.add(name);
      for (const field of message.field) names.add(`${name}.${field.name}`);
      for (const inner of message.enumType) names.add(`${name}.${inner.name}`);
      addMessages(name, message.nestedType);
    }
  };
  addMessages(file.package, file.messageType);
  return names;
}
