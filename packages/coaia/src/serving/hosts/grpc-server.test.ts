import { Client, credentials, Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { afterEach, expect, test } from 'vitest';
import type { ModelCatalog } from '../versions/catalog.ts';
import { writeTensors } from './grpc/infer-message.ts';
import type { ModelLink } from './link.ts';
import { methodsOf, serviceOf } from './protos/registry.ts';
import { makeField, makeManifest, SUM } from './testing/make-manifest.ts';
import {
  ask,
  call,
  closeOpened,
  closing,
  OIP,
  ONE,
  openHost,
  openLink,
  TARGET,
} from './testing/open-host.ts';

afterEach(closeOpened);

function toCatalog(traffic: Partial<ReturnType<ModelCatalog['list']>[number]['traffic']>) {
  const versions = new Map([1, 2, 3].map((version) => [version, makeManifest({ version })]));
  const model = { name: 'sum', traffic: { champion: 2, revision: 1, ...traffic }, versions };
  return {
    list: () => [model],
    find: (name: string) => (name === 'sum' ? model : undefined),
    onChange: () => () => {},
  } satisfies ModelCatalog;
}

test('the catalog chooses the version: champion, alias, canary by the sticky header', async () => {
  const catalog = toCatalog({
    challenger: 3,
    canary: { version: 1, percent: 50 },
    sticky: 'X-User',
  });
  const { host, fakes } = await openHost({ catalog });
  const predict = async (version: string, user: string) => {
    const request = { inputData: '[[1, 2, 3, 4]]', version };
    const answer = await call(host.address, ['anops.AnOps', 'Predict'], request, {
      'x-user': user,
    });
    return String(answer['modelVersion']);
  };
  const byUser = await Promise.all(
    Array.from({ length: 20 }, (_, index) => predict('', `user ${index}`)),
  );
  expect(new Set(byUser)).toEqual(new Set(['1', '2']));
  expect(await predict('', 'user 3')).toBe(byUser[3]);
  expect(await predict('challenger', 'user 3')).toBe('3');
  expect(await predict('latest', 'user 3')).toBe('3');
  await expect(predict('9', 'user 3')).rejects.toThrow('sum has no version "9"; it has 1, 2, 3.');
  const metadata = await call(host.address, [OIP, 'ModelMetadata'], { name: 'sum' });
  expect(metadata).toMatchObject({ name: 'sum', platform: 'python_function' });
  expect(fakes.opened).toHaveLength(3);
  await expect(call(host.address, [OIP, 'ModelReady'], { name: 'x' })).rejects.toThrow(
    'There is no model "x"; there is: sum.',
  );
});

test('a version whose batches are not honest is never sent merged', async () => {
  const batch = { enabled: false, maxRows: 64, maxWaitMs: 0 };
  const catalog = toCatalog({});
  const versions = new Map([[1, makeManifest({ batch })]]);
  const own = {
    ...catalog,
    find: () => ({ name: 'sum', traffic: { champion: 1, revision: 1 }, versions }),
  };
  for (const [one, isMerged] of [
    [catalog, true],
    [own, false],
  ] as const) {
    const { host, fakes } = await openHost({ catalog: one });
    const link = openLink(host.address);
    await link.predict(TARGET, ONE, ask());
    await new Promise((resolve) => setTimeout(resolve, 50));
    const wasMerged = async () => {
      await Promise.all(Array.from({ length: 30 }, () => link.predict(TARGET, ONE, ask())));
      return fakes.calls.some((rows) => rows > 1);
    };
    await expect.poll(wasMerged).toBe(isMerged);
  }
});

test('a defect is told in one sentence, and heard by the log; failures say when to try again', async () => {
  const heard: unknown[] = [];
  const { host, fakes } = await openHost({ onDefect: (error) => heard.push(error) });
  fakes.failure = new Error('secret of the house');
  const infer = () =>
    call(host.address, ['anops.AnOps', 'Predict'], { inputData: '[[1, 2, 3, 4]]', version: '1' });
  const error = (await infer().catch((error_: unknown) => error_)) as ServiceError;
  expect(error).toMatchObject({ code: 13, details: 'The model host failed; its log says why.' });
  expect(heard).toEqual([fakes.failure]);
  const later = (await infer().catch((error_: unknown) => error_)) as ServiceError;
  expect(later.code).toBe(14);
  expect(later.metadata.getMap()).toMatchObject({
    'coaia-code': 'AO475',
    'retry-after': '2',
    'grpc-retry-pushback-ms': '2000',
  });
});

test('health is watched: a model that fails to load is told', async () => {
  const { host, fakes, repository } = await openHost();
  const { Watch } = methodsOf(serviceOf('grpc.health.v1.Health'));
  const client = new Client(host.address, credentials.createInsecure());
  const watch = client.makeServerStreamRequest(
    Watch?.path ?? '',
    (value: object) => Watch?.requestSerialize(value) ?? Buffer.alloc(0),
    (bytes) => Watch?.responseDeserialize(bytes) as { readonly status: number },
    { service: 'sum' },
  );
  const heard: number[] = [];
  watch.on('data', ({ status }: { readonly status: number }) => heard.push(status));
  watch.on('error', () => {});
  await expect.poll(() => heard).toEqual([1]);
  fakes.failure = new Error('gone');
  for (const version of ['1', '2', '3'])
    await repository.load({ model: 'sum', version }).catch(() => {});
  await expect.poll(() => heard).toEqual([1, 2]);
  watch.cancel();
  client.close();
});

test('a stream ends with the failure of its first bad request', async () => {
  const { host } = await openHost();
  const { ModelStreamInfer } = methodsOf(serviceOf(OIP));
  const client = new Client(host.address, credentials.createInsecure());
  const stream = client.makeBidiStreamRequest(
    ModelStreamInfer?.path ?? '',
    (value: object) => ModelStreamInfer?.requestSerialize(value) ?? Buffer.alloc(0),
    (bytes) => ModelStreamInfer?.responseDeserialize(bytes) as { readonly id: string },
  );
  const heard: string[] = [];
  stream.on('data', ({ id }: { readonly id: string }) => heard.push(id));
  const failed = new Promise<ServiceError>((resolve) => stream.on('error', resolve));
  const { messages, raw } = writeTensors(ONE.columns, 'raw');
  const good = { modelName: 'sum', inputs: messages, rawInputContents: raw };
  for (const request of [
    { ...good, id: '1' },
    { ...good, id: '2' },
    { modelName: 'sum', id: '3' },
  ])
    stream.write(request);
  stream.write({ ...good, id: '4' });
  stream.end();
  expect(await failed).toMatchObject({ code: 3 });
  expect(heard).toEqual(['1', '2']);
  client.close();
});

test('AO476: a call that its caller cancels is aborted in the model', async () => {
  let reason: unknown;
  const abort = new AbortController();
  const { repository } = await openHost();
  const link: ModelLink = {
    kind: 'pipe',
    list: () => repository.list(),
    info: (one) => repository.info(one),
    load: async () => {},
    unload: async () => {},
    isLive: async () => true,
    close: async () => {},
    predict: (_target, _batch, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          reason = signal.reason;
          reject(signal.reason as Error);
        });
        abort.abort(new Error('left'));
      }),
  };
  const { host } = await openHost({ link });
  const other = openLink(host.address, {
    batch: { enabled: true, maxRows: 64, maxWaitMs: 0, maxQueue: 10 },
  });
  const gone = other.predict(TARGET, ONE, { ...ask(), signal: abort.signal });
  await expect(gone).rejects.toThrow('left');
  await expect.poll(() => reason).toMatchObject({ code: 'AO476' });
});

