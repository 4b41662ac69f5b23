/** OTLP bodies that are wrong, in JSON and in protobuf. */
import { toNestedJson, toUtf16 } from './encodings.ts';
import type { Body } from './hostile-server.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';

/** One span as OTLP/JSON. */
export function toOtlp(span: object = {}, attributes: unknown = []): string {
  const whole = {
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    name: 'must-not-be-stored',
    startTimeUnixNano: '1767323045000000000',
    endTimeUnixNano: '1767323046000000000',
    attributes,
    ...span,
  };
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [whole] }] }] });
}

const GOOD = toOtlp();

/** Refused with 400; nothing is stored. */
export const BAD_JSON: Readonly<Record<string, Body>> = {
  empty: '',
  'cut off': GOOD.slice(0, -5),
  'UTF-16': Buffer.from(toUtf16(GOOD)),
  'malformed UTF-8': Buffer.concat([Buffer.from(GOOD.slice(0, 30)), Buffer.from([0xff, 0xfe])]),
  null: 'null',
  array: '[]',
  'resourceSpans an object': '{"resourceSpans":{}}',
  'resourceSpans a string': '{"resourceSpans":"x"}',
  'resource span a number': '{"resourceSpans":[1]}',
  'scopeSpans an object': '{"resourceSpans":[{"scopeSpans":{}}]}',
  'spans a string': '{"resourceSpans":[{"scopeSpans":[{"spans":"x"}]}]}',
  'logs payload': '{"resourceLogs":[]}',
  'metrics payload': '{"resourceMetrics":[]}',
  'no trace id': toOtlp({ traceId: undefined }),
  'trace id of zeros': toOtlp({ traceId: '0'.repeat(32) }),
  'short trace id': toOtlp({ traceId: 'abc' }),
  'trace id a number': toOtlp({ traceId: 7 }),
  'trace id an object': toOtlp({ traceId: { toString: 1 } }),
  'no span id': toOtlp({ spanId: '' }),
  'parent not hex': toOtlp({ parentSpanId: 'zzzz' }),
  'start as text': toOtlp({ startTimeUnixNano: 'now' }),
  'start negative': toOtlp({ startTimeUnixNano: '-1' }),
  'start beyond 64 bits': toOtlp({ startTimeUnixNano: '99999999999999999999' }),
  'end an object': toOtlp({ endTimeUnixNano: { high: 'a', low: 1 } }),
  'start as 1e400': GOOD.replace('"1767323045000000000"', '1e400'),
  'name an object': toOtlp({ name: { toString: 'x' } }),
  'attributes an object': toOtlp({}, { a: 1 }),
  'attribute a string': toOtlp({}, ['a']),
  'attribute key a number': toOtlp({}, [{ key: 1, value: { stringValue: 'x' } }]),
  'attribute value a string': toOtlp({}, [{ key: 'a', value: 'x' }]),
  'events an object': toOtlp({ events: {} }),
  'status a string': toOtlp({ status: 'ok' }),
  'a million levels': toNestedJson(1_000_000),
  'a million levels in a value': GOOD.replace(
    '"attributes":[]',
    `"attributes":${toNestedJson(1_000_000)}`,
  ),
  'nested values': toOtlp({}, [{ key: 'a', value: toDeepValue(60) }]),
  '450,000 attributes': toOtlp(
    {},
    Array.from({ length: 450_000 }, () => ({ key: 'a', value: {} })),
  ),
};

function toDeepValue(depth: number): object {
  let value: object = { stringValue: 'x' };
  for (let level = 0; level < depth; level++) value = { arrayValue: { values: [value] } };
  return value;
}

const attribute = (key: string, value: unknown) => ({ key, value });
const text = (key: string, value: string) => attribute(key, { stringValue: value });

