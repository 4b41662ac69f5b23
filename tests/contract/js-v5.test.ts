/** The official SDKs `@langfuse/tracing` and `@langfuse/otel` 5, read back with the client they come with. */
import {
  observe,
  propagateAttributes,
  setActiveTraceAsPublic,
  setActiveTraceIO,
  startActiveObservation,
  startObservation,
} from '@langfuse/tracing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// oxlint-disable typescript/no-explicit-any -- what the generated client returns is what these tests check
import { openSdk } from './sdk-v5.ts';
import type { Sdk } from './sdk-v5.ts';

let sdk: Sdk;
let client: Sdk['client'];
beforeAll(async () => {
  sdk = await openSdk();
  ({ client } = sdk);
});
afterAll(() => sdk.close());

const MEDIA = '@@@langfuseMedia:type=image/png|id=abcdefghijklmnopqrstuv|source=bytes@@@';
const TYPES = [
  'agent',
  'tool',
  'chain',
  'retriever',
  'embedding',
  'evaluator',
  'guardrail',
  'span',
] as const;

describe('a trace with every kind of observation', () => {
  let traceId = '';
  let trace: any;
  const find = (name: string) => trace.observations.find((one: any) => one.name === name);

  beforeAll(async () => {
    traceId = await startActiveObservation('root', async (root) => {
      root.update({ input: { question: MEDIA }, metadata: { root: true }, version: 'root-v' });
      setActiveTraceAsPublic();
      // oxlint-disable-next-line typescript/no-deprecated -- what older programs call
      setActiveTraceIO({ input: 'trace in', output: { text: 'trace out' } });
      await propagateAttributes(
        {
          traceName: 'everything',
          userId: 'ada',
          sessionId: 'v5-session',
          version: 'v5',
          tags: ['b', 'a'],
          metadata: { region: 'eu' },
        },
        async () => {
          let parent: any = root;
          const opened = TYPES.map((type) => {
            parent = parent.startObservation(`a ${type}`, { input: { type } }, { asType: type });
            return parent.update({ output: [type], metadata: { nested: { type } } });
          });
          for (const one of opened.toReversed()) one.end();
          startObservation('a moment', { input: 'now', level: 'DEBUG' }, { asType: 'event' });
          startObservation(
            'a generation',
            {
              model: 'gpt-4o-mini',
              modelParameters: { temperature: 0.2, style: 'short' },
              input: [{ role: 'user', content: 'äöü 漢字 👩‍👩‍👧' }],
              prompt: { name: 'folder/ask', version: 7, isFallback: false },
              completionStartTime: new Date(),
            },
            { asType: 'generation' },
          )
            .update({
              output: { role: 'assistant', content: 'done' },
              usageDetails: { input: 10, output: 5, input_cached_tokens: 3 },
              costDetails: { input: 0.25, output: 0.5 },
            })
            .end();
          const failed = startObservation('a failure', {}, { asType: 'tool' });
          failed.update({ level: 'ERROR', statusMessage: 'no answer' }).end();
          failed.update({ output: 'too late' });
          await Promise.resolve();
        },
      );
      root.update({ output: 'root out' });
      return root.traceId;
    });
    await sdk.flush();
    trace = await client.trace.get(traceId);
  });

  test('the trace itself', () => {
    expect(trace).toMatchObject({
      id: traceId,
      name: 'everything',
      userId: 'ada',
      sessionId: 'v5-session',
      version: 'v5',
      release: 'r5',
      environment: 'sdk-v5',
      tags: ['a', 'b'],
      public: true,
      input: 'trace in',
      output: { text: 'trace out' },
      metadata: { region: 'eu' },
    });
    expect(trace.totalCost).toBeCloseTo(0.75, 12);
  });

  test('the root keeps its own input, output, version and metadata', () => {
    expect(find('root')).toMatchObject({
      type: 'SPAN',
      parentObservationId: null,
      input: { question: MEDIA },
      output: 'root out',
      metadata: { root: true },
      endTime: expect.any(String),
    });
  });

  test.each(TYPES)('%s', (type) => {
    const index = TYPES.indexOf(type);
    const above = index === 0 ? 'root' : `a ${TYPES[index - 1]}`;
    expect(find(`a ${type}`)).toMatchObject({
      type: type.toUpperCase(),
      traceId,
      parentObservationId: find(above).id,
      input: { type },
      output: [type],
      metadata: { nested: { type } },
      environment: 'sdk-v5',
      level: 'DEFAULT',
    });
  });

  test('an event', () => {
    expect(find('a moment')).toMatchObject({ type: 'EVENT', input: 'now', level: 'DEBUG' });
  });

  test('a generation with model, usage, cost and prompt', () => {
    expect(find('a generation')).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.2, style: 'short' },
      input: [{ role: 'user', content: 'äöü 漢字 👩‍👩‍👧' }],
      output: { role: 'assistant', content: 'done' },
      promptName: 'folder/ask',
      promptVersion: 7,
      usageDetails: { input: 10, output: 5, input_cached_tokens: 3 },
      usage: { input: 13, output: 5 },
      costDetails: { input: 0.25, output: 0.5 },
      calculatedTotalCost: 0.75,
      completionStartTime: expect.any(String),
      timeToFirstToken: expect.any(Number),
    });
  });

  test('a failure; what comes after the end is not sent by the SDK', () => {
    expect(find('a failure')).toMatchObject({
      level: 'ERROR',
      statusMessage: 'no answer',
      output: null,
    });
  });

  test('lists, v2 reads and the session agree with the trace', async () => {
    const list = await client.trace.list({ userId: 'ada', tags: ['a', 'b'], limit: 5 });
    expect(list.data.map((one: any) => one.id)).toEqual([traceId]);
    const ids = trace.observations.map((one: any) => one.id).toSorted();
    const idsOf = (answer: any) => answer.data.map((one: any) => one.id).toSorted();
    expect(idsOf(await client.legacy.observationsV1.getMany({ traceId }))).toEqual(ids);
    const flat = await client.observations.getMany({
      traceId,
      fields: 'core,basic,io,metadata,model,usage,prompt,metrics,trace_context,time',
    });
    expect(idsOf(flat)).toEqual(ids);
    expect(flat.data.find((one: any) => one.name === 'a generation')).toMatchObject({
      providedModelName: 'gpt-4o-mini',
      output: '{"role":"assistant","content":"done"}',
      promptName: 'folder/ask',
      traceName: 'everything',
      tags: ['a', 'b'],
      userId: 'ada',
      sessionId: 'v5-session',
      totalCost: 0.75,
    });
    const roots = await client.observations.getMany({ traceId, isRootObservation: true });
    expect(roots.data).toMatchObject([{ name: 'root', isRootObservation: true }]);
    const session = await client.sessions.get('v5-session');
    expect(session.traces.map((one: any) => one.id)).toEqual([traceId]);
    const { id } = find('a generation');
    expect(await client.legacy.observationsV1.get(id)).toMatchObject({ id, promptVersion: 7 });
  });

  test('scores of the SDK go by ingestion and are on the trace', async () => {
    const body = (more: object) => ({ traceId, environment: 'sdk-v5', ...more });
    const timestamp = new Date().toISOString();
    const toEvent = (id: string, more: object) => ({
      id: `event-${id}`,
      type: 'score-create',
      timestamp,
      body: body({ id, ...more }),
    });
    const { id: observationId } = find('a generation');
    const result = await client.ingestion.batch({
      batch: [
        toEvent('v5-number', { name: 'quality', value: 0.9, observationId, comment: 'fine' }),
        toEvent('v5-word', { name: 'tone', value: 'polite', dataType: 'CATEGORICAL' }),
        toEvent('v5-flag', { name: 'ok', value: 1, dataType: 'BOOLEAN' }),
        toEvent('v5-text', { name: 'note', value: 'a remark', dataType: 'TEXT' }),
      ],
    });
    expect(result.errors).toEqual([]);
    const { scores } = await client.trace.get(traceId);
    expect(Object.fromEntries(scores.map((one: any) => [one.id, one]))).toMatchObject({
      'v5-number': { value: 0.9, dataType: 'NUMERIC', observationId, comment: 'fine' },
      'v5-word': { stringValue: 'polite', dataType: 'CATEGORICAL', value: 0 },
      'v5-flag': { value: 1, stringValue: 'True', dataType: 'BOOLEAN' },
      'v5-text': { stringValue: 'a remark', dataType: 'TEXT' },
    });
  });
});

