/** Clients that send what is no request. */
import { Client, credentials } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GrpcHost } from './grpc-server.ts';
import { codecOf, messageOf } from './protos/registry.ts';
import { closeOpened, OIP, openHost } from './testing/open-host.ts';

let host: GrpcHost;
beforeAll(async () => {
  ({ host } = await openHost());
});
afterAll(closeOpened);

const asIs = (bytes: Buffer) => bytes;

/** The status and sentence, or undefined for an answer. */
async function send(path: string, bytes: Buffer) {
  const client = new Client(host.address, credentials.createInsecure());
  try {
    return await new Promise<ServiceError | null>((resolve) =>
      client.makeUnaryRequest(path, asIs, asIs, bytes, (error) => resolve(error)),
    );
  } finally {
    client.close();
  }
}

const doubles = (...values: readonly number[]) => Buffer.from(Float64Array.from(values).buffer);

interface Given {
  readonly [member: string]: unknown;
  readonly raw?: readonly Uint8Array[];
}

/** One row that adds up to 4; `a` as the test wants it. */
function toRequest({ raw = [doubles(1)], ...a }: Given): Buffer {
  const tensor = { name: 'a', datatype: 'FP64', shape: [1n] };
  const others = ['b', 'c', 'd'].map((name) => ({ ...tensor, name }));
  return codecOf(messageOf('inference.ModelInferRequest')).serialize({
    modelName: 'sum',
    inputs: [{ ...tensor, ...a }, ...others],
    rawInputContents: [...raw, ...others.map(() => doubles(1))],
  });
}

const INFER = `/${OIP}/ModelInfer`;

test.each([
  ['bytes', INFER, Buffer.from('no message'), 'The bytes are no such message'],
  ['half of a message', INFER, toRequest({}).subarray(0, -5), 'The bytes are no such message'],
  ['bytes for rows', '/anops.AnOps/Predict', Buffer.from([10, 255]), 'no such message'],
  ['less than no length', INFER, toRequest({ shape: [-1n] }), 'a: the shape is no list of lengths'],
  ['huge lengths', INFER, toRequest({ shape: [2n ** 62n] }), 'a: the shape is no list of lengths'],
  ['no lengths', INFER, toRequest({ shape: [] }), 'no input with rows'],
  ['too few bytes', INFER, toRequest({ raw: [Buffer.from('123')] }), 'has 8 bytes, not 3'],
  ['no bytes at all', INFER, toRequest({ raw: [] }), '4 tensors and 3 raw contents'],
  ['one name twice', INFER, toRequest({ name: 'b' }), 'b: this tensor is there twice'],
  [
    'text that ends beyond the bytes',
    INFER,
    toRequest({ datatype: 'BYTES', raw: [Buffer.from([255, 255, 255, 255, 65])] }),
    'a: the bytes do not hold 1 elements',
  ],
  [
    'text that is none',
    INFER,
    toRequest({ datatype: 'BYTES', raw: [Buffer.from([2, 0, 0, 0, 255, 254])] }),
    'a: an element of BYTES is no text in UTF-8',
  ],
])('INVALID_ARGUMENT: %s', async (_name, path, bytes, sentence) => {
  const error = await send(path, bytes);
  expect(error?.details).toContain(sentence);
  expect(error?.code).toBe(3);
});

test('16 bits are enough for a number: FP16 and BF16 in raw contents', async () => {
  const half = { raw: [Buffer.from([0x00, 0x45])], datatype: 'FP16' };
  expect(await send(INFER, toRequest(half))).toBeNull();
  const brain = { raw: [Buffer.from([0xa0, 0x40])], datatype: 'BF16' };
  expect(await send(INFER, toRequest(brain))).toBeNull();
  const short = await send(INFER, toRequest({ ...brain, raw: [Buffer.from([0x40])] }));
  expect(short?.details).toContain('a: FP32 of shape [1] has 4 bytes, not 2');
});

test('a name without end is told as far as trailers hold', async () => {
  const request = codecOf(messageOf('inference.ModelInferRequest'));
  const error = await send(INFER, request.serialize({ modelName: 'x'.repeat(100_000) }));
  expect(error?.code).toBe(3);
  const named = await send(
    '/anops.AnOps/Predict',
    codecOf(messageOf('anops.PredictRequest')).serialize({
      model: 'x'.repeat(100_000),
      version: '1',
      inputData: '{}',
    }),
  );
  expect(named?.code).toBe(5);
  expect(named?.details).toHaveLength(1000);
});