/** Odd but legal: answered 200, and every span is stored and readable. */
export const ODD_ATTRIBUTES: Readonly<Record<string, readonly unknown[]>> = {
  'JSON text of a million levels': [text('langfuse.observation.input', toNestedJson(1_000_000))],
  'own __proto__ in JSON text': [text('langfuse.observation.metadata', '{"__proto__":{"x":1}}')],
  'attribute named __proto__': [text('__proto__', 'x'), text('constructor', 'y')],
  'dotted __proto__': [
    text('gen_ai.prompt.__proto__.content', 'x'),
    text('gen_ai.prompt.0.constructor', 'y'),
  ],
  'list position of a billion': [text('gen_ai.prompt.999999999.content', 'x')],
  'a thousand dots': [text(`gen_ai.prompt${'.a'.repeat(1000)}`, 'x')],
  'usage that is no number': [
    text('langfuse.observation.usage_details', '{"input":"many","output":-5,"x":1e400}'),
  ],
  'cost that is infinite': [
    text('langfuse.observation.cost_details', '{"total":1e400,"input":-1}'),
  ],
  'level unknown': [text('langfuse.observation.level', 'LOUD')],
  'completion start impossible': [
    text('langfuse.observation.completion_start_time', '"+275760-09-13T00:00:00Z"'),
  ],
  'prompt version huge': [
    text('langfuse.observation.prompt.name', 'p'),
    text('langfuse.observation.prompt.version', '99999999999999999999'),
  ],
  'int64 extremes': [
    attribute('a', { intValue: '9223372036854775807' }),
    attribute('b', { intValue: '-9223372036854775808' }),
  ],
  'int that is text': [attribute('a', { intValue: 'many' })],
  'double as text': [
    attribute('a', { doubleValue: 'Infinity' }),
    attribute('b', { doubleValue: 'NaN' }),
  ],
  'several kinds at once': [attribute('a', { stringValue: 'x', intValue: 1, boolValue: true })],
  'string value an object': [attribute('a', { stringValue: { toString: 1 } })],
  'NUL and surrogates': [
    text('a', 'a\0b\ud800'),
    text('user.id', 'u\0\ud800'),
    text('session.id', 's\0\udc00'),
  ],
  'empty names': [text('', 'x'), attribute('b', undefined)],
  'tags of everything': [text('langfuse.trace.tags', '[1,null,{"a":1},"x",["y"]]')],
  'environment of 10,000 characters': [text('langfuse.environment', 'e'.repeat(10_000))],
};

const field = (tag: number, payload: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([(tag << 3) | 2]), toVarint(payload.length), payload]);

function toVarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}

const spanBytes = (over: { readonly traceId?: Buffer; readonly name?: Buffer } = {}): Buffer =>
  Buffer.concat([
    field(1, over.traceId ?? Buffer.from(TRACE_ID, 'hex')),
    field(2, Buffer.from(SPAN_ID, 'hex')),
    field(5, over.name ?? Buffer.from('must-not-be-stored')),
  ]);

/** A whole protobuf request around one span. */
export const toProtobuf = (span: Buffer = spanBytes()): Buffer =>
  field(1, field(2, field(2, span)));

function toDeepProtobuf(depth: number): Buffer {
  let value = field(1, Buffer.from('x'));
  for (let level = 0; level < depth; level++) value = field(5, field(1, value));
  return toProtobuf(
    Buffer.concat([
      spanBytes(),
      field(9, Buffer.concat([field(1, Buffer.from('k')), field(2, value)])),
    ]),
  );
}

/** Refused with 400; nothing is stored. */
export const BAD_PROTOBUF: Readonly<Record<string, Buffer>> = {
  'ten varint bytes and more': Buffer.alloc(20, 0xff),
  'wire type 7': Buffer.from([0x0f, 0x01]),
  'length beyond the end': Buffer.from([0x0a, 0x7f, 0x01]),
  'length of 4 GB': Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]),
  'field number zero': Buffer.from([0x00, 0x01]),
  'trace id of 3 bytes': toProtobuf(spanBytes({ traceId: Buffer.from([1, 2, 3]) })),
  'trace id of zeros': toProtobuf(spanBytes({ traceId: Buffer.alloc(16) })),
  'name in malformed UTF-8': toProtobuf(spanBytes({ name: Buffer.from([0xc3, 0x28, 0xff]) })),
  '10,000 nested values': toDeepProtobuf(10_000),
  'JSON instead': Buffer.from(GOOD),
  'open groups': Buffer.alloc(100_000, 0x0b),
};
