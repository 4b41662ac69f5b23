import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import type { RoomServer } from '../../observability/testing/open-room-server.ts';
import { openModelServer } from '../testing/model-server.ts';
import type { ModelServer } from '../testing/model-server.ts';

const PATH = '/api/v1/projects/default/playground';
const SCHEMA = {
  type: 'object',
  properties: { score: { type: 'number' } },
  required: ['score'],
};

describe.each(openTestDatabases())('the playground on $name', ({ open }) => {
  let server: RoomServer;
  let model: ModelServer;
  beforeAll(async () => {
    server = await openRoomServer(await open());
    model = await openModelServer({ models: ['gpt-4o-mini', 'm-1'] });
    const connection = { provider: 'mine', adapter: 'openai', secretKey: 'x' };
    await server.send('PUT', '/llm-connections', {
      ...connection,
      baseURL: model.baseUrl,
      customModels: ['own'],
    });
  });
  afterAll(async () => {
    await server.close();
    await model.close();
  });

  const body = (content: string, more: object = {}) => ({
    provider: 'mine',
    model: 'm-1',
    messages: [{ role: 'user', content }],
    ...more,
  });
  const run = (content: string, more: object = {}) =>
    server.send('POST', `${PATH}/runs`, { ...body(content, more), isStreamed: false });

  const fetchRun = (content: string, more: object, signal?: AbortSignal) =>
    fetch(`${server.url}${PATH}/runs`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa('pk-lf-own:sk-lf-own')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body(content, more)),
      ...(signal === undefined ? {} : { signal }),
    });

  async function stream(content: string, more: object = {}) {
    const answer = await fetchRun(content, more);
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const text = await answer.text();
    return text.split('\n\n').flatMap((block) => {
      const [, type, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      return data === undefined ? [] : [{ type, data: JSON.parse(data) }];
    });
  }

  it('lists what can be asked', async () => {
    await server.send('PUT', '/llm-connections', {
      provider: 'gone',
      adapter: 'openai',
      secretKey: 'x',
      baseURL: 'http://127.0.0.1:9/v1',
      customModels: ['z'],
    });
    const { body: offer } = await server.send('GET', `${PATH}/models`);
    expect(offer.connections).toEqual([
      {
        provider: 'mine',
        adapter: 'openai',
        isSupported: true,
        models: ['own', 'gpt-4o-mini', 'm-1'],
        problem: null,
      },
      expect.objectContaining({
        provider: 'gone',
        models: ['z'],
        problem: expect.stringContaining('Nothing answers at 127.0.0.1:9'),
      }),
    ]);
  });

  it('fills in variables and placeholders, and answers with the trace', async () => {
    const answer = await run('', {
      provider: 'mine',
      messages: [
        { role: 'system', content: 'Speak {{ language }}.' },
        { type: 'placeholder', name: 'history' },
        { role: 'user', content: 'Hello {{name}}, {{name}}' },
      ],
      variables: { language: 'French', name: 'Ada' },
      placeholders: { history: [{ role: 'assistant', content: 'Kept {{as}} it is' }] },
      parameters: { temperature: 0 },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      content: 'You said "Hello Ada, Ada", which is 3 words.',
      cost: null,
      check: null,
    });
    const trace = await server.send('GET', `/traces/${answer.body.traceId}`);
    expect(trace.body).toMatchObject({ name: 'playground', tags: ['playground'] });
    expect(trace.body.observations[0]).toMatchObject({
      id: answer.body.observationId,
      modelParameters: { temperature: 0 },
      input: [
        { role: 'system', content: 'Speak French.' },
        { role: 'assistant', content: 'Kept {{as}} it is' },
        { role: 'user', content: 'Hello Ada, Ada' },
      ],
    });
  });

  it('sends nothing while something has no value', async () => {
    const before = model.calls.length;
    const { status, body: problem } = await run('{{a}} {{ b }} {{a}}', { variables: { b: '' } });
    expect([status, problem.detail]).toEqual([400, expect.stringContaining('no value: a.')]);
    expect(model.calls).toHaveLength(before);
  });

  it('takes the cost from the trace', async () => {
    const { body: answer } = await run('hi', { model: 'gpt-4o-mini' });
    const { input, output } = answer.usage;
    const path = `/observations/${answer.observationId}`;
    expect((await server.send('GET', path)).body.calculatedTotalCost).toBe(answer.cost);
    expect(answer.cost).toBeCloseTo((input * 0.15 + output * 0.6) / 1e6, 12);
  });

  it('streams, and ends with the answer', async () => {
    const events = await stream('one two three');
    const texts = events.filter(({ type }) => type === 'text').map(({ data }) => data.text);
    expect(texts.length).toBeGreaterThan(3);
    expect(events.at(-1)).toMatchObject({
      type: 'answer',
      data: { content: texts.join(''), usage: { input: 3 }, provider: 'mine' },
    });
  });

  it('tells a failure as the last event, with its trace when there is one', async () => {
    const events = await stream('[[cut]] a b c d');
    expect(events.length).toBeGreaterThan(1);
    const { type, data } = events.at(-1) ?? {};
    expect([type, data.code]).toEqual(['error', 'COAIA-4008']);
    const trace = await server.send('GET', `/traces/${data.traceId}`);
    expect(trace.body.observations[0]).toMatchObject({ level: 'ERROR' });
    const [unsent] = await stream('hi', { provider: 'none' });
    expect(unsent).toMatchObject({ type: 'error', data: { code: 'COAIA-4001', traceId: null } });
  });

  it('checks the form of answers', async () => {
    const good = await run('rate this', { schema: SCHEMA });
    expect(good.body.check).toEqual({ isValid: true, problems: [] });
    expect(model.calls.at(-1)?.body.response_format.json_schema.schema).toEqual(SCHEMA);
    const bad = await run('rate this', { schema: SCHEMA, isSchemaSent: false });
    expect(bad.body.check).toEqual({ isValid: false, problems: ['The answer is no JSON.'] });
    expect(model.calls.at(-1)?.body.response_format).toBeUndefined();
    const other = { ...SCHEMA, properties: { score: { type: 'string' } } };
    const sent = await stream('rate this', { schema: other });
    expect(sent.at(-1)?.data.check.isValid).toBe(true);
  });

  it('calls tools', async () => {
    const tools = [{ type: 'function', function: { name: 'look_up', parameters: {} } }];
    const events = await stream('[[tool]]', { tools });
    expect(events[0]).toMatchObject({ type: 'tool', data: { name: 'look_up' } });
    expect(events.at(-1)?.data.toolCalls).toMatchObject([{ function: { name: 'look_up' } }]);
  });

  it('stops the model when the page goes away, and records what came', async () => {
    const stop = new AbortController();
    const answer = await fetchRun('[[slow 30]] a b c d e f g h', {}, stop.signal);
    const reader = answer.body?.getReader();
    await reader?.read();
    stop.abort();
    await expect(reader?.read()).rejects.toThrow(/abort/i);
    await model.hungUp;
    const levels = async () =>
      (await server.send('GET', '/observations?level=WARNING')).body.data as readonly unknown[];
    await expect
      .poll(levels)
      .toMatchObject([{ statusMessage: expect.stringContaining('Stopped') }]);
  });

  it.each([
    [{ messages: [] }],
    [{ model: ' ' }],
    [{ parameters: { temperature: 3 } }],
    [{ tools: [{ type: 'function', function: { name: 'a b' } }] }],
    [{ messages: [{ role: 'robot', content: 'x' }] }],
  ])('refuses %j', async (more) => {
    expect((await run('x', more)).status).toBe(400);
  });

  it('is nobody else’s', async () => {
    const foreign = await server.sendAsOther('POST', `${PATH}/runs`, body('x'));
    const own = PATH.replace('default', 'other');
    const none = await server.sendAsOther('POST', `${own}/runs`, {
      ...body('x'),
      isStreamed: false,
    });
    expect([foreign.status, none.status, none.body.code]).toEqual([404, 400, 'COAIA-4000']);
    expect((await server.sendAsOther('GET', `${own}/models`)).body).toEqual({ connections: [] });
  });
});
