import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Batch } from '../tensors/tensor.ts';
import { openStubService } from '../gateway/testing/stub-service.ts';
import { openGrpcLink } from './grpc-link.ts';
import { openGrpcHost } from './grpc-server.ts';
import type { ModelLink } from './link.ts';
import { openLinkCatalog } from './link-catalog.ts';
import { compileProtos, hasGrpcio, runPython, startPython } from './testing/run-python.ts';
import { openSumRepository } from './testing/sum-repository.ts';

const grpcio = hasGrpcio();

describe.skipIf(grpcio.skip)(`grpcio calls our host${grpcio.note}`, () => {
  let told: Record<string, unknown> = {};

  beforeAll(async () => {
    const repository = openSumRepository(() => {});
    const host = await openGrpcHost({ link: repository, host: '127.0.0.1', port: 0 });
    const set = compileProtos(['reflection-v1.proto']);
    try {
      told = (await runPython('oip_client.py', [host.address, set])) as typeof told;
    } finally {
      rmSync(dirname(set), { recursive: true });
      await host.close();
      await repository.close();
    }
  });

  test('reflection, v1 and v1alpha, tells services and files; the calls below are made with those', () => {
    expect(told['services']).toEqual([
      'anops.AnOps',
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'grpc.reflection.v1alpha.ServerReflection',
      'inference.GRPCInferenceService',
    ]);
    expect(told['files']).toHaveLength(5);
    expect(told['lost']).toBe(5);
  });

  test('server and model, live, ready and described; field 6 is empty unless asked for', () => {
    expect([told['live'], told['ready'], told['model ready']]).toEqual([true, true, true]);
    expect(told['server']).toEqual([
      'coaia',
      ['binary_tensor_data', 'model_repository', 'model_configuration', 'statistics'],
    ]);
    const inputs = ['a', 'b', 'c', 'd'].map((name) => [name, 'FP64', [-1]]);
    expect(told['model']).toEqual(['sum', ['1', '2'], inputs, {}]);
    expect(told['properties']).toEqual(['coaia.signature', 'coaia.version']);
  });

  test('ModelInfer answers typed contents typed and raw contents raw', () => {
    const timed = ['coaia_batch_rows', 'coaia_host_ms', 'coaia_queue_ms', 'coaia_worker_ms'];
    const both = { version: '1', shape: [2], timed };
    expect(told['typed']).toEqual({ ...both, id: 'r7', typed: [10, 20], raw: [] });
    expect(told['raw']).toEqual({ ...both, id: 'r8', typed: [], raw: [[10, 20]] });
    expect(told['wide']).toMatchObject({ typed: [10], shape: [1] });
  });

  test('ModelStreamInfer answers in order', () => {
    expect(told['stream']).toEqual([0, 1, 2, 3, 4].map((total) => [String(total), total]));
  });

  test('the repository: index, load, unload', () => {
    expect(told['index']).toEqual([
      ['sum', '1', 'READY', ''],
      ['sum', '2', 'UNAVAILABLE', 'unloaded'],
      ['broken', '1', 'UNAVAILABLE', 'unloaded'],
    ]);
    expect([told['load'], told['unload']]).toEqual([
      ['sum', true],
      ['sum', true],
    ]);
    expect(told['loaded']).toEqual([
      ['1', 'READY'],
      ['2', 'READY'],
    ]);
  });

  test('anops.AnOps/Predict: JSON text as upstream has it, and typed rows', () => {
    expect(told['anops text']).toEqual([{ prediction: 10 }, '1', 'ab'.repeat(16)]);
    expect(told['anops list']).toEqual([{ prediction: 10 }, { prediction: 5_000_000 }]);
    expect(told['anops rows']).toEqual([[['prediction', 11.5]], [['prediction', 11.5]]]);
    expect(told['anops warnings']).toEqual([expect.stringContaining('outside the training range')]);
  });

  test('health of server, service and model; Watch tells it at once', () => {
    expect(told['health']).toEqual([1, 1, 1]);
    expect(told['watch']).toBe(1);
  });

  test.each([
    ['health', 'NOT_FOUND', null, 'none'],
    ['model', 'NOT_FOUND', 'AO404', 'none'],
    ['version', 'NOT_FOUND', 'AO404', '9'],
    ['nameless', 'NOT_FOUND', 'AO404', 'sum, broken'],
    ['rows', 'INVALID_ARGUMENT', 'AO422', '`a`: needed, missing'],
    ['type', 'INVALID_ARGUMENT', 'AO422', '`a`: "x" is not a number'],
    ['json', 'INVALID_ARGUMENT', 'AO422', 'input_data is not JSON'],
    ['none', 'INVALID_ARGUMENT', 'AO422', 'There are no rows'],
    ['lengths', 'INVALID_ARGUMENT', 'AO474', 'a: FP64 of shape [2] has 16 bytes, not 3'],
    ['typed', 'INVALID_ARGUMENT', 'AO474', 'a: FP64 of shape [3] has 3 elements, not 0'],
    ['datatype', 'INVALID_ARGUMENT', 'AO474', 'FP99 is no datatype'],
    ['both', 'INVALID_ARGUMENT', 'AO474', 'both typed and raw'],
    ['output', 'INVALID_ARGUMENT', 'AO474', 'no output "odds"; there is: prediction'],
    ['model failed', 'INTERNAL', 'AO450', 'failed on these rows'],
    ['late', 'DEADLINE_EXCEEDED', null, 'Deadline'],
  ])('refused: %s', (name, code, own, text) => {
    const refused = told['refused'] as Record<string, unknown>;
    expect(refused[name]).toEqual({ code, own, text: expect.stringContaining(text) });
    expect(JSON.stringify(refused)).not.toContain('too much');
  });
});

