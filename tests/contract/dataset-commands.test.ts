/** The dataset commands against a running server, and what they wrote read by the API. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCoaia } from '../../packages/coaia/src/cli/testing.ts';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';

let server: ApiServer;
let env: Record<string, string>;
const home = mkdtempSync(join(tmpdir(), 'coaia-remote-'));
beforeAll(async () => {
  server = await openApiServer();
  env = {
    LANGFUSE_HOST: server.url,
    LANGFUSE_PUBLIC_KEY: server.publicKey,
    LANGFUSE_SECRET_KEY: server.secretKey,
  };
});
afterAll(() => server.stop());

const run = (line: string) => runCoaia(line, { env, home });

test('create, import, get, runs and delete work over HTTP as they do on the store', async () => {
  const schema = '{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}';
  expect((await run(`fuse datasets create team/set --input-schema '${schema}'`)).code).toBe(0);
  const lines = [{ input: { n: 1 }, expected: 'a' }, { input: { n: 'x' } }, { input: { n: 2 } }];
  writeFileSync(join(home, 'rows.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
  const imported = await run('fuse datasets import team/set rows.jsonl --json');
  expect(imported.code).toBe(5);
  expect(JSON.parse(imported.stdout)).toMatchObject({
    created: [expect.any(String), expect.any(String)],
    errors: [{ index: 1, message: expect.stringContaining('input.n') }],
  });
  const { body } = await server.read('/dataset-items?datasetName=team%2Fset');
  expect(body.data.map((item: { input: unknown }) => item.input)).toEqual(
    expect.arrayContaining([{ n: 1 }, { n: 2 }]),
  );
  const [first] = body.data;
  const link = { runName: 'r', datasetItemId: first.id, traceId: 'T' };
  await server.send('POST', '/dataset-run-items', { body: JSON.stringify(link) });
  const shown = JSON.parse((await run('fuse datasets runs team/set r --json')).stdout);
  expect(shown.datasetRunItems).toMatchObject([{ datasetItemId: first.id, traceId: 'T' }]);
  const trained = await run('fuse datasets get team/set -oft');
  expect(trained.stdout.trimEnd().split('\n')).toHaveLength(1);
  expect((await run('fuse datasets list')).stdout).toMatch(/\| team\/set .*\| +2 \|/);
  expect((await run(`fuse dataset-items delete ${first.id}`)).code).toBe(0);
  expect((await server.read(`/dataset-items/${first.id}`)).status).toBe(404);
  expect((await run('fuse datasets delete team/set --yes')).code).toBe(0);
  expect((await run('fuse datasets get team/set')).code).toBe(1);
});

test('wrong keys exit 3', async () => {
  const wrong = { ...env, LANGFUSE_SECRET_KEY: 'sk-lf-wrong' };
  expect(await runCoaia('fuse datasets list', { env: wrong, home })).toMatchObject({
    code: 3,
    stdout: '',
  });
});
