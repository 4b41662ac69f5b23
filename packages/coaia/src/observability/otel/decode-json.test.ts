/** OTLP/JSON in the variants that exporters send, and what is refused with which words. */
import { isCoaiaError } from '#base';
import { describe, expect, it } from 'vitest';
import { decodeTraces } from './decode.ts';
import { SPAN_ID, toBytes, toRequest, TRACE_ID } from './testing/span-request.ts';

const decode = (request: unknown, type = 'application/json') =>
  decodeTraces(toBytes(request), type);

/** A request with one span, some members of which are replaced. */
function withSpan(members: Readonly<Record<string, unknown>>): unknown {
  const request = toRequest([{}]);
  const span = request.resourceSpans[0]?.scopeSpans[0]?.spans[0];
  return {
    resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, ...members }] }] }],
  };
}

const decodeSpan = (members: Readonly<Record<string, unknown>>) => {
  const span = decode(withSpan(members))[0]?.scopeSpans[0]?.spans[0];
  if (span === undefined) throw new Error('no span');
  return span;
};

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isCoaiaError(error) && error.definition.status === 400) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('ids', () => {
  const bytes = [...Buffer.from(TRACE_ID, 'hex')];
  it.each([
    TRACE_ID,
    TRACE_ID.toUpperCase(),
    Buffer.from(TRACE_ID, 'hex').toString('base64'),
    bytes,
    { type: 'Buffer', data: bytes },
  ])('of 16 bytes as %j', (traceId) => {
    expect(decodeSpan({ traceId }).traceId).toBe(TRACE_ID);
  });

  it('of parents may be absent, empty or zero', () => {
    for (const parentSpanId of [undefined, null, '', '0000000000000000']) {
      expect(decodeSpan({ parentSpanId }).parentSpanId).toBeUndefined();
    }
  });

  it.each([
    ['traceId', undefined],
    ['traceId', ''],
    ['traceId', '0'.repeat(32)],
    ['traceId', 'xyz'],
    ['spanId', SPAN_ID.slice(1)],
    ['spanId', 7],
    ['parentSpanId', 'nope'],
  ])('%s %j refuse the whole request', (name, value) => {
    expect(refusal(() => decodeSpan({ [name]: value }))).toContain(
      `resourceSpans[0].scopeSpans[0].spans[0].${name}`,
    );
  });
});

describe('times', () => {
  const expected = 1_767_323_045_123;
  const nanos = 1_767_323_045_123_456_789n;
  it.each([
    nanos.toString(),
    Number(nanos),
    { high: Number(nanos >> 32n), low: Number(nanos & 0xff_ff_ff_ffn) },
    { high: Number(nanos >> 32n), low: Number(BigInt.asIntN(32, nanos)), unsigned: true },
  ])('in nanoseconds as %j', (startTimeUnixNano) => {
    expect(decodeSpan({ startTimeUnixNano }).startTime).toBe(expected);
  });

  it.each(['soon', '-5', -5, '99999999999999999999', true, { high: 'x' }, []])(
    '%j are refused',
    (endTimeUnixNano) => {
      expect(refusal(() => decodeSpan({ endTimeUnixNano }))).toContain('.endTimeUnixNano');
    },
  );
});

describe('values', () => {
  const value = (any: unknown) =>
    decodeSpan({ attributes: [{ key: 'k', value: any }] }).attributes['k'];
  it.each([
    [{ stringValue: '' }, ''],
    [{ intValue: '42' }, 42],
    [{ intValue: 42 }, 42],
    [{ intValue: '9007199254740993' }, '9007199254740993'],
    [{ intValue: { high: 1, low: 5 } }, 4_294_967_301],
    [{ doubleValue: 1.5 }, 1.5],
    [{ doubleValue: 'NaN' }, 'NaN'],
    [{ boolValue: false }, false],
    [{ bytesValue: 'AAEC' }, 'AAEC'],
    [{ arrayValue: { values: [{ intValue: 1 }, { stringValue: 'a' }] } }, [1, 'a']],
    [{ arrayValue: {} }, []],
    [{ kvlistValue: { values: [{ key: 'a', value: { intValue: 1 } }] } }, { a: 1 }],
    [{}, null],
    [undefined, null],
  ])('%j', (any, expected) => {
    expect(value(any)).toEqual(expected);
  });

  it('with the key __proto__ reach no prototype', () => {
    const { attributes } = decodeSpan({
      attributes: [{ key: '__proto__', value: { stringValue: 'x' } }],
    });
    expect(Object.keys(attributes)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('requests', () => {
  it('may be empty, and may use the names of the proto file', () => {
    expect(decode({})).toEqual([]);
    expect(decode({ resourceSpans: [] })).toEqual([]);
    const spans = decode({
      resource_spans: [
        { scope_spans: [{ spans: [{ trace_id: TRACE_ID, span_id: SPAN_ID, name: 'snake' }] }] },
      ],
    });
    expect(spans[0]?.scopeSpans[0]?.spans[0]).toMatchObject({ traceId: TRACE_ID, name: 'snake' });
  });

  it.each([
    [{ resourceSpans: {} }, 'resourceSpans: expected an array'],
    [{ resourceSpans: [7] }, 'resourceSpans[0]: expected an object'],
    [{ resourceSpans: [{ scopeSpans: {} }] }, 'resourceSpans[0].scopeSpans: expected an array'],
    [withSpan({ attributes: {} }), 'spans[0].attributes: expected an array'],
    [withSpan({ events: 'x' }), 'spans[0].events: expected an array'],
    [withSpan({ name: 7 }), 'spans[0].name: expected a string'],
    [withSpan({ attributes: [{ key: 'k', value: 'bare' }] }), 'expected an AnyValue object'],
    [[], 'expected an object with "resourceSpans"'],
    [{ resourceLogs: [] }, 'This is an OTLP logs payload'],
    [{ resourceMetrics: [] }, 'This is an OTLP metrics payload'],
  ])('like %j are refused', (request, words) => {
    expect(refusal(() => decode(request))).toContain(words);
  });

  it('that are not JSON, not UTF-8 or of another type are refused', () => {
    expect(
      refusal(() => decodeTraces(new TextEncoder().encode('{"resource'), 'application/json')),
    ).toContain('the JSON text');
    expect(
      refusal(() => decodeTraces(Uint8Array.of(0x22, 0xff, 0x22), 'application/json')),
    ).toContain('the JSON text');
    expect(refusal(() => decode({}, 'text/plain'))).toContain('application/x-protobuf');
  });

  it('nested too deep are refused before they are parsed', () => {
    const deep = new TextEncoder().encode('['.repeat(1_000_000));
    expect(refusal(() => decodeTraces(deep, 'application/json'))).toContain('nested deeper');
    let value: unknown = { stringValue: 'core' };
    for (let level = 0; level < 36; level++) value = { arrayValue: { values: [value] } };
    const request = withSpan({ attributes: [{ key: 'k', value }] });
    expect(refusal(() => decode(request))).toContain('nested deeper than 32');
  });
});
