/**
 * OTLP/protobuf to the internal model. Field numbers: opentelemetry-proto 1.x,
 * `collector/trace/v1/trace_service.proto`, `trace/v1/trace.proto`, `common/v1/common.proto`. Fields without
 * a meaning here (flags, links, dropped counts, kind, trace state) and unknown ones are skipped.
 */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { toHexId } from './ids.ts';
import { createAttributes, MAX_VALUES } from './model.ts';
import type { OtlpEvent, OtlpResourceSpans, OtlpScope, OtlpScopeSpans, OtlpSpan } from './model.ts';
import { fromNanos } from './nanos.ts';
import { readKeyValue, readText, spend } from './protobuf-value.ts';
import type { Source } from './protobuf-value.ts';
import { refuse, refuseSignal } from './refuse.ts';

type Field = (tag: number, wire: WireType) => boolean;

/** Decodes an `ExportTraceServiceRequest`; throws COAIA-0002 for wrong content and RangeError for damage. */
export function decodeProtobuf(bytes: Uint8Array): readonly OtlpResourceSpans[] {
  const source: Source = { reader: new BinaryReader(bytes), left: MAX_VALUES };
  const all: OtlpResourceSpans[] = [];
  readFields(source, bytes.length, (tag, wire) => {
    if (tag !== 1) return false;
    const item = readResourceSpans(source, openMessage(source, wire, 'resource_spans'));
    if (item.scopeSpans.length > 0) all.push(item);
    return true;
  });
  return all;
}

function readResourceSpans(source: Source, end: number): OtlpResourceSpans {
  const attributes = createAttributes();
  const scopeSpans: OtlpScopeSpans[] = [];
  readFields(source, end, (tag, wire) => {
    if (tag === 1) {
      readFields(source, openMessage(source, wire, 'resource'), (inner, innerWire) => {
        if (inner !== 1) return false;
        readKeyValue(source, openMessage(source, innerWire, 'resource.attributes'), attributes, 0);
        return true;
      });
      return true;
    }
    if (tag !== 2) return false;
    const item = readScopeSpans(source, openMessage(source, wire, 'scope_spans'));
    if (item.spans.length > 0) scopeSpans.push(item);
    return true;
  });
  return { resource: { attributes }, scopeSpans };
}

function readScopeSpans(source: Source, end: number): OtlpScopeSpans {
  let scope: OtlpScope = { name: '', version: '', attributes: createAttributes() };
  const spans: OtlpSpan[] = [];
  readFields(source, end, (tag, wire) => {
    if (tag === 1) scope = readScope(source, openMessage(source, wire, 'scope'));
    else if (tag === 2)
      spans.push(readSpan(source, openMessage(source, wire, 'spans'), spans.length));
    else return false;
    return true;
  });
  return { scope, spans };
}

function readScope(source: Source, end: number): OtlpScope {
  let name = '';
  let version = '';
  const attributes = createAttributes();
  readFields(source, end, (tag, wire) => {
    if (tag === 1) name = readText(source, wire, 'scope.name');
    else if (tag === 2) version = readText(source, wire, 'scope.version');
    else if (tag === 3)
      readKeyValue(source, openMessage(source, wire, 'scope.attributes'), attributes, 0);
    else return false;
    return true;
  });
  return { name, version, attributes };
}

/** What a span message has given so far; repeated scalar fields: the last one counts. */
interface Draft {
  traceId?: string | undefined;
  spanId?: string | undefined;
  parentSpanId?: string | undefined;
  name: string;
  startTime?: number | undefined;
  endTime?: number | undefined;
  attributes: Record<string, unknown>;
  events: OtlpEvent[];
  status: { code: number; message: string };
}

function readSpan(source: Source, end: number, index: number): OtlpSpan {
  const at = `spans[${index}]`;
  const draft: Draft = {
    name: '',
    attributes: createAttributes(),
    events: [],
    status: { code: 0, message: '' },
  };
  readFields(source, end, (tag, wire) => readSpanField(source, tag, wire, draft, at));
  const { traceId, spanId } = draft;
  if (traceId === undefined)
    throw refuse(`${at}.trace_id`, 'expected 16 bytes that are not all zero');
  if (spanId === undefined) throw refuse(`${at}.span_id`, 'expected 8 bytes that are not all zero');
  return {
    ...draft,
    traceId,
    spanId,
    parentSpanId: draft.parentSpanId,
    startTime: draft.startTime,
    endTime: draft.endTime,
  };
}

