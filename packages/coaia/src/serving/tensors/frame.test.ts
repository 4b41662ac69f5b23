/** What is written is read back, however the bytes are cut; what is not ours is refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canMerge,
  createFrameReader,
  decodeTensors,
  encodeFrame,
  encodeTensors,
  mergeBatches,
  splitOutputs,
  TensorError,
} from './frame.ts';
import type { Frame } from './frame.ts';
import type { Tensor, Value } from './tensor.ts';

const decimal = fc.double();
const text = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed());
const maybe = (value: fc.Arbitrary<Value>) => fc.array(fc.option(value), { maxLength: 8 });

const tensor: fc.Arbitrary<Tensor> = fc.oneof(
  toTensor(
    'FP64',
    fc.array(decimal).map((values) => Float64Array.from(values)),
  ),
  toTensor(
    'FP32',
    fc.array(decimal).map((values) => Float32Array.from(values)),
  ),
  toTensor(
    'INT64',
    fc
      .array(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
      .map((v) => BigInt64Array.from(v)),
  ),
  toTensor('UINT8', fc.uint8Array()),
  toTensor(
    'INT32',
    maybe(fc.integer()).filter((v) => v.includes(null)),
  ),
  toTensor(
    'INT16',
    maybe(fc.integer({ min: -32_768, max: 32_767 })).filter((v) => v.includes(null)),
  ),
  toTensor(
    'UINT64',
    maybe(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })).filter((v) => v.includes(null)),
  ),
  toTensor('BOOL', maybe(fc.boolean())),
  toTensor('BYTES', maybe(text)),
);

function toTensor(
  datatype: Tensor['datatype'],
  data: fc.Arbitrary<Tensor['data']>,
): fc.Arbitrary<Tensor> {
  return fc
    .record({ name: text, data })
    .map(({ name, data: values }) => ({ name, datatype, shape: [values.length], data: values }));
}

/** Reads the bytes in pieces of the given lengths. */
function readPieces(bytes: Uint8Array, lengths: readonly number[]): readonly Frame[] {
  const frames: Frame[] = [];
  const read = createFrameReader((frame) => frames.push(frame));
  let at = 0;
  for (const length of [...lengths, bytes.length]) {
    if (at < bytes.length) read(bytes.subarray(at, at + length));
    at += length;
  }
  return frames;
}

