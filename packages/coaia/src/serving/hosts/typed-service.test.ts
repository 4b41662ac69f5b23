/** The typed service of a model, with stubs of protoc and with what reflection tells. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, createFileRegistry, fromBinary, toJson } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Client, credentials } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderInterface } from '../signatures/interface.ts';
import type { Signature } from '../signatures/signature.ts';
import type { Batch, Tensor } from '../tensors/tensor.ts';
import type { CatalogModel } from '../versions/catalog.ts';
import { openTypedMessages } from './grpc/typed-messages.ts';
import { openGrpcHost } from './grpc-server.ts';
import type { GrpcHost } from './grpc-server.ts';
import type { ModelLink } from './link.ts';
import { methodsOf, serviceOf } from './protos/registry.ts';
import type { GrpcMethod } from './protos/registry.ts';
import { makeField, makeManifest } from './testing/make-manifest.ts';
import { call } from './testing/open-host.ts';
import { hasGrpcio, runPython } from './testing/run-python.ts';

const CARS: Signature = {
  task: 'regression',
  inputs: [
    makeField('wt', { trained: { min: 1, max: 6 } }),
    makeField('wt.', { type: 'integer', datatype: 'INT64', required: false, default: 4 }),
    makeField('3d', { type: 'boolean', datatype: 'BOOL' }),
    makeField('cyl', { type: 'category', datatype: 'BYTES', levels: ['4', '6'] }),
    makeField('pair', { datatype: 'FP32', shape: [2] }),
    makeField('day', { type: 'date', datatype: 'BYTES', nullable: true }),
  ],
  outputs: [
    makeField('mpg'),
    makeField('count', { type: 'integer', datatype: 'INT64' }),
    makeField('label', { type: 'string', datatype: 'BYTES', nullable: true }),
    makeField('probability', { shape: [2] }),
  ],
  example: { wt: 2.6, 'wt.': 4, '3d': true, cyl: '4', pair: [1, 2], day: null },
};

/** The weight and the pair add up to the first output; integer and day come back; the pair is the list. */
function predict({ rows, columns }: Batch): readonly Tensor[] {
  const data = (name: string) => columns.find((column) => column.name === name)?.data ?? [];
  const each = <Value>(make: (row: number) => Value) =>
    Array.from({ length: rows }, (_, row) => make(row));
  const pair = data('pair') as ArrayLike<number>;
  const [shape, wide] = [[rows], [rows, 2]];
  const mpg = each(
    (row) => Number(data('wt')[row]) + (pair[2 * row] ?? 0) + (pair[2 * row + 1] ?? 0),
  );
  return [
    { name: 'mpg', datatype: 'FP64', shape, data: mpg },
    { name: 'count', datatype: 'INT64', shape, data: each((row) => data('wt.')[row] ?? null) },
    { name: 'label', datatype: 'BYTES', shape, data: each((row) => data('day')[row] ?? null) },
    { name: 'probability', datatype: 'FP64', shape: wide, data: [...data('pair')] },
  ];
}

const seen: Batch[] = [];
const link = {
  kind: 'pipe',
  list: async () => [],
  predict: async (_target, batch) => {
    seen.push(batch);
    return {
      outputs: predict(batch),
      warnings: [],
      timings: { queueMs: 0, workerMs: 0, batchRows: 1 },
    };
  },
  isLive: async () => true,
} as Partial<ModelLink> as ModelLink;

const toModel = (...signatures: readonly Signature[]): CatalogModel => ({
  name: 'cars',
  traffic: { champion: signatures.length, revision: 1 },
  versions: new Map(
    signatures.map((signature, at) => [
      at + 1,
      makeManifest({ model: 'cars', version: at + 1, signature }),
    ]),
  ),
});

const now = { models: [toModel(CARS)] as readonly CatalogModel[], tell: () => {} };
const catalog = {
  list: () => now.models,
  find: (name: string) => now.models.find((model) => model.name === name),
  onChange(listener: () => void) {
    now.tell = listener;
    return () => {};
  },
};