test('fields that a gateway left out stay left out', async () => {
  const signature = {
    ...SUM,
    inputs: SUM.inputs.map((field) =>
      field.name === 'd' ? makeField('d', { required: false, default: 5 }) : field,
    ),
  };
  const versions = new Map([[1, makeManifest({ signature })]]);
  const model = { name: 'sum', traffic: { champion: 1, revision: 1 }, versions };
  const catalog = { list: () => [model], find: () => model, onChange: () => () => {} };
  const { host } = await openHost({ catalog });
  const columns = ONE.columns.map((column) =>
    column.name === 'd' ? { ...column, data: new Float64Array([Number.NaN]) } : column,
  );
  const { outputs } = await openLink(host.address).predict(TARGET, { rows: 1, columns }, ask());
  expect(outputs[0]?.data[0]).toBe(11);
});

test('a server that fills field 6 of its metadata with messages is understood', async () => {
  const methods = methodsOf(serviceOf(OIP));
  const entry = [0x0a, 1, 0x78, 0x12, 11, 0x10, ...Array.from({ length: 9 }, () => 0xff), 1];
  const bytes = Buffer.from([
    0x0a,
    3,
    0x73,
    0x75,
    0x6d,
    0x1a,
    1,
    0x70,
    0x32,
    entry.length,
    ...entry,
  ]);
  const server = new Server();
  const unusual = { ...methods['ModelMetadata'], responseSerialize: () => bytes };
  server.addService({ ModelMetadata: unusual } as never, {
    ModelMetadata: (_call: unknown, callback: (error: null, value: object) => void) =>
      callback(null, {}),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  closing.push(async () => server.forceShutdown());
  const link = openLink(`127.0.0.1:${port}`);
  expect(await link.info({ model: 'sum', version: '1' })).toMatchObject({
    model: 'sum',
    platform: 'p',
    signature: undefined,
  });
  await expect(link.load({ model: 'sum' })).rejects.toMatchObject({ code: 'AO473' });
});
