/** The official SDK `langfuse` 3: a rich program writes, the same SDK reads everything back. */
import { Langfuse } from 'langfuse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';

let server: ApiServer;
let langfuse: Langfuse;
beforeAll(async () => {
  server = await openApiServer();
  langfuse = createSdk();
});
afterAll(async () => {
  await langfuse.shutdownAsync();
  await server.stop();
});

function createSdk(flushAt = 15): Langfuse {
  const { url: baseUrl, publicKey, secretKey } = server;
  return new Langfuse({ baseUrl, publicKey, secretKey, flushAt, environment: 'sdk-v3' });
}

const MEDIA = '@@@langfuseMedia:type=image/png|id=abcdefghijklmnopqrstuv|source=bytes@@@';
const at = (milliseconds: number) => new Date(Date.parse('2026-04-01T00:00:00Z') + milliseconds);

describe('a trace with every kind of call', () => {
  let traceId = '';

  beforeAll(async () => {
    const trace = langfuse.trace({
      name: 'first name',
      userId: 'ada',
      sessionId: 'v3-session',
      release: 'r3',
      version: 'v3',
      tags: ['b', 'a'],
      public: true,
      input: { media: MEDIA },
      metadata: { kept: 1, nested: { kept: true, changed: 'old' } },
      timestamp: at(0),
    });
    traceId = trace.id;
    const span = trace.span({ id: 'v3-span', name: 'span', startTime: at(10), input: [1, 'two'] });
    const inner = span.span({ id: 'v3-inner', name: 'inner', startTime: at(20) });
    inner.event({ id: 'v3-event', name: 'event', startTime: at(25), level: 'DEBUG', input: 'x' });
    const generation = inner.generation({
      id: 'v3-generation',
      name: 'generation',
      startTime: at(30),
      completionStartTime: at(40),
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.2, user: 'ada' },
      input: [{ role: 'user', content: 'äöü 漢字 👩‍👩‍👧' }],
      metadata: { attempt: 1 },
    });
    generation.update({ statusMessage: 'half way', level: 'WARNING' });
    generation.end({
      output: { role: 'assistant', content: 'done' },
      usage: { promptTokens: 10, completionTokens: 5 },
      metadata: { done: true },
    });
    inner.end({ output: 'inner done' });
    inner.update({ output: 'after the end', level: 'ERROR', statusMessage: 'late' });
    span.end();
    generation.score({ id: 'v3-score-1', name: 'quality', value: 0.5, comment: 'so so' });
    trace.score({ id: 'v3-score-2', name: 'verdict', value: 'good' });
    langfuse.score({ id: 'v3-score-3', traceId, name: 'ok', value: 0, dataType: 'BOOLEAN' });
    trace.update({
      name: 'second name',
      output: 'all done',
      tags: ['c'],
      metadata: { more: [1], nested: { changed: 'new' } },
    });
    await langfuse.flushAsync();
  });

  test('fetchTrace has the trace as it was last written', async () => {
    const { data } = await langfuse.fetchTrace(traceId);
    expect(data).toMatchObject({
      id: traceId,
      timestamp: '2026-04-01T00:00:00.000Z',
      name: 'second name',
      userId: 'ada',
      sessionId: 'v3-session',
      release: 'r3',
      version: 'v3',
      tags: ['a', 'b', 'c'],
      public: true,
      environment: 'sdk-v3',
      input: { media: MEDIA },
      output: 'all done',
      metadata: { kept: 1, more: [1], nested: { kept: true, changed: 'new' } },
    });
    expect(data.observations.map(({ id }) => id)).toEqual([
      'v3-span',
      'v3-inner',
      'v3-event',
      'v3-generation',
    ]);
  });

  test('fetchObservation has each with its parent, type and times', async () => {
    const read = async (id: string) => (await langfuse.fetchObservation(id)).data;
    expect(await read('v3-span')).toMatchObject({
      type: 'SPAN',
      parentObservationId: null,
      startTime: '2026-04-01T00:00:00.010Z',
      endTime: expect.any(String),
      input: [1, 'two'],
      output: null,
      level: 'DEFAULT',
    });
    expect(await read('v3-inner')).toMatchObject({
      parentObservationId: 'v3-span',
      output: 'after the end',
      level: 'ERROR',
      statusMessage: 'late',
    });
    expect(await read('v3-event')).toMatchObject({
      type: 'EVENT',
      parentObservationId: 'v3-inner',
      startTime: '2026-04-01T00:00:00.025Z',
      endTime: null,
      level: 'DEBUG',
      input: 'x',
    });
    expect(await read('v3-generation')).toMatchObject({
      type: 'GENERATION',
      traceId,
      environment: 'sdk-v3',
      parentObservationId: 'v3-inner',
      completionStartTime: '2026-04-01T00:00:00.040Z',
      timeToFirstToken: 0.01,
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.2, user: 'ada' },
      input: [{ role: 'user', content: 'äöü 漢字 👩‍👩‍👧' }],
      output: { role: 'assistant', content: 'done' },
      level: 'WARNING',
      statusMessage: 'half way',
      metadata: { attempt: 1, done: true },
      usage: { input: 10, output: 5, total: 15, unit: 'TOKENS' },
      usageDetails: { input: 10, output: 5, total: 15 },
    });
  });

  test('scores are on the trace', async () => {
    const { data } = await langfuse.fetchTrace(traceId);
    const scores = data.scores.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(scores).toMatchObject([
      {
        id: 'v3-score-1',
        name: 'quality',
        value: 0.5,
        comment: 'so so',
        dataType: 'NUMERIC',
        observationId: 'v3-generation',
      },
      { id: 'v3-score-2', name: 'verdict', stringValue: 'good', dataType: 'CATEGORICAL' },
      { id: 'v3-score-3', name: 'ok', value: 0, stringValue: 'False', dataType: 'BOOLEAN' },
    ]);
    for (const score of scores) expect(score).toMatchObject({ traceId, source: 'API' });
  });

  test('fetchTraces, fetchObservations and fetchSessions find it', async () => {
    const traces = await langfuse.fetchTraces({
      userId: 'ada',
      tags: ['a', 'c'],
      fromTimestamp: at(-1),
      limit: 10,
      page: 1,
    });
    expect(traces.data.map(({ id }) => id)).toEqual([traceId]);
    expect(traces.meta).toEqual({ page: 1, limit: 10, totalItems: 1, totalPages: 1 });
    const found = await langfuse.fetchObservations({ traceId, type: 'GENERATION' });
    expect(found.data.map(({ id }) => id)).toEqual(['v3-generation']);
    const sessions = await langfuse.fetchSessions();
    expect(sessions.data.map(({ id }) => id)).toContain('v3-session');
  });

  test('the generated client of the SDK reads the same', async () => {
    const trace = await langfuse.api.traceGet(traceId);
    expect((await langfuse.fetchTrace(traceId)).data).toEqual(trace);
    const session = await langfuse.api.sessionsGet('v3-session');
    expect(session.traces.map(({ id }) => id)).toEqual([traceId]);
    const project = (await langfuse.api.projectsGet()).data[0];
    expect(project).toMatchObject({ id: expect.any(String), name: expect.any(String) });
    expect((await langfuse.api.healthHealth()).status).toBe('OK');
  });
});

