/** What was written about scores is there after a restart, seen through other operations, on both databases. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

async function send(
  server: BenchServer,
  method: string,
  path: string,
  body?: unknown,
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the test checks
): Promise<any> {
  const answer = await fetch(`${server.url}/api/public${path}`, {
    method,
    headers: { authorization: server.authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

describe.each(DATABASES)('on %s', (name) => {
  test('scores and configs outlive the server', async () => {
    const place = await createPlace(name);
    const first = await startServer(place);
    const config = await send(first, 'POST', '/score-configs', { name: 'Q', dataType: 'BOOLEAN' });
    await send(first, 'PATCH', `/score-configs/${config.id}`, { description: 'changed' });
    const scores = [
      { id: 'kept', traceId: 't', name: 'n', value: 1, configId: config.id },
      { id: 'gone', traceId: 't', name: 'n', value: 1 },
      { id: 'session', sessionId: 's', name: 'n', value: 'kind' },
    ];
    for (const score of scores) await send(first, 'POST', '/scores', score);
    await send(first, 'DELETE', '/scores/gone');
    await first.stop();

    const second = await startServer(place);
    cleaners.push(() => second.stop());
    const list = await send(second, 'GET', '/score-configs');
    expect(list.data).toMatchObject([{ id: config.id, description: 'changed' }]);
    const v2 = await send(second, 'GET', '/v2/scores');
    expect(v2.data.map(({ id }: { readonly id: string }) => id)).toEqual(['session', 'kept']);
    expect(v2.meta.totalItems).toBe(2);
    const v3 = await send(second, 'GET', '/v3/scores?traceId=t');
    expect(v3.data).toMatchObject([{ id: 'kept', name: 'Q', value: true }]);
    const v1 = await send(second, 'GET', '/scores');
    expect(v1.data).toMatchObject([{ id: 'kept', stringValue: 'True' }]);
  }, 60_000);
});
