/** What was written to datasets is there after a crash, seen through other operations, on both databases. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import {
  createTestPostgres,
  findTestPostgres,
} from '../../packages/coaia/src/store/open-test-database.ts';

const postgres = findTestPostgres();

async function openPlace(kind: string) {
  if (kind === 'sqlite' || postgres === undefined) return { args: [], remove: async () => {} };
  const { url, remove } = await createTestPostgres(postgres);
  return { args: ['--database', url], remove };
}

async function send(
  server: BenchServer,
  method: string,
  path: string,
  body?: object,
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the test checks
): Promise<any> {
  const answer = await fetch(`${server.url}/api/public${path}`, {
    method,
    headers: { authorization: server.authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

test.each(postgres === undefined ? ['sqlite'] : ['sqlite', 'postgres'])(
  'on %s',
  { timeout: 60_000 },
  async (kind) => {
    const place = await openPlace(kind);
    const home = mkdtempSync(join(tmpdir(), 'coaia-restart-'));
    const before = await startServer({ home, args: place.args });
    const schema = { type: 'object' };
    await send(before, 'POST', '/v2/datasets', { name: 'd', inputSchema: schema });
    const one = { datasetName: 'd', id: 'i1', input: { n: 1 } };
    const { updatedAt } = await send(before, 'POST', '/dataset-items', one);
    await send(before, 'POST', '/dataset-items', { ...one, input: { n: 2 } });
    const link = { runName: 'r', datasetItemId: 'i1', traceId: 't' };
    const linked = await send(before, 'POST', '/dataset-run-items', link);
    await before.crash();

    const after = await startServer({ home, args: place.args });
    try {
      const read = (path: string) => send(after, 'GET', path);
      expect(await read('/v2/datasets')).toMatchObject({
        data: [{ name: 'd', inputSchema: schema, itemCount: 1 }],
      });
      expect(await read('/datasets/d')).toMatchObject({
        items: [{ input: { n: 2 } }],
        runs: ['r'],
      });
      const then = await read(`/dataset-items?datasetName=d&version=${updatedAt}`);
      expect(then.data).toMatchObject([{ id: 'i1', input: { n: 1 } }]);
      expect(await read('/experiments?fromStartTime=2020-01-01')).toMatchObject({
        data: [{ id: linked.datasetRunId, name: 'r', itemCount: 1 }],
      });
      await send(after, 'DELETE', '/v2/datasets/d');
      expect(await read('/datasets')).toMatchObject({ data: [] });
    } finally {
      await after.stop();
      rmSync(home, { recursive: true, force: true });
      await place.remove();
    }
  },
);
