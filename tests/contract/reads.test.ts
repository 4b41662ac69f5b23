/** What single reads and field groups return, field by field. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event, openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { A_TIME, PAIR } from './pair.ts';
import { findShapeProblems, OBSERVATION_V2_ALWAYS, OBSERVATION_V2_GROUPS } from './shapes.ts';
import type { Shape } from './shapes.ts';

let server: ApiServer;
beforeAll(async () => {
  server = await openApiServer();
  await server.ingest(PAIR);
});
afterAll(() => server.stop());

// Price list of gpt-4o-mini: USD 0.15 and 0.60 per million tokens.
const INPUT_PRICE = 0.15e-6;
const OUTPUT_PRICE = 0.6e-6;
const INPUT_COST = 1000 * INPUT_PRICE;
const OUTPUT_COST = 100 * OUTPUT_PRICE;
const closeTo = (value: number) => expect.closeTo(value, 15) as unknown;

describe('the generation as an entity', () => {
  test('has everything that was written and what follows from it', async () => {
    const { body } = await server.read('/observations/generation-a');
    expect(body).toMatchObject({
      id: 'generation-a',
      traceId: 'trace-a',
      type: 'GENERATION',
      name: 'generation',
      startTime: '2026-02-01T10:00:01.000Z',
      endTime: '2026-02-01T10:00:03.500Z',
      completionStartTime: '2026-02-01T10:00:01.250Z',
      model: 'gpt-4o-mini',
      input: [{ role: 'user', content: 'hi' }],
      output: 'hello',
      version: 'version-a',
      level: 'ERROR',
      statusMessage: 'too long',
      parentObservationId: 'root-a',
      promptId: null,
      promptName: 'ask',
      promptVersion: 3,
      environment: 'env-a',
    });
  });

  test('usage in the legacy form and as details', async () => {
    const { body } = await server.read('/observations/generation-a');
    expect(body.usage).toMatchObject({ input: 1000, output: 100, total: 1100, unit: 'TOKENS' });
    expect(body.usageDetails).toEqual({ input: 1000, output: 100, total: 1100 });
  });

  test('prices and calculated costs', async () => {
    const { body } = await server.read('/observations/generation-a');
    expect(body).toMatchObject({
      inputPrice: closeTo(INPUT_PRICE),
      outputPrice: closeTo(OUTPUT_PRICE),
      calculatedInputCost: closeTo(INPUT_COST),
      calculatedOutputCost: closeTo(OUTPUT_COST),
      calculatedTotalCost: closeTo(INPUT_COST + OUTPUT_COST),
      costDetails: {
        input: closeTo(INPUT_COST),
        output: closeTo(OUTPUT_COST),
        total: closeTo(INPUT_COST + OUTPUT_COST),
      },
    });
  });

  test('model parameters keep numbers and texts; the rest becomes text', async () => {
    const { body } = await server.read('/observations/generation-a');
    expect(body.modelParameters).toEqual({
      temperature: 0.5,
      stream: 'true',
      stop: '["x"]',
      seed: null,
    });
    expect((await server.read('/observations/root-a')).body.modelParameters).toBeNull();
  });

  test('durations are seconds', async () => {
    const { body } = await server.read('/observations/generation-a');
    expect(body).toMatchObject({ latency: 2.5, timeToFirstToken: 0.25 });
    const moment = (await server.read('/observations/event-b')).body;
    expect(moment).toMatchObject({ latency: null, timeToFirstToken: null, endTime: null });
  });
});

describe('costs that were given switch the calculation off', () => {
  const read = async (id: string, body: Readonly<Record<string, unknown>>) => {
    const known = { id, traceId: 'costs', model: 'gpt-4o-mini', environment: 'costs' };
    await server.ingest([event('generation-create', { ...known, ...body })]);
    return (await server.read(`/observations/${id}`)).body;
  };
  const usageDetails = { input: 1000, output: 100 };

  test('the total is the sum of input and output', async () => {
    const body = await read('cost-parts', { usageDetails, costDetails: { input: 1, output: 2 } });
    expect(body).toMatchObject({
      calculatedInputCost: 1,
      calculatedOutputCost: 2,
      calculatedTotalCost: 3,
    });
  });

  test('a given total counts alone', async () => {
    const body = await read('cost-total', { usageDetails, costDetails: { total: 5 } });
    expect(body.calculatedTotalCost).toBe(5);
    expect(body.calculatedInputCost).toBeNull();
  });

  test('in the cost fields of usage as well', async () => {
    const usage = { input: 1, output: 1, inputCost: 0.25, outputCost: 0.5 };
    expect((await read('cost-usage', { usage })).calculatedTotalCost).toBe(0.75);
  });

  test('without usage or with an unknown model nothing is made up', async () => {
    expect(await read('cost-none', {})).toMatchObject({
      calculatedTotalCost: null,
      usage: { input: 0, output: 0, total: 0 },
      usageDetails: {},
      costDetails: {},
    });
    expect(await read('cost-unknown', { model: 'home-made', usageDetails })).toMatchObject({
      calculatedTotalCost: null,
      modelId: null,
      inputPrice: null,
    });
  });

  test('details of OpenAI usage are taken out of their sums', async () => {
    const body = await read('cost-openai', {
      usageDetails: {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 40 },
        completion_tokens_details: { reasoning_tokens: 20 },
      },
    });
    expect(body.usageDetails).toEqual({
      input: 60,
      input_cached_tokens: 40,
      output: 30,
      output_reasoning_tokens: 20,
      total: 150,
    });
    expect(body.usage).toMatchObject({ input: 100, output: 50, total: 150 });
  });
});

describe('field groups of traces', () => {
  const GROUPS = [
    ['core', {}],
    ['io', { output: 'answer a', metadata: { letter: 'a' } }],
    ['metrics', { latency: 4, totalCost: closeTo(INPUT_COST + OUTPUT_COST) }],
    ['observations', { observations: ['root-a', 'generation-a'] }],
    ['scores', { scores: expect.arrayContaining(['score-number', 'score-word', 'score-flag']) }],
  ] as const;
  const left = {
    input: null,
    output: null,
    metadata: null,
    latency: -1,
    totalCost: -1,
    observations: [],
    scores: [],
  };

  test.each(GROUPS)('only %s', async (group, expected) => {
    const { body } = await server.read(`/traces?name=name-a&fields=${group}`);
    const { input, ...others } = left;
    expect(body.data[0]).toMatchObject({
      name: 'name-a',
      timestamp: A_TIME,
      ...others,
      ...(group === 'io' ? { input: { question: 'a' } } : { input }),
      ...expected,
    });
  });

  test('a single trace takes the same groups', async () => {
    const { body } = await server.read('/traces/trace-a?fields=core,metrics');
    expect(body).toMatchObject({ ...left, latency: 4, totalCost: expect.closeTo(0.00021, 12) });
    const full = (await server.read('/traces/trace-a')).body;
    expect(full.observations.map(({ id }: { id: string }) => id)).toEqual([
      'root-a',
      'generation-a',
    ]);
    expect(full.scores).toHaveLength(3);
  });

  test('a listed trace says the worst level of its observations', async () => {
    const { body } = await server.read('/traces?orderBy=timestamp.asc&limit=2');
    const levels = body.data.map(({ id, level }: Record<string, string>) => [id, level]);
    expect(Object.fromEntries(levels)).toMatchObject({ 'trace-a': 'ERROR' });
    const plain = (await server.read('/traces?name=name-b')).body.data[0];
    expect(plain.level).toBe('DEFAULT');
  });

  test('scores of a trace carry what their type has', async () => {
    const { body } = await server.read('/traces/trace-a');
    const scores = Object.fromEntries(body.scores.map((one: { name: string }) => [one.name, one]));
    expect(scores).toMatchObject({
      accuracy: { dataType: 'NUMERIC', value: 0.75, comment: 'checked', source: 'API' },
      tone: {
        dataType: 'CATEGORICAL',
        value: 0,
        stringValue: 'polite',
        observationId: 'generation-a',
      },
      valid: { dataType: 'BOOLEAN', value: 1, stringValue: 'True' },
    });
  });

  test('the path leads to the page of the trace on this server', async () => {
    const { body } = await server.read('/traces/trace-a?fields=core');
    const page = await fetch(`${server.url}${body.htmlPath}`, { redirect: 'manual' });
    expect(page.status).toBeLessThan(500);
    expect(body.htmlPath).toMatch(/^\/.*trace-a$/);
  });
});

describe('field groups of v2 observations', () => {
  const groups = Object.entries(OBSERVATION_V2_GROUPS) as readonly [string, Shape][];
  const readOne = async (search: string) =>
    (await server.read(`/v2/observations?traceId=trace-a&name=generation${search}`)).body.data[0];

  test.each(groups)('%s', async (group, shape) => {
    const one = await readOne(`&fields=${group}`);
    expect(findShapeProblems(one, shape)).toEqual([]);
    const always = { ...OBSERVATION_V2_GROUPS.core, ...OBSERVATION_V2_ALWAYS };
    expect(findShapeProblems(one, always)).toEqual([]);
    const known = new Set([...Object.keys(shape), ...Object.keys(always)]);
    expect(Object.keys(one).filter((name) => !known.has(name))).toEqual([]);
  });

  test('core and basic when nothing is asked for', async () => {
    expect(await readOne('')).toEqual(await readOne('&fields=core,basic'));
  });

  test('input and output are texts, prices decimal texts', async () => {
    expect(await readOne('&fields=io,model,usage,prompt,metrics,trace_context')).toMatchObject({
      input: '[{"role":"user","content":"hi"}]',
      output: 'hello',
      providedModelName: 'gpt-4o-mini',
      inputPrice: '0.00000015',
      outputPrice: '0.0000006',
      totalCost: expect.closeTo(0.00021, 12),
      promptName: 'ask',
      promptVersion: 3,
      latency: 2.5,
      timeToFirstToken: 0.25,
      tags: ['both', 'only-a'],
      release: 'release-a',
      traceName: 'name-a',
    });
  });

  test('long metadata is cut unless its key is named', async () => {
    const cut = (await readOne('&fields=metadata')).metadata;
    expect(cut).toMatchObject({ short: 'yes', long: 'm'.repeat(200), other: 'm'.repeat(200) });
    const whole = (await readOne('&fields=metadata&expandMetadata=long,none')).metadata;
    expect(whole).toMatchObject({ long: 'm'.repeat(300), other: 'm'.repeat(200) });
  });
});

test('a session has its traces', async () => {
  const { body } = await server.read('/sessions/session-a');
  expect(body).toMatchObject({ id: 'session-a', environment: 'env-a' });
  expect(body.traces.map(({ id }: { id: string }) => id)).toEqual(['trace-a']);
});
