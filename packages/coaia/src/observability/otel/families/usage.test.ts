/** Golden cases: model, parameters, token counts and cost of every family. */
import { describe, expect, it } from 'vitest';
import { mapSpan } from '../testing/span-request.ts';

const usage = (attributes: Record<string, unknown>) => mapSpan({ attributes }).body['usageDetails'];

describe('token counts', () => {
  it('under old and new names of the conventions', () => {
    const expected = { input: 10, output: 4 };
    expect(
      usage({ 'gen_ai.usage.prompt_tokens': 10, 'gen_ai.usage.completion_tokens': 4 }),
    ).toEqual(expected);
    expect(usage({ 'gen_ai.usage.input_tokens': '10', 'gen_ai.usage.output_tokens': 4 })).toEqual(
      expected,
    );
    expect(usage({ 'llm.token_count.prompt': 10, 'llm.token_count.completion': 4 })).toEqual(
      expected,
    );
    expect(usage({ 'ai.usage.promptTokens': 10, 'ai.usage.completionTokens': 4 })).toEqual(
      expected,
    );
    expect(usage({ 'mlflow.chat.tokenUsage': '{"input_tokens":10,"output_tokens":4}' })).toEqual(
      expected,
    );
  });

  it('with the parts taken out of the count that contains them', () => {
    expect(
      usage({
        'llm.token_count.prompt': 100,
        'llm.token_count.completion': 50,
        'llm.token_count.total': 150,
        'llm.token_count.prompt_details.cache_read': 60,
        'llm.token_count.prompt_details.cache_write': 10,
        'llm.token_count.completion_details.reasoning': 20,
      }),
    ).toEqual({
      input: 30,
      output: 30,
      total: 150,
      input_cached_tokens: 60,
      input_cache_creation: 10,
      output_reasoning_tokens: 20,
    });
  });

  it('left whole where the parts are evidently counted beside them', () => {
    expect(
      usage({ 'gen_ai.usage.input_tokens': 7, 'gen_ai.usage.cache_read.input_tokens': 900 }),
    ).toEqual({ input: 7, input_cached_tokens: 900 });
  });

  it('split by the lifetime of the cache when the provider says so', () => {
    const metadata = (written: number) =>
      JSON.stringify({
        anthropic: {
          usage: {
            cache_read_input_tokens: 50,
            cache_creation_input_tokens: written,
            cache_creation: { ephemeral_5m_input_tokens: 5, ephemeral_1h_input_tokens: 15 },
          },
        },
      });
    const base = { 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 1 };
    expect(usage({ ...base, 'ai.response.providerMetadata': metadata(20) })).toEqual({
      input: 30,
      output: 1,
      input_cached_tokens: 50,
      input_cache_creation: 0,
      input_cache_creation_5m: 5,
      input_cache_creation_1h: 15,
    });
    expect(usage({ ...base, 'ai.response.providerMetadata': metadata(10) })).toEqual({
      input: 40,
      output: 1,
      input_cached_tokens: 50,
      input_cache_creation: 10,
    });
  });

  it('of a genkit model, with its name as the model', () => {
    const { body } = mapSpan({
      attributes: {
        'genkit:metadata:subtype': 'model',
        'genkit:name': 'googleai/gemini-2.5-flash',
        'genkit:output': '{"usage":{"inputTokens":5,"outputTokens":2,"thoughtsTokens":1}}',
      },
    });
    expect(body).toMatchObject({
      model: 'googleai/gemini-2.5-flash',
      usageDetails: { input: 5, output: 2, output_reasoning_tokens: 1 },
    });
  });

  it('that are no counts are left out', () => {
    expect(
      usage({ 'gen_ai.usage.input_tokens': 'many', 'gen_ai.usage.output_tokens': -1 }),
    ).toBeUndefined();
  });
});

