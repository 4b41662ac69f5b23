/** Connections to model servers after a crash, on both databases: the key still opens, the server is called. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import { openModelServer } from '../../packages/coaia/src/models/testing/model-server.ts';
import {
  createTestPostgres,
  findTestPostgres,
} from '../../packages/coaia/src/store/open-test-database.ts';

const postgres = findTestPostgres();
const DATABASES = postgres === undefined ? ['sqlite'] : ['sqlite', 'postgres'];
const KEY = 'sk-after-restart-4242';

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

async function send(
  server: BenchServer,
  method: string,
  path: string,
  body?: unknown,
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the test checks
): Promise<any> {
  const answer = await fetch(`${server.url}/api/${path}`, {
    method,
    headers: { authorization: server.authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

describe.each(DATABASES)('on %s', (name) => {
  test('a connection is there after a crash, works with its key, and is gone once deleted', async () => {
    const model = await openModelServer({ key: KEY });
    cleaners.push(model.close);
    const place = await createPlace(name);
    const first = await startServer(place);
    const made = await send(first, 'PUT', 'public/llm-connections', {
      provider: 'mine',
      adapter: 'openai',
      secretKey: KEY,
      baseURL: model.baseUrl,
    });
    const doomed = { provider: 'doomed', adapter: 'anthropic', secretKey: KEY };
    const { id } = await send(first, 'PUT', 'public/llm-connections', doomed);
    await send(first, 'DELETE', `public/llm-connections/${id}`);
    await first.crash();

    const second = await startServer(place);
    cleaners.push(() => second.stop());
    expect((await send(second, 'GET', 'public/llm-connections')).data).toEqual([made]);
    const path = `v1/llm-connections/${made.id}/test`;
    const tried = await send(second, 'POST', path, { model: 'm' });
    expect(tried.answer).toContain('You said');
    const trace = await send(second, 'GET', `public/traces/${tried.traceId}`);
    expect(trace.observations).toMatchObject([{ type: 'GENERATION', model: 'm' }]);
  });
});