/** Readers of a span's fields by number. */
const SPAN_FIELDS: Readonly<
  Record<number, (source: Source, wire: WireType, draft: Draft, at: string) => void>
> = {
  1: (source, wire, draft, at) => {
    // The first field of a log record is a fixed 64-bit time where a span has its trace id.
    if (wire === WireType.Bit64) throw refuseSignal('logs');
    draft.traceId = toHexId(readBytes(source, wire, `${at}.trace_id`), 16);
  },
  2: (source, wire, draft, at) => {
    draft.spanId = toHexId(readBytes(source, wire, `${at}.span_id`), 8);
  },
  4: (source, wire, draft, at) => {
    const bytes = readBytes(source, wire, `${at}.parent_span_id`);
    if (bytes.length > 0 && bytes.length !== 8)
      throw refuse(`${at}.parent_span_id`, 'expected 8 bytes');
    draft.parentSpanId = toHexId(bytes, 8);
  },
  5: (source, wire, draft, at) => {
    draft.name = readText(source, wire, `${at}.name`);
  },
  7: (source, wire, draft, at) => {
    draft.startTime = readTime(source, wire, `${at}.start_time_unix_nano`);
  },
  8: (source, wire, draft, at) => {
    draft.endTime = readTime(source, wire, `${at}.end_time_unix_nano`);
  },
  9: (source, wire, draft, at) => {
    readKeyValue(source, openMessage(source, wire, `${at}.attributes`), draft.attributes, 0);
  },
  11: (source, wire, draft, at) => {
    draft.events.push(readEvent(source, openMessage(source, wire, `${at}.events`), at));
  },
  15: (source, wire, draft, at) => {
    readStatus(source, openMessage(source, wire, `${at}.status`), draft, at);
  },
};

function readSpanField(
  source: Source,
  tag: number,
  wire: WireType,
  draft: Draft,
  at: string,
): boolean {
  const read = SPAN_FIELDS[tag];
  read?.(source, wire, draft, at);
  return read !== undefined;
}

function readEvent(source: Source, end: number, at: string): OtlpEvent {
  spend(source, `${at}.events`);
  let name = '';
  let time: number | undefined;
  const attributes = createAttributes();
  readFields(source, end, (tag, wire) => {
    if (tag === 1) time = readTime(source, wire, `${at}.events.time_unix_nano`);
    else if (tag === 2) name = readText(source, wire, `${at}.events.name`);
    else if (tag === 3)
      readKeyValue(source, openMessage(source, wire, `${at}.events.attributes`), attributes, 0);
    else return false;
    return true;
  });
  return { name, time, attributes };
}

function readStatus(source: Source, end: number, draft: Draft, at: string): void {
  readFields(source, end, (tag, wire) => {
    if (tag === 2) draft.status.message = readText(source, wire, `${at}.status.message`);
    else if (tag === 3 && wire === WireType.Varint) draft.status.code = source.reader.int32();
    else return false;
    return true;
  });
}

function readTime(source: Source, wire: WireType, at: string): number | undefined {
  if (wire !== WireType.Bit64) throw refuse(at, 'expected a fixed 64-bit number');
  return fromNanos(BigInt(source.reader.fixed64())) ?? undefined;
}

function readBytes(source: Source, wire: WireType, at: string): Uint8Array {
  if (wire !== WireType.LengthDelimited) throw refuse(at, 'expected bytes');
  return source.reader.bytes();
}

/** Calls `read` for each field up to `end`; what it does not take is skipped. */
function readFields(source: Source, end: number, read: Field): void {
  const { reader } = source;
  while (reader.pos < end) {
    const [tag, wire] = reader.tag();
    if (!read(tag, wire)) reader.skip(wire, tag);
  }
  if (reader.pos !== end) throw refuse(`byte ${end}`, 'a field runs over the end of its message');
}

/** Enters a nested message: the position of its end. */
function openMessage(source: Source, wire: WireType, at: string): number {
  if (wire !== WireType.LengthDelimited) throw refuse(at, 'expected a message');
  const { reader } = source;
  const end = reader.uint32() + reader.pos;
  if (end > reader.len) throw refuse(at, 'the message is cut off');
  return end;
}