describe('spans around model calls', () => {
  const own = {
    'gen_ai.request.model': 'm',
    'gen_ai.usage.input_tokens': 3,
    'gen_ai.usage.cost': 1,
  };
  it.each([
    { 'gen_ai.operation.name': 'invoke_agent' },
    { 'gen_ai.operation.name': 'agent_step' },
    { 'ai.operationId': 'ai.generateText' },
  ])('%j carry no model, usage or cost of their own', (attributes) => {
    const { body } = mapSpan({ attributes: { ...own, ...attributes } });
    expect(body).not.toHaveProperty('model');
    expect(body).not.toHaveProperty('usageDetails');
    expect(body).not.toHaveProperty('costDetails');
    expect(body.metadata['attributes']).toMatchObject(own);
  });

  it('keep what the Langfuse SDK says itself', () => {
    const { body } = mapSpan({
      attributes: {
        ...own,
        'gen_ai.operation.name': 'invoke_agent',
        'langfuse.observation.usage_details': '{"input":9}',
      },
    });
    expect(body).toMatchObject({ usageDetails: { input: 9 } });
    expect(body).not.toHaveProperty('model');
  });
});

describe('model, parameters, cost, name', () => {
  it.each([
    [{ 'gen_ai.response.model': 'a', 'gen_ai.request.model': 'b' }, 'a'],
    [{ 'ai.model.id': 'a', 'gen_ai.request.model': 'b' }, 'a'],
    [{ 'gen_ai.request.model': 'b', 'llm.model_name': 'c' }, 'b'],
    [{ 'llm.response.model': 'c', model: 'd' }, 'c'],
    [{ model: 'd' }, 'd'],
  ])('model of %j', (attributes, model) => {
    expect(mapSpan({ attributes }).body['model']).toBe(model);
  });

  it.each([
    [{ 'gen_ai.request.temperature': 0.5, 'gen_ai.request.model': 'm' }, { temperature: 0.5 }],
    [{ 'llm.invocation_parameters': '{"top_p":1}' }, { top_p: 1 }],
    [{ model_config: '{"seed":1}' }, { seed: 1 }],
    [
      { 'ai.operationId': 'ai.streamText.doStream', 'ai.settings.maxRetries': 2 },
      { maxRetries: 2 },
    ],
  ])('parameters of %j', (attributes, parameters) => {
    expect(mapSpan({ attributes }).body['modelParameters']).toEqual(parameters);
  });

  it.each([
    [{ 'gen_ai.usage.cost': 0.25 }, { total: 0.25 }],
    [
      { 'llm.cost.total': 3, 'llm.cost.prompt': 1 },
      { input: 1, total: 3 },
    ],
    [{ 'operation.cost': '0.5' }, { total: 0.5 }],
    [{ 'gen_ai.usage.cost': -1 }, undefined],
  ])('cost of %j', (attributes, cost) => {
    expect(mapSpan({ attributes }).body['costDetails']).toEqual(cost);
  });

  it.each([
    [{ 'gen_ai.tool.name': 'search' }, 'search'],
    [{ 'logfire.msg': 'running 2 tools' }, 'running 2 tools'],
    [{ 'ai.toolCall.name': 'search', 'ai.operationId': 'ai.toolCall' }, 'search'],
    [{ 'ai.operationId': 'ai.streamText', 'ai.telemetry.functionId': 'f' }, 'f:ai.streamText'],
    [{}, 'POST /chat'],
  ])('name of %j', (attributes, name) => {
    expect(mapSpan({ name: 'POST /chat', attributes }).body['name']).toBe(name);
  });

  it.each([
    [{ 'ai.response.msToFirstChunk': 120.4 }, '2026-01-02T03:04:05.121Z'],
    [{ 'lk.response.ttft': 0.25 }, '2026-01-02T03:04:05.250Z'],
    [{ 'langfuse.observation.completion_start_time': 'soon' }, undefined],
  ])('first token of %j', (attributes, time) => {
    expect(mapSpan({ attributes }).body['completionStartTime']).toBe(time);
  });
});
