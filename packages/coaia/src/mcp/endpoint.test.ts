import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRoomServer } from '../observability/testing/open-room-server.ts';
import type { RoomServer } from '../observability/testing/open-room-server.ts';

const toBasic = (pair: string) => `Basic ${btoa(pair)}`;
const OWN = toBasic('pk-lf-own:sk-lf-own');
const OTHER = toBasic('pk-lf-other:sk-lf-other');

describe.each(openTestDatabases())('the MCP endpoint on $name', ({ open }) => {
  let server: RoomServer;
  let clients: Client[];
  beforeEach(async () => {
    clients = [];
    server = await openRoomServer(await open());
  });
  afterEach(async () => {
    for (const client of clients) await client.close();
    await server.close();
  });

  async function connect(authorization = OWN, query = '') {
    const client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${server.url}/api/public/mcp${query}`), {
        requestInit: { headers: { authorization } },
      }),
    );
    clients.push(client);
    return client;
  }

  async function call(client: Client, name: string, input: Record<string, unknown> = {}) {
    const { structuredContent, isError } = await client.callTool({ name, arguments: input });
    // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests check
    return { isError: isError === true, value: structuredContent as any };
  }

  it('has a tool of every family, with schemas and marks from the declarations', async () => {
    const client = await connect();
    const { tools } = await client.listTools();
    const families = new Set(
      tools.map(({ _meta: meta }) => String(meta?.['operationId']).split('.')[0]),
    );
    for (const family of [
      'prompts',
      'datasets',
      'datasetItems',
      'scores',
      'scoreConfigs',
      'observations',
      'trace',
      'sessions',
      'metrics',
      'models',
      'experiments',
      'comments',
      'annotationQueues',
      'media',
      'health',
      'feedback',
    ])
      expect(families).toContain(family);
    const find = (name: string) => tools.find((tool) => tool.name === name);
    expect(find('trace_list')?.annotations?.readOnlyHint).toBe(true);
    expect(find('trace_delete')?.annotations).toMatchObject({ destructiveHint: true });
    expect(find('comments_create')?.inputSchema).toMatchObject({
      type: 'object',
      required: ['projectId', 'objectType', 'objectId', 'content'],
    });
    expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
    for (const { name } of tools) expect(name).toMatch(/^[A-Za-z0-9_]{1,64}$/);
  });

  it('writes through one tool and reads through another, in the project of the key', async () => {
    const client = await connect();
    const created = await call(client, 'prompts_create', {
      name: 'folder/p',
      prompt: 'Hi {{who}}',
      labels: ['production'],
      tags: ['a'],
    });
    expect(created).toMatchObject({ isError: false, value: { success: true, version: 1 } });
    const read = await call(client, 'prompts_get', { promptName: 'folder/p' });
    expect(read.value).toMatchObject({ prompt: 'Hi {{who}}', tags: ['a'] });
    await call(client, 'datasets_create', { name: 'd' });
    const item = { datasetName: 'd', input: { q: 1 }, expectedOutput: 2 };
    expect((await call(client, 'datasetItems_create', item)).isError).toBe(false);
    const items = await call(client, 'datasetItems_list', { datasetName: 'd', limit: 5 });
    expect(items.value.data).toMatchObject([{ expectedOutput: 2 }]);
    const scored = await call(client, 'scores_create', { sessionId: 's', name: 'x', value: 0.5 });
    const scores = await call(client, 'scores_get_many', { scoreIds: scored.value.id });
    expect(scores.value.data).toMatchObject([{ value: 0.5 }]);
    const query = JSON.stringify({
      view: 'scores-numeric',
      metrics: [{ measure: 'count', aggregation: 'count' }],
      fromTimestamp: '2020-01-01T00:00:00Z',
      toTimestamp: '2999-01-01T00:00:00Z',
    });
    const metrics = await call(client, 'metrics_metrics', { query });
    expect(metrics).toMatchObject({ isError: false, value: { success: true } });

    const stranger = await connect(OTHER);
    const none = await call(stranger, 'prompts_get', { promptName: 'folder/p' });
    expect(none).toMatchObject({ isError: true, value: { success: false, code: 'COAIA-0804' } });
    expect((await call(stranger, 'datasets_list')).value.data).toEqual([]);
  });

  it('gives the reason when an operation refuses', async () => {
    const client = await connect();
    const refused = await call(client, 'prompts_create', { name: 'new', prompt: 'x' });
    expect(refused).toMatchObject({
      isError: true,
      value: { error: expect.stringContaining('reserved word'), details: { status: 400 } },
    });
    expect((await call(client, 'prompts_create', { name: 'x' })).value.error).toBe(
      'The argument prompt is missing.',
    );
    for (const traceId of ['', '.', '..', '\ud800'])
      expect(await call(client, 'trace_delete', { traceId })).toMatchObject({
        isError: true,
        value: { code: 'COAIA-0800' },
      });
    expect((await call(client, 'trace_get', { traceId: '../models' })).value.error).toBe(
      'Trace ../models not found within authorized project',
    );
    await expect(client.callTool({ name: 'ingestion_batch', arguments: {} })).rejects.toThrow(
      'Unknown tool',
    );
  });

  it('shows fewer tools when asked', async () => {
    const few = await connect(OWN, '?tools=prompts,health&readOnly=true');
    const { tools } = await few.listTools();
    expect(tools.map(({ name }) => name).toSorted()).toEqual([
      'health_health',
      'health_ready',
      'prompts_get',
      'prompts_list',
    ]);
    expect((await call(few, 'health_health')).value).toMatchObject({ status: 'OK' });
  });

  it('wants keys, and no pages of other origins', async () => {
    const send = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/public/mcp`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...headers,
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
      });
    expect((await send({})).status).toBe(401);
    expect((await send({ authorization: 'Bearer pk-lf-own' })).status).toBe(403);
    const foreign = await send({ authorization: OWN, origin: 'https://evil.example' });
    expect([foreign.status, await foreign.json()]).toMatchObject([
      403,
      { error: 'ForbiddenError' },
    ]);
    expect((await send({ authorization: OWN, origin: server.url })).status).toBe(200);
    expect((await send({ authorization: OWN })).status).toBe(200);
    const get = await fetch(`${server.url}/api/public/mcp`, { headers: { authorization: OWN } });
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });
});
