/** The official command line on datasets and experiments, with the contracts of both major versions. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';
import { openLangfuseCli } from './langfuse-cli.ts';
import type { LangfuseCli } from './langfuse-cli.ts';

let server: ApiServer;
let cli: LangfuseCli;
beforeAll(async () => {
  server = await openApiServer();
  cli = openLangfuseCli(server);
});
afterAll(async () => {
  cli.close();
  await server.stop();
});

// oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests check
async function ask(...words: readonly string[]): Promise<any> {
  const { code, stdout, stderr } = await cli.run(words);
  expect({ words, code, stderr }).toMatchObject({ words, code: 0 });
  return JSON.parse(stdout);
}

test('datasets, items, runs and experiments', async () => {
  const send = (resource: string, body: object) =>
    ask('api', resource, 'create', '--body-json', JSON.stringify(body));
  const name = 'folder/by the cli';
  const dataset = await send('datasets', { name, metadata: { a: 1 } });
  expect(dataset).toMatchObject({ name, metadata: { a: 1 } });
  await send('dataset-items', { datasetName: name, id: 'cli-1', input: { q: 1 } });
  expect(await ask('api', 'datasets', 'get', name)).toMatchObject({ id: dataset.id });
  expect(await ask('api', 'datasets', 'list')).toMatchObject({ data: [{ name }] });
  expect(await ask('api', 'dataset-items', 'list', '--dataset-name', name)).toMatchObject({
    data: [{ id: 'cli-1', input: { q: 1 } }],
  });
  const link = { runName: 'cli run', datasetItemId: 'cli-1', traceId: 't' };
  await server.send('POST', '/dataset-run-items', { body: JSON.stringify(link) });
  const since = ['--from-start-time', '2020-01-01T00:00:00Z'];
  expect(await ask('api', 'experiments', 'list', ...since)).toMatchObject({
    data: [{ name: 'cli run', itemCount: 1, datasetId: dataset.id }],
  });
  expect(
    await ask('api', 'experiment-items', 'list', ...since, '--fields', 'core,io'),
  ).toMatchObject({ data: [{ experimentItemId: 'cli-1', input: { q: 1 } }] });
  const old = (...words: readonly string[]) => ask('--api-version', '3', 'api', ...words);
  expect(await old('datasets', 'get-run', name, 'cli run')).toMatchObject({
    datasetRunItems: [{ datasetItemId: 'cli-1', traceId: 't' }],
  });
  expect(await ask('api', 'dataset-items', 'delete', 'cli-1')).toMatchObject({
    message: expect.any(String),
  });
});