let host: GrpcHost;
beforeAll(async () => {
  host = await openGrpcHost({ link, catalog, host: '127.0.0.1', port: 0 });
});
afterAll(() => host.close());

const grpcio = hasGrpcio();
const hasPlugin = spawnSync('grpc_python_plugin', { input: '' }).error === undefined;

const missing = hasPlugin ? grpcio.note : ' (not run: protobuf-compiler-grpc is not installed)';

describe.skipIf(grpcio.skip || !hasPlugin)(`stubs of protoc${missing}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'coaia-typed-'));
  let told: Readonly<Record<string, unknown>> = {};

  beforeAll(async () => {
    const files = renderInterface({ name: 'cars' }, [{ name: 'cars', signature: CARS }]);
    writeFileSync(join(folder, 'cars.proto'), files.get('model-interface/cars.proto') ?? '');
    const plugin = spawnSync('which', ['grpc_python_plugin']).stdout.toString().trim();
    const made = spawnSync(
      'protoc',
      [
        '-I.',
        '-oset.bin',
        '--python_out=.',
        `--plugin=protoc-gen-grpc=${plugin}`,
        '--grpc_out=.',
        'cars.proto',
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(made.stderr).toBe('');
    told = (await runPython('typed_client.py', [folder, host.address])) as typeof told;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('the file says what the host tells by reflection', () => {
    const { file } = fromBinary(FileDescriptorSetSchema, readFileSync(join(folder, 'set.bin')));
    const [compiled] = file.map((one) => toJson(FileDescriptorProtoSchema, one));
    const served = toJson(FileDescriptorProtoSchema, openTypedMessages('cars', CARS).file);
    // protoc says of each method that it has no options.
    const plain = (value: unknown) =>
      JSON.parse(JSON.stringify(value).replaceAll(',"options":{}', '')) as unknown;
    expect(plain(served)).toEqual(plain(compiled));
  });

  test('one row: whole numbers exact, what was left out is missing', () => {
    expect(told['one']).toEqual({
      prediction: { mpg: 4, count: '9007199254740993', label: '2024-05-31', probability: [0.5, 1] },
      model_version: '1',
      trace_id: 'ab'.repeat(16),
    });
  });

  test('several rows, and what lies outside of training', () => {
    expect(told['many']).toEqual([
      [4, false, [0.5, 1]],
      [10.5, false, [0.5, 1]],
    ]);
    expect(told['warnings']).toEqual([expect.stringContaining('`wt` = 9 is outside')]);
  });

  test('refused as at every other door, with the path of the field', () => {
    const [code, text, details] = told['none'] as readonly unknown[];
    expect([code, text]).toEqual([
      'INVALID_ARGUMENT',
      expect.stringContaining('`wt`: needed, missing'),
    ]);
    expect(details).toContainEqual(expect.objectContaining({ path: 'wt' }));
    expect(told['level']).toEqual([
      'INVALID_ARGUMENT',
      expect.stringContaining('"5" is not one of 4, 6'),
      [expect.objectContaining({ row: 1, path: 'rows[1].cyl' })],
    ]);
    expect(told['version']).toEqual([
      'NOT_FOUND',
      expect.stringContaining('cars has no version "9"'),
      null,
    ]);
  });
});

/** The file of a symbol, as the host tells it now. */
async function reflect(symbol: string) {
  const client = new Client(host.address, credentials.createInsecure());
  const service = methodsOf(serviceOf('grpc.reflection.v1.ServerReflection'));
  const { path, requestSerialize, responseDeserialize } = service[
    'ServerReflectionInfo'
  ] as GrpcMethod;
  const stream = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
  try {
    stream.write({ messageRequest: { case: 'fileContainingSymbol', value: symbol } });
    const [{ messageResponse }] = (await once(stream, 'data')) as [
      {
        readonly messageResponse: {
          readonly value: { readonly fileDescriptorProto: readonly Uint8Array[] };
        };
      },
    ];
    stream.end();
    return fromBinary(
      FileDescriptorProtoSchema,
      messageResponse.value.fileDescriptorProto[0] ?? new Uint8Array(),
    );
  } finally {
    client.close();
  }
}

/** A method made of nothing but what reflection tells, and rows with names of the .proto file in camelCase. */
async function open(method: 'Predict' | 'PredictBatch') {
  const file = [await reflect('anops.cars.Model')];
  const service = createFileRegistry(create(FileDescriptorSetSchema, { file })).getService(
    'anops.cars.Model',
  );
  if (service === undefined) throw new Error('no service');
  const made = methodsOf(service)[method] as GrpcMethod;
  return (request: object) => send(made, made.requestSerialize(request));
}

async function send({ path, responseDeserialize }: GrpcMethod, bytes: Buffer) {
  const client = new Client(host.address, credentials.createInsecure());
  try {
    return await new Promise<object>((resolve, reject) =>
      client.makeUnaryRequest(
        path,
        () => bytes,
        responseDeserialize,
        {},
        (error, value) => (error === null ? resolve(value as object) : reject(error)),
      ),
    );
  } finally {
    client.close();
  }
}

const ROW = { wt: 2, field3d: true, cyl: '6', pair: [1, 2], day: '2024-05-31' };

test('a client made of what reflection tells; health knows the service', async () => {
  const ask = await open('PredictBatch');
  expect(await ask({ rows: [ROW, { ...ROW, wt: 3, wt2: 7n }] })).toMatchObject({
    predictions: [
      { mpg: 5, count: 4n, label: '2024-05-31', probability: [1, 2] },
      { mpg: 6, count: 7n },
    ],
    modelVersion: '1',
  });
  expect(seen.at(-1)?.columns.map(({ datatype }) => datatype)).toEqual(
    CARS.inputs.map(({ datatype }) => datatype),
  );
  const health = await call(host.address, ['grpc.health.v1.Health', 'Check'], {
    service: 'anops.cars.Model',
  });
  expect(health).toMatchObject({ status: 1 });
});

test('a new signature: reflection tells it, and callers of the old one are understood or refused', async () => {
  const old = await open('Predict');
  const wide = { ...CARS, inputs: [makeField('age'), ...CARS.inputs.toReversed()] };
  const narrow = { ...CARS, inputs: CARS.inputs.filter(({ name }) => name !== 'cyl') };
  now.models = [toModel(CARS, narrow, wide)];
  now.tell();
  const file = await reflect('anops.cars.Row');
  expect(file.messageType.find(({ name }) => name === 'Row')?.field[0]?.name).toBe('age');
  await expect(old({ row: ROW })).rejects.toMatchObject({
    code: 3,
    details: expect.stringContaining('`age`: needed, missing'),
  });
  await expect(old({ row: ROW, version: '2' })).rejects.toMatchObject({
    code: 3,
    details: expect.stringMatching(
      /^row has a field with the number \d+, which the model does not know/u,
    ),
  });
  expect(await old({ row: ROW, version: '1' })).toMatchObject({ prediction: { mpg: 5 } });
  const fresh = await open('Predict');
  expect(await fresh({ row: { ...ROW, age: 9 } })).toMatchObject({
    prediction: { mpg: 5 },
    modelVersion: '3',
  });
  now.models = [toModel(CARS), { ...toModel(CARS), name: 'more cars' }];
  now.tell();
  expect((await reflect('anops.more_cars.Model')).name).toBe('more_cars.proto');
});

test('bytes that are no message are refused with a sentence', async () => {
  const path = '/anops.cars.Model/Predict';
  const error = (await send({ path } as GrpcMethod, Buffer.from('no message')).catch(
    (error_: unknown) => error_,
  )) as ServiceError;
  expect(error).toMatchObject({ code: 3, details: expect.stringContaining('no such message') });
});