test('an exception marks what it passed through', async () => {
  const broken = observe(
    () => {
      throw new Error('it broke');
    },
    { name: 'broken step', asType: 'tool' },
  );
  let traceId = '';
  await startActiveObservation('outer', (outer) => {
    traceId = outer.traceId;
    expect(broken).toThrow('it broke');
    return Promise.resolve();
  });
  await sdk.flush();
  const trace = await client.trace.get(traceId);
  expect(trace.observations.find((one: any) => one.name === 'broken step')).toMatchObject({
    type: 'TOOL',
    level: 'ERROR',
    statusMessage: 'it broke',
  });
});

test('given times are kept to the millisecond', async () => {
  const startTime = new Date('2026-05-01T12:00:00.123Z');
  const span = startObservation('dated', {}, { startTime });
  span.end(new Date('2026-05-01T12:00:02.623Z'));
  await sdk.flush();
  const trace = await client.trace.get(span.traceId);
  expect(trace).toMatchObject({ timestamp: startTime.toISOString(), latency: 2.5 });
  expect(trace.observations).toMatchObject([
    { startTime: startTime.toISOString(), endTime: '2026-05-01T12:00:02.623Z', latency: 2.5 },
  ]);
});

test('a trace of 1,500 spans arrives whole, and can be deleted', async () => {
  const traceId = await startActiveObservation('large', (root) => {
    for (let step = 0; step < 1500; step++)
      root.startObservation(`step ${step}`, { input: 'x'.repeat(200) }).end();
    return Promise.resolve(root.traceId);
  });
  await sdk.flush();
  expect((await client.trace.get(traceId)).observations).toHaveLength(1501);
  await client.trace.delete(traceId);
  await expect(client.trace.get(traceId)).rejects.toMatchObject({ statusCode: 404 });
});

test('who asks', async () => {
  expect(await client.health.health()).toMatchObject({ status: 'OK' });
  expect(await client.projects.get()).toMatchObject({ data: [{ id: expect.any(String) }] });
});