describe('frames', () => {
  it('come back as they were, in whatever pieces they arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(tensor, { maxLength: 4 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }),
        (batches, pieces) => {
          const sent = batches.map((tensors, id) => encodeFrame({ op: 'predict', id }, tensors));
          const frames = readPieces(Buffer.concat(sent), pieces);
          expect(frames.map((frame) => frame.head['id'])).toEqual(batches.map((_, id) => id));
          expect(frames.map((frame) => frame.tensors)).toEqual(batches);
        },
      ),
    );
  });

  it('keep every bit of a double, and a missing one is what R calls NA', () => {
    const bits = BigUint64Array.of(0x7f_f0_00_00_00_00_07_a2n, 0x80_00_00_00_00_00_00_00n, 1n);
    const data = new Float64Array(bits.buffer);
    const [frame] = readPieces(
      encodeFrame({}, [
        { name: 'x', datatype: 'FP64', shape: [3], data },
        { name: 'y', datatype: 'FP64', shape: [2], data: [null, 1.5] },
      ]),
      [],
    );
    const [x, y] = (frame?.tensors ?? []).map(
      (found) => new BigUint64Array((found.data as Float64Array).buffer),
    );
    expect(x).toEqual(bits);
    expect(y?.[0]).toBe(0x7f_f8_00_00_00_00_07_a2n);
  });

  it('reads BF16 as the numbers of 32 bits that it stands for', () => {
    const head = { name: 'b', datatype: 'BF16', shape: [3], parameters: { binary_data_size: 6 } };
    const bytes = Uint8Array.of(0xa0, 0x40, 0x80, 0xbf, 0xc0, 0x7f);
    const [read] = decodeTensors([head], bytes);
    expect(read).toEqual({ name: 'b', datatype: 'FP32', shape: [3], data: expect.anything() });
    expect([...(read?.data ?? [])]).toEqual([5, -1, Number.NaN]);
  });

  it('halves are read as floats', () => {
    const half: Tensor = { name: 'h', datatype: 'FP16', shape: [2], data: [0.5, -2] };
    const { heads, tails } = encodeTensors([half]);
    expect(decodeTensors(heads, Buffer.concat(tails))[0]?.data).toEqual(Float32Array.of(0.5, -2));
  });

  it('anything else is refused and never crashes the reader', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          readPieces(bytes, []);
        } catch (error) {
          expect(error).toBeInstanceOf(TensorError);
        }
      }),
    );
    const big = Buffer.from([255, 255, 255, 255, 0]);
    expect(() => readPieces(big, [])).toThrow('more than');
  });

  it.each([
    [[{ datatype: 'FP64', shape: [1], parameters: { binary_data_size: 8 } }], 'no name'],
    [
      [{ name: 'x', datatype: 'FP8', shape: [1], parameters: { binary_data_size: 8 } }],
      'no datatype',
    ],
    [
      [{ name: 'x', datatype: 'FP64', shape: [-1], parameters: { binary_data_size: 8 } }],
      'list of lengths',
    ],
    [[{ name: 'x', datatype: 'FP64', shape: [1], parameters: {} }], 'binary_data_size is missing'],
    [
      [{ name: 'x', datatype: 'FP64', shape: [2], parameters: { binary_data_size: 8 } }],
      'has 16 bytes, not 8',
    ],
    [
      [{ name: 'x', datatype: 'FP64', shape: [2], parameters: { binary_data_size: 16 } }],
      'ends at byte 16 of 8',
    ],
    [
      [{ name: 'x', datatype: 'BYTES', shape: [1], parameters: { binary_data_size: 8 } }],
      'do not hold 1 elements',
    ],
    [
      [
        {
          name: 'x',
          datatype: 'FP64',
          shape: [1],
          parameters: { binary_data_size: 8, missing: 'all' },
        },
      ],
      'list of indexes',
    ],
    [[], '8 bytes are left'],
  ])('%j says what is wrong', (heads, reason) => {
    expect(() => decodeTensors(heads, Buffer.alloc(8, 1))).toThrow(reason);
  });
});

describe('batches', () => {
  const batchOf = (column: Tensor) => ({ rows: column.shape[0] ?? 0, columns: [column] });

  it('merged and split again they are the same', () => {
    fc.assert(
      fc.property(
        tensor,
        fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 5 }),
        (one, cuts) => {
          const times = cuts.map((rows) => ({
            rows,
            columns: [
              { ...one, shape: [Math.min(rows, one.data.length)], data: one.data.slice(0, rows) },
            ],
          }));
          const parts = times.map((part) => ({ ...part, rows: part.columns[0]?.data.length ?? 0 }));
          const merged = mergeBatches(parts);
          const split = splitOutputs(
            merged.columns,
            parts.map((part) => part.rows),
          );
          const plain = (tensors: readonly Tensor[]) =>
            tensors.map(({ name, shape, data }) => ({ name, shape, data: [...data] }));
          expect(split.map(plain)).toEqual(parts.map((part) => plain(part.columns)));
        },
      ),
    );
  });

  it('rows of several values stay whole', () => {
    const data = Float64Array.of(1, 2, 3, 4);
    const one = batchOf({ name: 'p', datatype: 'FP64', shape: [2, 2], data });
    const merged = mergeBatches([one, one]);
    expect(merged.columns[0]?.shape).toEqual([4, 2]);
    expect(splitOutputs(merged.columns, [3, 1])[1]?.[0]?.data).toEqual([3, 4]);
  });

  it('columns of other names, types or widths are not merged', () => {
    const one: Tensor = { name: 'x', datatype: 'FP64', shape: [1, 2], data: [1, 2] };
    expect(canMerge(batchOf(one), batchOf({ ...one, shape: [7, 2] }))).toBe(true);
    for (const other of [
      { name: 'y' },
      { datatype: 'FP32' as const },
      { shape: [1, 3] },
      { shape: [1] },
    ])
      expect(canMerge(batchOf(one), batchOf({ ...one, ...other }))).toBe(false);
  });
});
