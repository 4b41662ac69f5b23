import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IRIS_MODEL, openStubService, PRICE_MODEL } from './testing/stub-service.ts';
import type { StubService } from './testing/stub-service.ts';

const ROW = [5.1, 3.5, 1.4, 0.2];
const NAMES = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'];
const column = (name: string, at: number) => ({
  name,
  datatype: 'FP64',
  shape: [1],
  data: [ROW[at]],
});
/** A body that no program makes by accident. */
const deep = (data: string) =>
  `{"inputs": [{"name": "x", "datatype": "FP64", "shape": [1], "data": ${data}}]}`;
const INFER = '/v2/models/iris/infer';

describe('the Open Inference Protocol', () => {
  let service: StubService;
  beforeAll(async () => {
    service = await openStubService({ models: [IRIS_MODEL, PRICE_MODEL] });
  });
  afterAll(() => service.gateway.close());
  const get = async (path: string) => {
    const answer = await service.ask(path);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it.each(['/v2', '/v2/'])('describes the server at %s', async (path) => {
    const { body } = await get(path);
    expect(body).toMatchObject({ name: 'coaia', version: '0.0.0' });
    expect(body['extensions']).toContain('binary_tensor_data');
  });

  it.each([
    ['/v2/health/live', { live: true }],
    ['/v2/health/ready', { ready: true }],
    ['/v2/models/iris/ready', { name: 'iris', ready: true }],
    ['/v2/models/iris/versions/2/ready', { name: 'iris', ready: true }],
  ])('%s', async (path, body) => {
    expect(await get(path)).toEqual({ status: 200, body });
  });

  it('describes a model, with and without a version', async () => {
    const { body } = await get('/v2/models/iris');
    expect(body).toMatchObject({ name: 'iris', versions: ['1', '2'], platform: 'python_sklearn' });
    expect(body['inputs']).toContainEqual({ name: 'sepal_length', datatype: 'FP64', shape: [-1] });
    expect((await get('/v2/models/iris/versions/2')).status).toBe(200);
  });

  it.each([
    ['a column for each input', NAMES.map(column)],
    ['one table, flat', [{ name: 'x', datatype: 'FP32', shape: [1, 4], data: ROW }]],
    ['one table, nested', [{ name: 'x', datatype: 'FP64', shape: [1, 4], data: [ROW] }]],
    ['columns of one', NAMES.map((name, at) => ({ ...column(name, at), shape: [1, 1] }))],
  ])('infers from %s', async (_name, inputs) => {
    const { body, headers } = await service.post(INFER, { id: 'mine', inputs });
    expect(body).toMatchObject({ model_name: 'iris', model_version: '1', id: 'mine' });
    expect(body.outputs[0]).toEqual({
      name: 'label',
      datatype: 'BYTES',
      shape: [1],
      data: ['setosa'],
    });
    expect(body.outputs[1]).toMatchObject({ datatype: 'FP64', shape: [1, 2] });
    expect(headers.get('x-request-id')).toBe('mine');
  });

  it('takes whole numbers for decimal ones, and the other way round without a fraction', async () => {
    const infer = (area: object, rooms: object) =>
      service.post('/v2/models/price/infer', {
        inputs: [
          { name: 'area', shape: [1], ...area },
          { name: 'rooms', shape: [1], ...rooms },
        ],
      });
    const whole = { datatype: 'INT64', data: [3] };
    const fine = await infer(whole, { datatype: 'FP64', data: [3] });
    expect(fine.body.outputs[0].data).toEqual([1030]);
    const wrong = await infer(whole, { datatype: 'FP64', data: [3.5] });
    expect([wrong.status, wrong.body.error]).toEqual([422, expect.stringContaining('rooms')]);
  });

  it('speaks raw bytes both ways', async () => {
    const tail = Buffer.from(Float64Array.from([...ROW, 6, 3, 5, 2]).buffer);
    const head = JSON.stringify({
      parameters: { binary_data_output: true },
      inputs: [
        {
          name: 'x',
          datatype: 'FP64',
          shape: [2, 4],
          parameters: { binary_data_size: tail.length },
        },
      ],
      outputs: [{ name: 'probability' }, { name: 'label', parameters: { binary_data: false } }],
    });
    const answer = await service.ask(INFER, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'inference-header-content-length': String(head.length),
      },
      body: Buffer.concat([Buffer.from(head), tail]),
    });
    const length = Number(answer.headers.get('inference-header-content-length'));
    const bytes = Buffer.from(await answer.arrayBuffer());
    const json = JSON.parse(bytes.toString('utf8', 0, length)) as {
      readonly outputs: readonly { readonly name: string; readonly data?: readonly string[] }[];
    };
    expect(json.outputs[0]).toMatchObject({ parameters: { binary_data_size: 32 } });
    expect(json.outputs[1]?.data).toEqual(['setosa', 'virginica']);
    expect(bytes.readDoubleLE(length)).toBe(1 / (1 + Math.exp(1.4 - 2.5)));
    expect(bytes).toHaveLength(length + 32);
  });

  it.each([
    ['no inputs', {}],
    ['an unknown datatype', { inputs: [{ name: 'x', datatype: 'FP65', shape: [1], data: [1] }] }],
    ['a wrong shape', { inputs: [{ name: 'x', datatype: 'FP64', shape: [2], data: [1] }] }],
    ['an output that is not there', { inputs: NAMES.map(column), outputs: [{ name: 'nope' }] }],
  ])('refuses %s with 400', async (_name, body) => {
    const answer = await service.post(INFER, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: expect.stringContaining('AO474') });
  });

  it('survives lists without end', async () => {
    const endless = deep('['.repeat(100_000) + ']'.repeat(100_000));
    expect((await service.post(INFER, endless)).status).toBe(422);
  });

  it('generates from one row', async () => {
    const row = Object.fromEntries(NAMES.map((name, at) => [name, ROW[at]]));
    const { body } = await service.post('/v2/models/iris/generate', row);
    expect(body).toMatchObject({ model_name: 'iris', label: 'setosa' });
  });

  it('lists, loads and unloads', async () => {
    const { body } = await service.post('/v2/repository/index', { ready: true });
    expect(body).toContainEqual({ name: 'iris', version: '2', state: 'READY', reason: '' });
    expect((await service.post('/v2/repository/models/price/load', {})).status).toBe(200);
    expect((await service.post('/v2/repository/models/price/unload', {})).status).toBe(200);
    expect(service.calls).toEqual(expect.arrayContaining(['load price', 'unload price']));
  });

  it('tells the configuration of a model as Triton does', async () => {
    const { status, body } = await get('/v2/models/price/config');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'price',
      max_batch_size: 0,
      input: [
        { name: 'area', data_type: 'TYPE_FP64', dims: [-1] },
        { name: 'heating', data_type: 'TYPE_STRING', dims: [-1], optional: true },
        { name: 'rooms', data_type: 'TYPE_INT64', dims: [-1] },
      ],
      output: [{ name: 'prediction', data_type: 'TYPE_FP64', dims: [-1] }],
    });
    expect(await get('/v2/models/price/versions/1/config')).toMatchObject({ body });
  });

  it('refuses extensions that are not here in the shape that its clients read', async () => {
    const { status, body } = await get('/v2/models/iris/trace/setting');
    expect([status, body]).toEqual([404, { error: expect.stringContaining('AO412') }]);
  });

  it('counts', async () => {
    expect((await get('/v2/models/stats')).body['model_stats']).toHaveLength(3);
    const { body } = await get('/v2/models/iris/versions/1/stats');
    const [stats] = body['model_stats'] as readonly {
      readonly inference_count: number;
      readonly inference_stats: { readonly success: { readonly count: number } };
    }[];
    expect(stats?.inference_count).toBeGreaterThan(4);
    expect(stats?.inference_stats.success.count).toBeGreaterThan(4);
  });
});
