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

const toAttribute = ([key, value]: readonly [string, string]) => ({
  key,
  value: { stringValue: value },
});

test('spans of an experiment and links of a run are read as experiments', async () => {
  const { body: dataset } = await send('POST', '/v2/datasets', { name: 'both' });
  const item = { datasetName: 'both', id: 'both-1', input: 'q', expectedOutput: 'E' };
  await send('POST', '/dataset-items', item);
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const root = 'b7ad6b7169203331';
  const link = { runName: 'both run', datasetItemId: 'both-1', traceId, observationId: root };
  const { body: linked } = await send('POST', '/dataset-run-items', link);
  const toSpan = (name: string, spanId: string, trace: string, id: string, itemId: string) => ({
    traceId: trace,
    spanId,
    name,
    startTimeUnixNano: '1780000000000000000',
    endTimeUnixNano: '1780000001000000000',
    attributes: (
      [
        ['langfuse.observation.output', 'out'],
        ['langfuse.experiment.id', id],
        ['langfuse.experiment.name', `name of ${id}`],
        ['langfuse.experiment.metadata', '{"model":"m"}'],
        ['langfuse.experiment.dataset.id', dataset.id],
        ['langfuse.experiment.item.id', itemId],
        ['langfuse.experiment.item.expected_output', '{"is":42}'],
        ['langfuse.experiment.item.root_observation_id', spanId],
      ] as const
    ).map(toAttribute),
  });
  const spans = [
    toSpan('linked', root, traceId, linked.datasetRunId, 'both-1'),
    toSpan('alone', '00f067aa0ba902b7', '4bf92f3577b34da6a3ce929d0e0e4736', 'alone-1', '17'),
  ];
  await send('POST', '/otel/v1/traces', {
    resourceSpans: [{ scopeSpans: [{ scope: { name: 'langfuse-sdk', version: '5' }, spans }] }],
  });
  const since = 'fromStartTime=2026-01-01T00:00:00Z';
  const { body } = await server.read(
    `/experiments?${since}&datasetId=${dataset.id}&fields=metadata`,
  );
  expect(body.data).toMatchObject(
    [
      { id: linked.datasetRunId, name: 'both run', itemCount: 1, datasetId: dataset.id },
      { id: 'alone-1', name: 'name of alone-1', itemCount: 1, metadata: { model: 'm' } },
    ].toSorted((a, b) => (a.id < b.id ? 1 : -1)),
  );
  const items = await server.read(`/experiment-items?${since}&experimentId=alone-1&fields=core,io`);
  expect(items.body.data).toMatchObject([
    { experimentItemId: '17', output: 'out', expectedOutput: { is: 42 } },
  ]);
  expect((await server.read('/experiments')).status).toBe(400);
});
