import { expect, test } from 'vitest';
import { TensorError } from '../../tensors/frame.ts';
import type { Tensor } from '../../tensors/tensor.ts';
import { codecOf, messageOf } from '../protos/registry.ts';
import {
  readParameters,
  readTensors,
  toBatch,
  writeParameters,
  writeTensors,
} from './infer-message.ts';
import type { InferRequest } from './infer-message.ts';

const TENSORS: readonly Tensor[] = [
  { name: 'bool', datatype: 'BOOL', shape: [2], data: [true, false] },
  { name: 'i8', datatype: 'INT8', shape: [2], data: Int8Array.of(-128, 127) },
  { name: 'u16', datatype: 'UINT16', shape: [2], data: Uint16Array.of(0, 65_535) },
  { name: 'u32', datatype: 'UINT32', shape: [2], data: Uint32Array.of(0, 4_294_967_295) },
  { name: 'i64', datatype: 'INT64', shape: [2], data: BigInt64Array.of(-(2n ** 63n), 2n ** 62n) },
  { name: 'u64', datatype: 'UINT64', shape: [2], data: BigUint64Array.of(0n, 2n ** 64n - 1n) },
  { name: 'f32', datatype: 'FP32', shape: [2, 1], data: Float32Array.of(0.5, -1.25) },
  { name: 'f64', datatype: 'FP64', shape: [2], data: Float64Array.of(0.1, Number.NaN) },
  { name: 'text', datatype: 'BYTES', shape: [2], data: ['', 'naïve 名'] },
  { name: 'gap', datatype: 'BYTES', shape: [2], data: ['x', null] },
  { name: 'whole', datatype: 'INT32', shape: [2], data: [null, 7] },
];

/** Over the wire and back. */
function send(tensors: readonly Tensor[], form: 'raw' | 'typed') {
  const { messages, raw } = writeTensors(tensors, form);
  const codec = codecOf(messageOf('inference.ModelInferRequest'));
  const bytes = codec.serialize({ inputs: messages, rawInputContents: raw });
  const request = codec.deserialize(bytes) as InferRequest;
  return { request, tensors: readTensors(request.inputs, request.rawInputContents) };
}

test.each(['raw', 'typed'] as const)('every datatype comes back as it was: %s', (form) => {
  const { request, tensors } = send(TENSORS, form);
  expect(request.rawInputContents).toHaveLength(form === 'raw' ? TENSORS.length : 0);
  expect(tensors).toEqual(TENSORS);
});

test('FP16 is sent raw, whatever was asked', () => {
  const half: Tensor = { name: 'h', datatype: 'FP16', shape: [1], data: [1.5] };
  const { request, tensors } = send([half], 'typed');
  expect(request.rawInputContents).toHaveLength(1);
  expect([...(tensors[0]?.data ?? [])]).toEqual([1.5]);
  expect(() => readTensors([{ ...half, shape: [1n], parameters: {} }], [])).toThrow('raw contents');
});

test('parameters keep their types', () => {
  const values = { yes: true, word: 'a', whole: 3, part: 0.5, far: 2n ** 62n };
  expect(readParameters(writeParameters(values))).toEqual(values);
  expect(readParameters({ none: { parameterChoice: { case: undefined } } })).toEqual({ none: '' });
});

test('tensors that are no rows are refused', () => {
  const [one, other] = [TENSORS[0], { ...TENSORS[1], shape: [3] }] as [Tensor, Tensor];
  expect(() => toBatch([])).toThrow(TensorError);
  expect(() => toBatch([{ ...one, shape: [] }])).toThrow('no input with rows');
  expect(() => toBatch([one, other])).toThrow('i8: has shape [3], and bool has 2 rows');
  expect(() => readTensors([], [new Uint8Array(1)])).toThrow('each tensor needs one');
  const message = { name: 'm', datatype: 'INT8', shape: [1n], parameters: {} };
  const missing = writeParameters({ missing: '{}' });
  expect(() => readTensors([{ ...message, parameters: missing }], [new Uint8Array(1)])).toThrow(
    'no list of indexes',
  );
  expect(() => readTensors([{ ...message, shape: [-1n] }], [])).toThrow('no list of lengths');
});
