/** Datasets, items and runs over HTTP: the official SDK `langfuse` 3, and what scripts do with raw requests. */
import { Langfuse } from 'langfuse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApiServer } from './api-server.ts';
import type { ApiServer } from './api-server.ts';

let server: ApiServer;
let langfuse: Langfuse;
beforeAll(async () => {
  server = await openApiServer();
  const { url: baseUrl, publicKey, secretKey } = server;
  langfuse = new Langfuse({ baseUrl, publicKey, secretKey });
});
afterAll(async () => {
  await langfuse.shutdownAsync();
  await server.stop();
});

const send = (method: string, path: string, body: unknown) =>
  server.send(method, path, { body: JSON.stringify(body) });

test('the SDK creates a dataset in a folder, links traces and reads the run', async () => {
  const name = 'folder/capitals of the world';
  await langfuse.createDataset({ name, description: 'd', metadata: { v: 1 } });
  for (const [index, country] of ['France', 'Peru', 'Chad'].entries()) {
    await langfuse.createDatasetItem({
      datasetName: name,
      id: `capital-${index}`,
      input: { country },
      expectedOutput: `capital of ${country}`,
      sourceTraceId: `source-${index}`,
    });
  }
  const dataset = await langfuse.getDataset(name);
  expect(dataset).toMatchObject({ name, description: 'd', metadata: { v: 1 } });
  expect(dataset.items.map(({ id }) => id).toSorted()).toEqual([
    'capital-0',
    'capital-1',
    'capital-2',
  ]);
  for (const item of dataset.items) {
    const trace = langfuse.trace({ name: 'answer', input: item.input, output: 'x' });
    await item.link(trace, 'run one', { description: 'first', metadata: { model: 'm' } });
  }
  const run = await langfuse.getDatasetRun({ datasetName: name, runName: 'run one' });
  expect(run).toMatchObject({ name: 'run one', description: 'first', datasetName: name });
  expect(run.datasetRunItems.map(({ datasetItemId }) => datasetItemId).toSorted()).toEqual([
    'capital-0',
    'capital-1',
    'capital-2',
  ]);
  const { data } = await langfuse.getDatasetRuns(name);
  expect(data.map((one) => one.id)).toEqual([run.id]);
  const item = await langfuse.getDatasetItem('capital-1');
  expect(item).toMatchObject({ input: { country: 'Peru' }, sourceTraceId: 'source-1' });
});

test('a folder in a name may stand encoded or raw in the address', async () => {
  await send('POST', '/v2/datasets', { name: 'a/b/c d' });
  for (const address of ['/v2/datasets/a%2Fb%2Fc%20d', '/v2/datasets/a/b/c%20d'])
    expect((await server.read(address)).body).toMatchObject({ name: 'a/b/c d' });
  expect((await server.read('/v2/datasets/a/b')).status).toBe(404);
});

test('name is datasetName, so one dataset is listed and not all', async () => {
  for (const name of ['one', 'two']) {
    await send('POST', '/v2/datasets', { name });
    await send('POST', '/dataset-items', { datasetName: name, input: name });
  }
  const { body } = await server.read('/dataset-items?name=one');
  expect(body.data).toMatchObject([{ datasetName: 'one', mediaReferences: [] }]);
  expect(body.meta).toEqual({ page: 1, limit: 50, totalItems: 1, totalPages: 1 });
});

test('refusals have the form of Langfuse', async () => {
  const missing = await server.read('/v2/datasets/none');
  expect(missing).toMatchObject({ status: 404, body: { error: 'LangfuseNotFoundError' } });
  expect((await send('POST', '/dataset-items', { datasetName: 'none' })).status).toBe(404);
  const strict = await send('POST', '/dataset-run-items', { runName: 'r', datasetItemId: 'x' });
  expect(strict).toMatchObject({ status: 400, body: { message: 'Invalid request data' } });
  const schema = await send('POST', '/v2/datasets', {
    name: 's',
    inputSchema: { not: { type: 'string' } },
  });
  expect(schema).toMatchObject({ status: 400, body: { error: 'InvalidRequestError' } });
});

test('items of a run are listed by dataset id, and run and dataset can be deleted', async () => {
  const { body: dataset } = await send('POST', '/v2/datasets', { name: 'short' });
  const { body: item } = await send('POST', '/dataset-items', { datasetName: 'short', input: 1 });
  const link = { runName: 'r 1', datasetItemId: item.id, traceId: 't' };
  const { body: linked } = await send('POST', '/dataset-run-items', link);
  const list = `/dataset-run-items?datasetId=${dataset.id}&runName=r%201`;
  expect((await server.read(list)).body.data).toEqual([linked]);
  expect((await server.send('DELETE', '/datasets/short/runs/r%201')).body).toEqual({
    message: expect.any(String),
  });
  expect((await server.read(list)).status).toBe(404);
  expect((await server.send('DELETE', '/v2/datasets/short')).status).toBe(200);
  expect((await server.read('/v2/datasets/short')).status).toBe(404);
  expect((await server.read(`/dataset-items/${item.id}`)).status).toBe(404);
});
