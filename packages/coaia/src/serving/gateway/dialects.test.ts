import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  API,
  EXAMPLE,
  IRIS_MODEL,
  LOG,
  openStubService,
  PRICE_MODEL,
} from './testing/stub-service.ts';
import type { StubService } from './testing/stub-service.ts';

const ROW = [5.1, 3.5, 1.4, 0.2];
const COLUMNS = Object.keys(EXAMPLE);

describe('dialects', () => {
  let iris: StubService;
  let both: StubService;
  beforeAll(async () => {
    iris = await openStubService({ outcomes: async (model, given) => ({ model, given }) });
    both = await openStubService({ models: [IRIS_MODEL, PRICE_MODEL] });
  });
  afterAll(async () => {
    await iris.gateway.close();
    await both.gateway.close();
  });

  it.each([
    ['objects', { instances: [EXAMPLE] }],
    ['lists', { instances: [ROW] }],
    ['the other name', { inputs: [ROW] }],
  ])('KServe V1, %s', async (_name, body) => {
    const { body: answer } = await iris.post('/v1/models/iris:predict', body);
    expect(answer).toEqual({ predictions: ['setosa'] });
  });

  it.each([
    ['dataframe_split', { dataframe_split: { columns: COLUMNS, data: [ROW] } }],
    ['dataframe_split without columns', { dataframe_split: { data: [ROW] } }],
    ['dataframe_records', { dataframe_records: [EXAMPLE] }],
    ['instances', { instances: [ROW] }],
    [
      'inputs as columns',
      { inputs: Object.fromEntries(COLUMNS.map((name, at) => [name, [ROW[at]]])) },
    ],
    ['inputs as lists', { inputs: [ROW] }],
  ])('MLflow, %s', async (_name, body) => {
    const { body: answer } = await iris.post('/invocations', body);
    expect(answer).toEqual({ predictions: ['setosa'] });
  });

  it('MLflow and SageMaker, CSV with and without a head', async () => {
    const withHead = `${COLUMNS.join(',')}\r\n${ROW.join(',')}\r\n6,3,5,2\r\n`;
    const type = { 'content-type': 'text/csv' };
    const first = await iris.post('/invocations', withHead, type);
    expect(first.body).toEqual({ predictions: ['setosa', 'virginica'] });
    const answer = await iris.ask('/invocations', {
      method: 'POST',
      body: ROW.join(','),
      headers: { ...type, accept: 'text/csv' },
    });
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(await answer.text()).toBe('prediction\r\nsetosa\r\n');
  });

  it('CSV in, CSV out at the own address', async () => {
    const body = `area,heating,rooms\n80.5,"oil",3\n12.25,,\n`;
    const answer = await both.ask('/v1/models/price/predict', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body,
    });
    expect(await answer.text()).toBe('prediction\r\n1805\r\n1122.5\r\n');
  });

  it('the addresses without a model, over several models', async () => {
    expect((await both.post('/predict', EXAMPLE)).body.error.code).toBe('AO417');
    const asked = await both.post('/predict?model=price', { area: 1, rooms: 2 });
    expect(asked.body).toMatchObject({ model: 'price', predictions: [1010] });
  });

  it("vetiver's clients: rows without a type, columns back, the error in message", async () => {
    const send = (body: string, agent: string) =>
      iris.ask('/predict', {
        method: 'POST',
        body: new Blob([body]),
        headers: { 'user-agent': agent },
      });
    const python = await send(JSON.stringify([EXAMPLE]), 'python-requests/2.31');
    expect(await python.json()).toEqual({ predict: ['setosa'] });
    const r = await send(JSON.stringify([EXAMPLE, EXAMPLE]), 'libcurl/7.88 r-curl/5.0 httr/1.4.5');
    expect(await r.json()).toEqual({ '.pred': ['setosa', 'setosa'] });
    const wrong = await send('[{"sepal_length": "x"}]', 'httr');
    expect(wrong.status).toBe(422);
    expect(((await wrong.json()) as { readonly message: string }).message).toContain(
      'sepal_length',
    );
    const prototype = await (await iris.ask('/prototype')).json();
    expect(prototype).toHaveProperty('sepal_length', { type: 'numeric', example: [], details: [] });
    expect(await (await iris.ask('/metadata')).json()).toHaveProperty('version', '1');
    expect(await (await iris.ask('/ping')).json()).toHaveProperty('ping', 'pong');
  });

  it('cog: one row, by an id of the caller', async () => {
    const answer = await iris.ask('/predictions/mine-1', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: EXAMPLE }),
    });
    expect(await answer.json()).toMatchObject({
      id: 'mine-1',
      status: 'succeeded',
      output: { label: 'setosa' },
      error: null,
    });
    expect(await (await iris.ask('/health-check')).json()).toHaveProperty('status', 'READY');
    const { status, body } = await iris.post('/predictions', { input: { sepal_length: 1 } });
    expect([status, body.status, body.detail[0].loc]).toEqual([
      422,
      'failed',
      ['body', 'input', 'sepal_width'],
    ]);
  });

  it('outcomes go to whoever keeps them', async () => {
    const { status, body } = await iris.post('/v1/models/iris/outcomes', [
      { request_id: 'a', actual: 'setosa' },
      { request_id: 'b', row: 1, actual: 'virginica' },
    ]);
    const given = [
      { requestId: 'a', actual: 'setosa' },
      { requestId: 'b', row: 1, actual: 'virginica' },
    ];
    expect([status, body]).toEqual([200, { model: 'iris', given }]);
    const wrong = await iris.post('/v1/models/iris/outcomes', { request_id: 'a' });
    expect([wrong.status, wrong.body.error.code]).toEqual([400, 'AO414']);
    const off = await both.post('/v1/models/iris/outcomes', { request_id: 'a', actual: 1 });
    expect([off.status, off.body.error.code]).toEqual([404, 'AO424']);
  });

  it('says what models there are, and what one takes', async () => {
    const models = (await (await both.ask('/v1/models')).json()) as { readonly models: unknown };
    expect(models.models).toEqual(['iris', 'price']);
    expect(await (await both.ask('/v1/models/price')).json()).toMatchObject({
      name: 'price',
      ready: true,
      version: '1',
      task: 'regression',
      example: { area: 80.5 },
    });
    expect(await (await iris.ask('/v1/models/iris/versions/2')).json()).toHaveProperty(
      'version',
      '2',
    );
    expect((await iris.ask('/health')).status).toBe(200);
    expect(await (await iris.ask('/version')).text()).toBe('0.0.0');
  });

  it('only those that are wanted are there', async () => {
    const project = { name: 'test', api: { ...API, dialects: ['oip'] }, log: LOG };
    const service = await openStubService({ project });
    expect((await service.ask('/v2')).status).toBe(200);
    expect((await service.post('/predict', EXAMPLE)).status).toBe(200);
    expect((await service.post('/invocations', {})).status).toBe(404);
    await service.gateway.close();
    const wrong = { ...project, api: { ...API, dialects: ['grpc'] } };
    await expect(openStubService({ project: wrong })).rejects.toMatchObject({ code: 'AO425' });
  });
});
