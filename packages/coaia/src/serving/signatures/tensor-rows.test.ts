/** Tensors of the protocol as columns, outputs as rows. */
import { expect, it } from 'vitest';
import type { Signature } from './signature.ts';
import { toColumns, toRows } from './tensor-rows.ts';
import { field } from './testing/field.ts';

const CARS: Signature = {
  task: 'regression',
  inputs: [field('wt'), field('hp')],
  outputs: [field('prediction')],
  example: { wt: 2.6, hp: 110 },
};

it('one matrix stands for the inputs in their order', () => {
  const data = new Float32Array([1, 10, 2, 20, 3, 30]);
  const columns = toColumns(
    { rows: 3, columns: [{ name: 'x', datatype: 'FP32', shape: [3, 2], data }] },
    CARS,
  );
  expect(columns).toEqual({ wt: [1, 2, 3], hp: [10, 20, 30] });
});

it('columns of one and of several values', () => {
  const columns = toColumns(
    {
      rows: 2,
      columns: [
        { name: 'wt', datatype: 'FP64', shape: [2, 1], data: new Float64Array([1, 2]) },
        { name: 'list', datatype: 'FP64', shape: [2, 2], data: [1, 2, 3, 4] },
      ],
    },
    CARS,
  );
  expect(columns).toEqual({
    wt: new Float64Array([1, 2]),
    list: [
      [1, 2],
      [3, 4],
    ],
  });
});

it('a missing truth is null', () => {
  const is = { name: 'is', datatype: 'FP64', shape: [2], data: [Number.NaN, 1] } as const;
  const outputs = [field('is', { type: 'boolean', datatype: 'BOOL' })];
  expect(toRows([is], { ...CARS, outputs })).toEqual([{ is: null }, { is: true }]);
});

it('rows have plain JSON values', () => {
  const outputs = [
    {
      name: 'prediction',
      datatype: 'FP32',
      shape: [2, 1],
      data: new Float32Array([1.5, Number.NaN]),
    },
    { name: 'id', datatype: 'INT64', shape: [2], data: new BigInt64Array([3n, 2n ** 60n]) },
    { name: 'p', datatype: 'FP64', shape: [2, 2, 1], data: [1, 2, 3, 4] },
    { name: 'is', datatype: 'BOOL', shape: [2], data: new Uint8Array([0, 1]) },
  ] as const;
  const signature = {
    ...CARS,
    outputs: [field('prediction'), field('is', { type: 'boolean', datatype: 'BOOL' })],
  };
  expect(toRows(outputs, signature)).toEqual([
    { prediction: 1.5, id: 3, p: [[1], [2]], is: false },
    { prediction: null, id: '1152921504606846976', p: [[3], [4]], is: true },
  ]);
});