describe('order of arrival', () => {
  test('an update that comes before its create is kept', async () => {
    langfuse._updateSpan({ id: 'v3-early', traceId: 'v3-early-trace', output: 'from the update' });
    await langfuse.flushAsync();
    expect((await langfuse.fetchObservation('v3-early')).data).toMatchObject({
      output: 'from the update',
      traceId: 'v3-early-trace',
    });
    langfuse.span({ id: 'v3-early', traceId: 'v3-early-trace', name: 'late', output: 'created' });
    await langfuse.flushAsync();
    expect((await langfuse.fetchObservation('v3-early')).data).toMatchObject({
      name: 'late',
      output: 'from the update',
    });
  });

  test('children before their parent, and the trace last', async () => {
    langfuse.generation({
      id: 'v3-child',
      traceId: 'v3-reverse',
      parentObservationId: 'v3-parent',
      startTime: at(2),
    });
    await langfuse.flushAsync();
    langfuse.span({ id: 'v3-parent', traceId: 'v3-reverse', startTime: at(1) });
    await langfuse.flushAsync();
    langfuse.trace({ id: 'v3-reverse', name: 'reverse', timestamp: at(0) });
    await langfuse.flushAsync();
    const { data } = await langfuse.fetchTrace('v3-reverse');
    expect(data).toMatchObject({ name: 'reverse', timestamp: at(0).toISOString() });
    expect(data.observations.map(({ id }) => id)).toEqual(['v3-parent', 'v3-child']);
  });

  test('of calls within one millisecond the last one counts', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `v3-quick-${index}`);
    const sdk = createSdk(1000);
    for (const id of ids) {
      const trace = sdk.trace({ id, name: 'first', output: 1, metadata: { step: 1 } });
      trace.update({ name: 'second', output: 2, metadata: { step: 2 } });
      const span = trace.span({ id: `${id}-span`, name: 'span' });
      span.update({ statusMessage: 'half', output: 'half' });
      span.end({ statusMessage: 'whole', output: 'whole' });
    }
    await sdk.shutdownAsync();
    const traces = await Promise.all(ids.map(async (id) => (await langfuse.fetchTrace(id)).data));
    expect(traces.map(({ name, output }) => [name, output])).toEqual(ids.map(() => ['second', 2]));
    for (const { metadata, observations } of traces) {
      expect(metadata).toEqual({ step: 2 });
      expect(observations).toMatchObject([{ statusMessage: 'whole', output: 'whole' }]);
    }
  });

  test('one event per request gives the same trace as all in one', async () => {
    const results = await Promise.all(
      [1, 100].map(async (flushAt) => {
        const sdk = createSdk(flushAt);
        const traceId = `v3-flush-${flushAt}`;
        const trace = sdk.trace({ id: traceId, name: 'n', metadata: { a: 1 }, timestamp: at(0) });
        for (let step = 0; step < 20; step++) {
          const span = trace.span({ id: `${traceId}-${step}`, name: 's', startTime: at(step) });
          span.update({ input: step });
          span.update({ output: step * 2 });
        }
        trace.update({ metadata: { b: 2 } });
        await sdk.shutdownAsync();
        const { data } = await langfuse.fetchTrace(traceId);
        return {
          metadata: data.metadata,
          steps: data.observations.map(({ name, input, output, startTime }) => ({
            name,
            input,
            output,
            startTime,
          })),
        };
      }),
    );
    expect(results[0]?.steps).toHaveLength(20);
    expect(results[0]?.steps[7]).toMatchObject({ input: 7, output: 14 });
    expect(results[0]).toEqual(results[1]);
  });
});

test('a trace of 2,000 observations arrives whole', async () => {
  const sdk = createSdk();
  const trace = sdk.trace({ id: 'v3-large', name: 'large' });
  for (let step = 0; step < 2000; step++)
    trace.event({ name: `step ${step}`, input: 'x'.repeat(200) });
  // Unlike `flushAsync`, which waits for its last request alone.
  await sdk.shutdownAsync();
  const { data } = await langfuse.fetchTrace('v3-large');
  expect(data.observations).toHaveLength(2000);
  expect(new Set(data.observations.map(({ name }) => name)).size).toBe(2000);
});