const ADD = { model: 'add', version: '3' };

/** Rows of two numbers that add up to the totals. */
function toPairs(totals: readonly number[]): Batch {
  const data = Float64Array.from(totals.flatMap((total) => [total / 2, total / 2]));
  return {
    rows: totals.length,
    columns: [{ name: 'x', datatype: 'FP64', shape: [totals.length, 2], data }],
  };
}

describe.skipIf(grpcio.skip)(`our link to another server${grpcio.note}`, () => {
  let server: Awaited<ReturnType<typeof startPython>>;
  let link: ModelLink;

  beforeAll(async () => {
    const set = compileProtos(['inference.proto']);
    server = await startPython('oip_server.py', [set]);
    rmSync(dirname(set), { recursive: true });
    link = openGrpcLink({
      address: server.address,
      batch: { enabled: true, maxRows: 64, maxWaitMs: 0, maxQueue: 1000, lanes: 1 },
      egressCheck: () => {},
    });
  });

  afterAll(async () => {
    await link.close();
    await server.stop();
  });

  const add = async (totals: readonly number[]) => {
    const options = { requestId: 'r1', deadline: Date.now() + 10_000 };
    return link.predict(ADD, toPairs(totals), options);
  };

  test('names and types are all that is known of a model', async () => {
    expect(await link.isLive()).toBe(true);
    expect(await link.list()).toEqual([]);
    expect(await link.info(ADD)).toEqual({
      ...ADD,
      platform: 'test_add',
      signature: undefined,
      inputs: [{ name: 'x', datatype: 'FP64', shape: [-1, 2] }],
      outputs: [{ name: 'sum', datatype: 'FP64', shape: [-1] }],
    });
  });

  test('predicts, with raw and with typed answers; waiting rows are merged', async () => {
    const { outputs, timings } = await add([1, 2.5]);
    expect([...(outputs[0]?.data ?? [])]).toEqual([1, 2.5]);
    expect(timings).toMatchObject({ queueMs: 0, batchRows: 2 });
    expect(timings.hostMs).toBeUndefined();
    expect([...((await add([7.5])).outputs[0]?.data ?? [])]).toEqual([7.5]);
    // Totals of -5 answer how many rows came with them. Rows go alone until the server has said what it serves.
    const most = async () => {
      const sizes = await Promise.all(Array.from({ length: 20 }, () => add([-5])));
      return Math.max(...sizes.map(({ outputs: [one] }) => Number(one?.data[0])));
    };
    await expect.poll(most).toBeGreaterThan(1);
  });

  test.each([
    [-1, 'AO422', 'says: negative'],
    [-2, 'AO450', 'failed on these rows'],
    [-3, 'AO429', 'queue is full'],
    [-4, 'AO473', 'sum: shape [2] does not begin with the 1 rows'],
  ])('its failures have our codes: %i', async (total, code, text) => {
    const failed = await add([total]).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code, message: expect.stringContaining(text) });
    expect((failed as Error).message).not.toContain('secret');
  });

  test('one caller with bad rows does not fail the others', async () => {
    const all = await Promise.allSettled([add([1]), add([-1]), add([3]), add([4])]);
    expect(all.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
  });

  test('a catalog made of its tensors stands behind the REST service', async () => {
    const remote = await openLinkCatalog(link, ['add', 'nameless']);
    const model = remote.catalog.find('add');
    expect(model?.traffic).toEqual({ champion: 3, revision: 1 });
    expect(model?.versions.get(3)).toMatchObject({
      model: 'add',
      version: 3,
      platform: 'test_add',
      batch: { enabled: true },
      signature: {
        inputs: [{ name: 'x', type: 'number', datatype: 'FP64', shape: [2], required: true }],
        outputs: [{ name: 'sum', type: 'number', datatype: 'FP64', shape: [] }],
        example: { x: [0, 0] },
      },
    });
    expect(remote.catalog.find('nameless')?.traffic.champion).toBe(1);
    // It lists no models, so each is asked whether it is ready.
    expect(await remote.link.list()).toMatchObject([
      { model: 'add', version: '3', health: { state: 'ready' } },
      { model: 'nameless', version: '1', health: { state: 'unloaded' } },
    ]);
    const service = await openStubService(remote);
    try {
      for (const name of ['add', 'nameless']) {
        const path = `/v1/models/${name}/predict`;
        const answer = await service.post(path, [{ x: [1, 2] }, { x: [3, 4] }]);
        expect(answer).toMatchObject({ status: 200, body: { predictions: [3, 7] } });
      }
      const refused = await service.post('/v1/models/add/predict', { x: ['one', 2] });
      expect(refused).toMatchObject({ status: 422, body: { error: { code: 'AO422' } } });
      expect((await service.ask('/health')).status).toBe(200);
    } finally {
      await service.gateway.close();
    }
    await expect(openLinkCatalog(link, ['none'])).rejects.toMatchObject({ code: 'AO404' });
  });
});
