/** Hostile bodies: whatever arrives, the decoder answers with spans or with a refusal, never with a crash. */
import { isCoaiaError } from '#base';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTraces } from './decode.ts';
import { toBytes, toRequest } from './testing/span-request.ts';
import { toIngestionEvents } from './to-ingestion-events.ts';

const PROTOBUF = 'application/x-protobuf';

/** True when the body was either mapped or refused with a 400. */
function isHandled(bytes: Uint8Array, contentType: string): boolean {
  try {
    JSON.stringify(toIngestionEvents(decodeTraces(bytes, contentType), { receivedAt: 0 }));
    return true;
  } catch (error) {
    return isCoaiaError(error) && error.definition.status === 400;
  }
}

const field = (tag: number, bytes: Uint8Array) =>
  new BinaryWriter().tag(tag, WireType.LengthDelimited).bytes(bytes).finish();

const join = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** A request with one span in protobuf; `extra` is appended to the span. */
function toProtobuf(extra: Uint8Array = new Uint8Array()): Uint8Array {
  const text = (tag: number, value: string) => field(tag, new TextEncoder().encode(value));
  const attribute = join(text(1, 'input.value'), field(2, text(1, 'in')));
  const span = join(
    field(
      1,
      Uint8Array.from({ length: 16 }, (_, index) => index + 1),
    ),
    field(
      2,
      Uint8Array.from({ length: 8 }, (_, index) => index + 1),
    ),
    text(5, 'checkout'),
    new BinaryWriter().tag(7, WireType.Bit64).fixed64(1_767_323_045_000_000_000n).finish(),
    field(9, attribute),
    field(11, text(2, 'event')),
    field(15, text(2, 'message')),
    extra,
  );
  const resource = field(1, field(1, attribute));
  return field(1, join(resource, field(2, join(field(1, text(1, 'scope')), field(2, span)))));
}

describe('protobuf', () => {
  it('of random bytes is refused or empty', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => isHandled(bytes, PROTOBUF)),
      {
        numRuns: 2000,
      },
    );
  });

  it('cut off anywhere, or with any byte changed, is refused or read', () => {
    const whole = toProtobuf();
    expect(decodeTraces(whole, PROTOBUF)[0]?.scopeSpans[0]?.spans[0]?.name).toBe('checkout');
    for (let length = 0; length < whole.length; length++) {
      expect(isHandled(whole.subarray(0, length), PROTOBUF)).toBe(true);
    }
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const changed = Uint8Array.from(whole);
        changed[at] = byte;
        return isHandled(changed, PROTOBUF);
      }),
      { numRuns: 2000 },
    );
  });

  it('cut off inside a span is refused, not half read', () => {
    const whole = toProtobuf();
    expect(() => decodeTraces(whole.subarray(0, -3), PROTOBUF)).toThrow(/not valid at/);
  });

  it('with fields from the future is read without them', () => {
    const future = join(
      field(900, Uint8Array.of(1, 2, 3)),
      new BinaryWriter().tag(901, WireType.Varint).uint32(7).finish(),
    );
    expect(decodeTraces(toProtobuf(future), PROTOBUF)).toEqual(
      decodeTraces(toProtobuf(), PROTOBUF),
    );
  });

  it('with values nested without end is refused', () => {
    let value = field(1, Uint8Array.of(0x61));
    for (let level = 0; level < 5000; level++) value = field(5, field(1, value));
    const bomb = toProtobuf(field(9, field(2, value)));
    expect(() => decodeTraces(bomb, PROTOBUF)).toThrow(/nested deeper than 32/);
  });

  it('with bad UTF-8 is refused', () => {
    expect(() => decodeTraces(toProtobuf(field(5, Uint8Array.of(0xff, 0xfe))), PROTOBUF)).toThrow(
      /not valid at the protobuf message/,
    );
  });

  it('with more values than a request may carry is refused', () => {
    const empty = field(1, new Uint8Array());
    const many = new Uint8Array(Buffer.alloc(empty.length * 400_001, Buffer.from(empty)));
    const bomb = toProtobuf(field(9, field(2, field(5, many))));
    expect(() => decodeTraces(bomb, PROTOBUF)).toThrow(/may carry 400000/);
  });

  it('of log records is refused by name', () => {
    const record = new BinaryWriter().tag(1, WireType.Bit64).fixed64(1n).finish();
    const logs = field(1, field(2, field(2, record)));
    expect(() => decodeTraces(logs, PROTOBUF)).toThrow(/OTLP logs payload/);
  });
});

describe('JSON', () => {
  it('of any shape is refused or read', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) =>
        isHandled(new TextEncoder().encode(`{"resourceSpans":[${text}]}`), 'application/json'),
      ),
      { numRuns: 1000 },
    );
  });

  it('with any attribute names and values is mapped', () => {
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'ai.prompt',
        'events',
        'gen_ai.prompt.0.x',
        'gen_ai.prompt.0',
        'gen_ai.usage.input_tokens',
        'gen_ai.system_instructions',
        'langfuse.trace.tags',
        'langfuse.trace.public',
        'langfuse.observation.type',
        'langfuse.observation.usage_details',
        'langfuse.experiment.a',
        '__proto__',
      ),
    );
    const values = fc.oneof(fc.string(), fc.json(), fc.double(), fc.boolean(), fc.constant([[]]));
    fc.assert(
      fc.property(fc.dictionary(names, values), (attributes) => {
        const bytes = toBytes(toRequest([{ attributes, parentSpanId: '' }]));
        const spans = decodeTraces(bytes, 'application/json');
        const events = toIngestionEvents(spans, { receivedAt: 0 });
        expect(events).toHaveLength(2);
        expect(JSON.stringify(events)).not.toContain('[object Object]"');
      }),
      { numRuns: 1000 },
    );
  });
});
