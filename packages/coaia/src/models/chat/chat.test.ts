import { openTestDatabases } from '#store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openModelServer } from '../testing/model-server.ts';
import type { ModelServer } from '../testing/model-server.ts';
import { openTestModels } from '../testing/open-models.ts';
import type { TestModels } from '../testing/open-models.ts';
import type { ChatChunk, ChatRequest } from './chat.ts';

const SCHEMA = {
  type: 'object',
  properties: { score: { type: 'number' }, reasoning: { type: 'string' } },
};
const TOOL = {
  type: 'function',
  function: { name: 'look_up', parameters: { type: 'object', properties: {} } },
} as const;

describe.each(openTestDatabases())('conversations on $name', ({ open }) => {
  let models: TestModels;
  let server: ModelServer;
  beforeAll(async () => {
    models = openTestModels(await open());
  });
  beforeEach(async () => {
    server = await openModelServer({ key: 'sk-right-key-1234' });
    const secretKey = 'sk-right-key-1234';
    await models.connect({
      provider: 'open',
      adapter: 'openai',
      secretKey,
      baseURL: server.baseUrl,
      customModels: ['m-1'],
      extraHeaders: { 'x-team': 'tests' },
    });
    await models.connect({
      provider: 'claude',
      adapter: 'anthropic',
      secretKey,
      baseURL: server.origin,
      customModels: ['c-1'],
    });
  });
  afterEach(() => server.close());
  afterAll(() => models.close());

  const options = (name: string) => ({ scope: models.scope, trace: { name } });
  const ask = (content: string, more: Partial<ChatRequest> = {}) => ({
    model: 'm-1',
    messages: [{ role: 'user', content }] as const,
    ...more,
  });

  async function collect(request: ChatRequest, name = 'streamed') {
    const chunks: ChatChunk[] = [];
    for await (const chunk of models.chat.stream(request, options(name))) chunks.push(chunk);
    const last = chunks.pop();
    if (last?.type !== 'answer') throw new TypeError('the stream has no answer');
    return { chunks, answer: last.answer };
  }

  it.each(['m-1', 'c-1'])('answer, and are recorded as they were: %s', async (model) => {
    const request = ask('hello there', { model, parameters: { temperature: 0.5, maxTokens: 20 } });
    const answer = await models.chat.send(request, options('greeting'));
    expect(answer).toMatchObject({
      content: 'You said "hello there", which is 2 words.',
      toolCalls: [],
      finishReason: 'stop',
      model,
      usage: { input: 2, output: 8, total: 10, details: { input: 2, output: 8, total: 10 } },
      timeToFirstTokenMs: null,
    });
    expect(await models.readRecord(answer.observationId)).toMatchObject({
      trace_id: answer.traceId,
      name: 'greeting',
      type: 'GENERATION',
      model,
      level: 'DEFAULT',
      input: [{ role: 'user', content: 'hello there' }],
      output: { role: 'assistant', content: answer.content },
      usage_details: { input: 2, output: 8, total: 10 },
      model_parameters: { temperature: 0.5, max_tokens: 20 },
      completion_start_time: null,
      metadata: { provider: answer.provider, finish_reason: 'stop' },
    });
    const [trace] = await models.ports.db.read<{ name: string; output: string }>(
      'SELECT name, output FROM traces WHERE id = ?',
      [answer.traceId],
    );
    expect(trace?.name).toBe('greeting');
    expect(JSON.parse(trace?.output ?? '')).toEqual({ role: 'assistant', content: answer.content });
  });

  it.each(['m-1', 'c-1'])('stream part by part: %s', async (model) => {
    const { chunks, answer } = await collect(ask('one two', { model }));
    const texts = chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : ''));
    expect(texts.length).toBeGreaterThan(4);
    expect(texts.join('')).toBe('You said "one two", which is 2 words.');
    expect(answer).toMatchObject({ content: texts.join(''), usage: { input: 2, total: 10 } });
    expect(answer.timeToFirstTokenMs).toBeLessThanOrEqual(answer.latencyMs);
    const record = await models.readRecord(answer.observationId);
    expect(record?.output).toEqual({ role: 'assistant', content: answer.content });
    expect(record?.completion_start_time).toBeGreaterThanOrEqual(record?.start_time ?? Infinity);
  });

  it.each(['m-1', 'c-1'])('call tools, whole and streamed: %s', async (model) => {
    const request = ask('[[tool]] now', { model, tools: [TOOL] });
    const call = { name: 'look_up', arguments: '{"input":"[[tool]] now"}' };
    const whole = await models.chat.send(request, options('tools'));
    expect(whole).toMatchObject({ content: '', finishReason: 'tool_calls' });
    expect(whole.toolCalls).toMatchObject([{ type: 'function', function: call }]);
    const { chunks, answer } = await collect(request);
    expect(answer.toolCalls).toEqual(whole.toolCalls);
    const pieces = chunks.map((chunk) => (chunk.type === 'tool' ? chunk.arguments : 'x'));
    expect(pieces.join('')).toBe(call.arguments);
    const record = await models.readRecord(whole.observationId);
    expect(record?.input).toMatchObject({ tools: [TOOL] });
    expect(record?.output).toMatchObject({ tool_calls: [{ function: call }] });
  });

  it.each(['m-1', 'c-1'])(
    'give answers of a form, other ones for other input: %s',
    async (model) => {
      const scores = await Promise.all(
        ['good', 'bad'].map(async (text) => {
          const request = ask(text, { model, responseFormat: { schema: SCHEMA } });
          const { content, finishReason, toolCalls } = await models.chat.send(
            request,
            options('j'),
          );
          expect([finishReason, toolCalls]).toEqual(['stop', []]);
          const streamed = await collect(request);
          expect(streamed.answer.content).toBe(content);
          return JSON.parse(content) as { score: number };
        }),
      );
      expect(scores[0]?.score).not.toBe(scores[1]?.score);
      expect(scores[0]).toEqual({ score: expect.any(Number), reasoning: expect.any(String) });
    },
  );

  it('never make up counts of tokens', async () => {
    const sent = await models.chat.send(ask('[[no-usage]]'), options('u'));
    const { answer } = await collect(ask('[[no-usage]]'));
    expect([sent.usage, answer.usage]).toEqual([null, null]);
    expect((await models.readRecord(sent.observationId))?.usage_details).toBeNull();
  });

  it('send what the adapters promise', async () => {
    const messages = [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'hi' },
    ] as const;
    await models.chat.send({ model: 'm-1', messages }, options('wire'));
    await models.chat.send({ model: 'c-1', messages, parameters: { topP: 0.1 } }, options('wire'));
    const [first, claude] = server.calls;
    expect(first).toMatchObject({
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer sk-right-key-1234', 'x-team': 'tests' },
      body: { model: 'm-1', messages },
    });
    expect(first?.body.temperature).toBeUndefined();
    expect(claude).toMatchObject({
      path: '/v1/messages',
      headers: { 'x-api-key': 'sk-right-key-1234' },
      body: { system: 'Be short.', messages: [messages[1]], top_p: 0.1, max_tokens: 4096 },
    });
  });

  it('stand below an observation of an existing trace when asked to', async () => {
    const trace = { name: 'judge', traceId: 't-judge', parentId: 'o-parent', environment: 'eval' };
    const { observationId } = await models.chat.send(ask('x'), { scope: models.scope, trace });
    expect(await models.readRecord(observationId)).toMatchObject({
      trace_id: 't-judge',
      parent_observation_id: 'o-parent',
      environment: 'eval',
    });
  });
});
