/** What spans say about their traces, and that sending again changes nothing. */
import { describe, expect, it } from 'vitest';
import { mapSpans, mapTraces, RECEIVED_AT, SPAN_ID, TRACE_ID } from './testing/span-request.ts';

const root = { parentSpanId: '', name: 'request' } as const;

describe('trace of a root span', () => {
  it('takes name, input and output of the span', () => {
    const [trace] = mapTraces({
      ...root,
      resource: { 'service.version': '2.0', 'langfuse.release': 'r1' },
      attributes: {
        'input.value': 'in',
        'output.value': 'out',
        'session.id': 's1',
        'user.id': 'u1',
      },
    });
    expect(trace).toMatchObject({
      id: TRACE_ID,
      timestamp: '2026-01-02T03:04:05.000Z',
      name: 'request',
      input: 'in',
      output: 'out',
      sessionId: 's1',
      userId: 'u1',
      release: 'r1',
      version: '2.0',
    });
  });

  it('prefers what was set for the trace', () => {
    const [trace] = mapTraces({
      ...root,
      attributes: {
        'input.value': 'in',
        'langfuse.trace.name': 'checkout',
        'langfuse.trace.input': '{"q":1}',
        'langfuse.trace.output': 'o',
        'langfuse.trace.public': true,
        'langfuse.trace.metadata': '{"a":1}',
        'langfuse.trace.metadata.b': '[2]',
        'langfuse.observation.metadata.c': 3,
      },
    });
    expect(trace).toMatchObject({ name: 'checkout', input: { q: 1 }, output: 'o', public: true });
    expect(trace?.['metadata']).toMatchObject({ a: 1, b: [2] });
    expect(trace?.['metadata']).not.toHaveProperty('c');
  });

  it.each([
    [
      ['b', 'a'],
      ['b', 'a'],
    ],
    ['["a","b"]', ['a', 'b']],
    ['a, b', ['a', 'b']],
    ['a', ['a']],
    [' , ', undefined],
  ])('reads tags %j', (tags, expected) => {
    const [trace] = mapTraces({ ...root, attributes: { 'langfuse.trace.tags': tags } });
    expect(trace?.['tags']).toEqual(expected);
  });
});

describe('trace of other spans', () => {
  it('is not mentioned without trace-level attributes', () => {
    expect(mapTraces({ attributes: { 'input.value': 'in' } })).toEqual([]);
  });

  it('carries only what was set for the trace', () => {
    expect(
      mapTraces({
        attributes: { 'session.id': 's1', 'input.value': 'in', 'langfuse.trace.metadata.k': 'v' },
      }),
    ).toEqual([{ id: TRACE_ID, sessionId: 's1', metadata: { k: 'v' } }]);
  });

  it('is mentioned once per request, however many spans repeat it', () => {
    const attributes = { 'session.id': 's1' };
    const spans = ['1', '2', '3'].map((digit) => ({ spanId: digit.repeat(16), attributes }));
    expect(mapTraces(...spans)).toHaveLength(1);
    expect(mapSpans(...spans)).toHaveLength(4);
  });

  it('under a foreign parent stands in for the root, before all real time', () => {
    const [standIn, update] = mapSpans({
      name: 'app',
      attributes: { 'langfuse.internal.is_app_root': true, 'input.value': 'in' },
    }).toSorted((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
    expect(standIn?.body).toEqual({ id: TRACE_ID, name: 'app', input: 'in' });
    expect(Date.parse(standIn?.timestamp ?? '')).toBeLessThan(0);
    expect(update?.body).toEqual({ id: TRACE_ID, timestamp: '2026-01-02T03:04:05.000Z' });
  });
});

describe('events', () => {
  it('are the same when the same spans are sent again, and others when they changed', () => {
    const span = { ...root, attributes: { 'input.value': 'in' } };
    const ids = mapSpans(span).map((event) => event.id);
    expect(mapSpans(span).map((event) => event.id)).toEqual(ids);
    const changed = mapSpans({ ...root, attributes: { 'input.value': 'other' } });
    expect(changed.map((event) => event.id).filter((id) => ids.includes(id))).toEqual([]);
  });

  it('of an unfinished span have no end and lose to those of the finished one', () => {
    const [open] = mapSpans({ endTimeUnixNano: '0' });
    const [done] = mapSpans({});
    expect(open?.body).not.toHaveProperty('endTime');
    expect(open?.body).toMatchObject({ id: SPAN_ID });
    expect(Date.parse(open?.timestamp ?? '')).toBeLessThan(Date.parse(done?.timestamp ?? ''));
  });

  it('of a span without any time take the time of receipt', () => {
    const [event] = mapSpans({ startTimeUnixNano: 0, endTimeUnixNano: 0 });
    expect(event?.timestamp).toBe(new Date(RECEIVED_AT).toISOString());
    expect(event?.body).toMatchObject({ startTime: new Date(RECEIVED_AT).toISOString() });
  });
});
