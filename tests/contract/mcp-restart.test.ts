/** What agents write at the MCP endpoint is there for other clients after a crash, on both databases. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach, describe, expect, test } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import {
  createTestPostgres,
  findTestPostgres,
} from '../../packages/coaia/src/store/open-test-database.ts';

const postgres = findTestPostgres();
const DATABASES = postgres === undefined ? ['sqlite'] : ['sqlite', 'postgres'];

const cleaners: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleaners.splice(0).toReversed()) await clean();
});

async function createPlace(name: string) {
  const home = mkdtempSync(join(tmpdir(), 'coaia-restart-'));
  cleaners.push(() => rmSync(home, { recursive: true, force: true }));
  if (name === 'sqlite' || postgres === undefined) return { home, env: {} };
  const { url, remove } = await createTestPostgres(postgres);
  cleaners.push(remove);
  return { home, env: { DATABASE_URL: url } };
}

async function call(server: BenchServer, tool: string, input: Record<string, unknown>) {
  const client = new Client({ name: 'restart', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(new URL(`${server.url}/api/public/mcp`), {
    requestInit: { headers: { authorization: server.authorization } },
  });
  await client.connect(transport);
  const { structuredContent, isError } = await client.callTool({ name: tool, arguments: input });
  await client.close();
  expect([tool, isError === true, structuredContent]).toEqual([
    tool,
    false,
    expect.objectContaining({ success: true }),
  ]);
}

async function read(server: BenchServer, path: string): Promise<unknown> {
  const { authorization } = server;
  const answer = await fetch(`${server.url}/api/public/${path}`, { headers: { authorization } });
  return answer.json();
}

describe.each(DATABASES)('on %s', (name) => {
  test('records of several families are there after a crash', async () => {
    const place = await createPlace(name);
    const first = await startServer(place);
    await call(first, 'prompts_create', { name: 'greeting', prompt: 'Hi', labels: ['production'] });
    await call(first, 'datasets_create', { name: 'cases' });
    await call(first, 'datasetItems_create', { datasetName: 'cases', id: 'i1', input: { q: 1 } });
    await call(first, 'scores_create', { sessionId: 's1', name: 'taste', value: 0.5 });
    await first.crash();

    const second = await startServer(place);
    expect(await read(second, 'v2/prompts')).toMatchObject({ data: [{ name: 'greeting' }] });
    expect(await read(second, 'dataset-items/i1')).toMatchObject({ input: { q: 1 } });
    expect(await read(second, 'v3/scores?sessionId=s1')).toMatchObject({
      data: [{ name: 'taste', value: 0.5 }],
    });
    await call(second, 'prompts_get', { promptName: 'greeting' });
    await second.stop();
  });
});
