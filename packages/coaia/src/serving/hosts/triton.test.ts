/** What clients of Triton ask beyond the protocol. Their own library is run by `npm run clients`. */
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { afterEach, expect, test } from 'vitest';
import { writeParameters, writeTensors } from './grpc/infer-message.ts';
import { codecOf, messageOf, methodsOf, serviceOf } from './protos/registry.ts';
import { makeField, makeManifest, SUM } from './testing/make-manifest.ts';
import { call, closeOpened, OIP, ONE, openHost } from './testing/open-host.ts';

afterEach(closeOpened);

const signature = {
  ...SUM,
  inputs: [...SUM.inputs.slice(1), makeField('a', { required: false, default: 2 })],
  outputs: [...SUM.outputs, makeField('label', { type: 'string', datatype: 'BYTES', shape: [3] })],
};
const model = {
  name: 'sum',
  traffic: { champion: 2, revision: 1 },
  versions: new Map([
    [1, makeManifest({ signature })],
    [2, makeManifest({ signature, version: 2 })],
  ]),
};
const catalog = {
  list: () => [model],
  find: (name: string) => (name === 'sum' ? model : undefined),
  onChange: () => () => {},
};
const { messages, raw } = writeTensors(ONE.columns, 'raw');
const good = { modelName: 'sum', inputs: messages, rawInputContents: raw };

test('ModelConfig: tensors with their types, and how requests are put together', async () => {
  const { host, fakes } = await openHost({ catalog });
  const { config } = await call(host.address, [OIP, 'ModelConfig'], { name: 'sum' });
  expect(config).toMatchObject({
    name: 'sum',
    platform: 'python_function',
    maxBatchSize: 0,
    dynamicBatching: { preferredBatchSize: [64], maxQueueDelayMicroseconds: 0n },
    output: [
      { name: 'prediction', dataType: 12, dims: [-1n] },
      { name: 'label', dataType: 13, dims: [-1n, 3n] },
    ],
  });
  const { input } = config as { readonly input: readonly object[] };
  expect(input[3]).toMatchObject({ name: 'a', dataType: 12, dims: [-1n], optional: true });
  expect(fakes.opened).toEqual([]);
  await expect(call(host.address, [OIP, 'ModelConfig'], { name: 'x' })).rejects.toMatchObject({
    code: 5,
  });
});

test('ModelStatistics counts rows and failures of each version', async () => {
  const { host, fakes } = await openHost({ catalog });
  const statistics = async (name: string, version = '') => {
    const answer = await call(host.address, [OIP, 'ModelStatistics'], { name, version });
    return answer['modelStats'] as readonly { readonly version: string }[];
  };
  expect(await statistics('')).toMatchObject([
    { name: 'sum', version: '1', inferenceCount: 0n, lastInference: 0n },
    { version: '2' },
    { version: '3' },
  ]);
  await call(host.address, [OIP, 'ModelInfer'], good);
  await call(host.address, ['anops.AnOps', 'Predict'], { inputData: '[[1,2,3,4],[1,2,3,4]]' });
  fakes.pause = Promise.reject(new Error('lost'));
  fakes.pause.catch(() => {});
  await expect(call(host.address, [OIP, 'ModelInfer'], good)).rejects.toMatchObject({ code: 13 });
  const [second] = await statistics('sum', '2');
  expect(second).toMatchObject({
    version: '2',
    inferenceCount: 3n,
    executionCount: 2n,
    inferenceStats: { success: { count: 2n }, fail: { count: 1n }, queue: { count: 2n, ns: 0n } },
  });
  expect((await statistics('sum')).map(({ version }) => version)).toEqual(['1', '2', '3']);
});

test.each([
  ['a parameter', {}, { triton_enable_empty_final_response: true }],
  ['metadata', { 'coaia-stream': 'triton' }, {}],
])("ModelStreamInfer in Triton's form, by %s: a failure does not end it", async (...given) => {
  const [, headers, asked] = given;
  const { host } = await openHost({ catalog });
  const { path, requestSerialize } = methodsOf(serviceOf(OIP))['ModelStreamInfer'] ?? {
    path: '',
    requestSerialize: () => Buffer.alloc(0),
  };
  const client = new Client(host.address, credentials.createInsecure());
  const stream = client.makeBidiStreamRequest(
    path,
    requestSerialize,
    codecOf(messageOf('inference.ModelStreamInferResponse')).deserialize,
    Metadata.fromHttp2Headers(headers),
  );
  const parameters = writeParameters(asked);
  for (const [id, request] of [good, { modelName: 'sum' }, good].entries())
    stream.write({ ...request, id: String(id), parameters });
  stream.end();
  const heard: object[] = [];
  for await (const answer of stream) heard.push(answer as object);
  const final = { triton_final_response: { parameterChoice: { value: true } } };
  expect(heard).toMatchObject([
    { errorMessage: '', inferResponse: { id: '0', modelVersion: '2', parameters: final } },
    { errorMessage: expect.stringContaining('no input with rows'), inferResponse: { id: '1' } },
    { errorMessage: '', inferResponse: { id: '2', rawOutputContents: [expect.anything()] } },
  ]);
  client.close();
});
