import { openTestDatabases } from '#store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openRoomServer } from '../../observability/testing/open-room-server.ts';
import type { RoomServer } from '../../observability/testing/open-room-server.ts';
import { openModelServer } from '../testing/model-server.ts';
import type { ModelServer } from '../testing/model-server.ts';

const BODY = { provider: 'mine', adapter: 'openai', secretKey: 'sk-0123456789-wxyz' };

describe.each(openTestDatabases())('connections on $name', ({ open }) => {
  let server: RoomServer;
  let model: ModelServer;
  let now = Date.parse('2026-03-01T10:00:00.000Z');
  beforeAll(async () => {
    server = await openRoomServer(await open(), () => (now += 1000));
  });
  beforeEach(async () => {
    model = await openModelServer({ key: BODY.secretKey, models: ['m-2', 'm-1'] });
  });
  afterEach(() => model.close());
  afterAll(() => server.close());

  const put = (change: Record<string, unknown> = {}) =>
    server.send('PUT', '/llm-connections', { ...BODY, ...change });
  const list = async () => (await server.send('GET', '/llm-connections')).body;

  it('are made, replaced by name, listed and deleted, without their secrets', async () => {
    const made = await put({ extraHeaders: { 'X-Team': 'red-team-header-value' } });
    expect(made.status).toBe(200);
    expect(made.body).toEqual({
      id: expect.any(String),
      provider: 'mine',
      adapter: 'openai',
      displaySecretKey: '...wxyz',
      baseURL: null,
      customModels: [],
      withDefaultModels: true,
      extraHeaderKeys: ['X-Team'],
      config: null,
      createdAt: expect.stringMatching(/^2026-03-01T10/),
      updatedAt: made.body.createdAt,
    });
    const change = { baseURL: 'http://127.0.0.1:1/v1', customModels: ['a'], secretKey: 'short' };
    const changed = await put({ ...change, withDefaultModels: false });
    expect(changed.body).toMatchObject({
      id: made.body.id,
      createdAt: made.body.createdAt,
      displaySecretKey: '...',
      baseURL: 'http://127.0.0.1:1/v1',
      customModels: ['a'],
      withDefaultModels: false,
      extraHeaderKeys: [],
    });
    expect(Date.parse(changed.body.updatedAt)).toBeGreaterThan(Date.parse(made.body.updatedAt));
    const second = await put({ provider: 'other' });
    expect(await list()).toEqual({
      data: [second.body, changed.body],
      meta: { page: 1, limit: 50, totalItems: 2, totalPages: 1 },
    });
    for (const { id } of [second.body, changed.body])
      expect((await server.send('DELETE', `/llm-connections/${id}`)).body).toEqual({
        message: expect.any(String),
      });
    expect((await server.send('DELETE', `/llm-connections/${second.body.id}`)).status).toBe(404);
    expect((await list()).data).toEqual([]);
  });

  it.each([
    ['no secret', { secretKey: undefined }],
    ['an unknown adapter', { adapter: 'cohere' }],
    ['an empty name', { provider: ' ' }],
    ['an address that is none', { baseURL: 'ftp://x' }],
    ['credentials in the address', { baseURL: 'http://u:hunter2@127.0.0.1/v1' }],
    ['bedrock without a region', { adapter: 'bedrock' }],
    ['a config that is not the adapter’s', { adapter: 'anthropic', config: { a: 1 } }],
    ['a config of another form', { config: { useResponsesApi: 'yes' } }],
    ['a header that is none', { extraHeaders: { 'a b': 'c' } }],
    ['a header of two lines', { extraHeaders: { a: 'b\r\nc: d' } }],
  ])('are refused with %s, and nothing is repeated', async (_, change) => {
    const { status, body } = await put(change);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toMatch(/sk-0123456789|hunter2/);
    expect((await list()).data).toEqual([]);
  });

  it('take the config of their adapter', async () => {
    const config = { region: 'eu-west-1' };
    const { body } = await put({ adapter: 'bedrock', config });
    expect(body.config).toEqual(config);
    const test = await server.send('POST', `/api/v1/llm-connections/${body.id}/test`, {});
    expect([test.status, test.body.code]).toEqual([400, 'COAIA-4002']);
    await server.send('DELETE', `/llm-connections/${body.id}`);
  });

  it('are tried by calling the server', async () => {
    const { body } = await put({ baseURL: model.baseUrl });
    const path = `/api/v1/llm-connections/${body.id}/test`;
    const listed = await server.send('POST', path, {});
    expect(listed.body).toMatchObject({
      provider: 'mine',
      baseUrl: model.baseUrl,
      models: ['m-1', 'm-2'],
      answer: null,
    });
    const asked = await server.send('POST', path, { model: 'm-1' });
    expect(asked.body.answer).toContain('Answer with the one word');
    const trace = await server.send('GET', `/traces/${asked.body.traceId}`);
    expect(trace.body.observations).toMatchObject([{ type: 'GENERATION', model: 'm-1' }]);
    await put({ baseURL: model.baseUrl, secretKey: 'sk-wrong-key-of-mine' });
    const refused = await server.send('POST', path, {});
    expect([refused.status, refused.body.code]).toEqual([502, 'COAIA-4004']);
    expect(JSON.stringify(refused.body)).not.toContain('sk-wrong-key-of-mine');
    await server.send('DELETE', `/llm-connections/${body.id}`);
  });

  it('are nobody else’s', async () => {
    const { body } = await put();
    expect((await server.sendAsOther('GET', '/llm-connections')).body.data).toEqual([]);
    const remove = await server.sendAsOther('DELETE', `/llm-connections/${body.id}`);
    const test = await server.sendAsOther('POST', `/api/v1/llm-connections/${body.id}/test`, {});
    expect([remove.status, test.status]).toEqual([404, 404]);
    const own = await server.sendAsOther('PUT', '/llm-connections', BODY);
    expect(own.body.id).not.toBe(body.id);
    expect((await list()).data).toEqual([body]);
    await server.send('DELETE', `/llm-connections/${body.id}`);
  });
});
