/** The body of `POST /otel/v1/traces`, JSON or protobuf, to the internal model. */
import { invalidRequest, isCoaiaError, isObject, jsonDepth } from '#base';
import { decodeJson } from './decode-json.ts';
import { decodeProtobuf } from './decode-protobuf.ts';
import type { OtlpResourceSpans } from './model.ts';
import { refuse } from './refuse.ts';

export type OtlpFormat = 'json' | 'protobuf';

/** Deepest nesting of brackets in a JSON body: 32 levels of values and the frame around them. */
const MAX_JSON_DEPTH = 160;

/** The format a Content-Type names; undefined for any other. */
export function toFormat(contentType: string): OtlpFormat | undefined {
  const type = contentType.toLowerCase();
  if (type.includes('json')) return 'json';
  return type.includes('x-protobuf') || type.includes('application/protobuf')
    ? 'protobuf'
    : undefined;
}

/**
 * Decodes a whole request. Throws COAIA-0002 (400) naming the place that is wrong: then nothing of the request
 * counts, as OTLP has no way to refuse half a message it could not read.
 */
export function decodeTraces(bytes: Uint8Array, contentType: string): readonly OtlpResourceSpans[] {
  const format = toFormat(contentType);
  if (format === undefined) {
    throw invalidRequest(
      `OTLP traces must be sent as application/json or application/x-protobuf, not as "${contentType.slice(0, 100)}".`,
    );
  }
  if (format === 'json') return decodeJson(parseBody(bytes));
  try {
    return decodeProtobuf(bytes);
  } catch (error) {
    // The reader reports damage (cut off, bad varint, bad UTF-8) by exceptions of its own.
    if (isCoaiaError(error)) throw error;
    throw refuse('the protobuf message', error instanceof Error ? error.message : 'unreadable');
  }
}

function parseBody(bytes: Uint8Array): Record<string, unknown> {
  if (jsonDepth(bytes, MAX_JSON_DEPTH) > MAX_JSON_DEPTH) {
    throw refuse('the JSON text', `it is nested deeper than ${MAX_JSON_DEPTH} levels`);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    throw refuse(
      'the JSON text',
      error instanceof Error ? error.message.slice(0, 200) : 'unreadable',
    );
  }
  if (!isObject(value)) throw refuse('the top', 'expected an object with "resourceSpans"');
  return value;
}
