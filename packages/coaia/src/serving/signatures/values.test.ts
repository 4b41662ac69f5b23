/** Which values a field takes, from JSON and from CSV. */
import { describe, expect, it } from 'vitest';
import type { CoaiaError } from '#base';
import type { InputRules } from '../versions/version.ts';
import { compileReader } from './reader.ts';
import type { Field, Signature } from './signature.ts';
import { field } from './testing/field.ts';

const RULES: InputRules = { onNa: 'reject', outOfRange: 'flag' };

const CARS: Signature = {
  task: 'regression',
  inputs: [
    field('wt', { trained: { min: 1.5, max: 5.4 } }),
    field('hp', { trained: { min: 52, max: 335 } }),
    field('cyl', { type: 'category', datatype: 'BYTES', levels: ['4', '6', '8'] }),
    field('gear', { type: 'integer', datatype: 'INT64', min: 1, max: 9 }),
  ],
  outputs: [field('prediction')],
  example: { wt: 2.6, hp: 110, cyl: '6', gear: 4 },
};
const CAR = { wt: 2.6, hp: 110, cyl: '6', gear: 4 };

function readOne(row: unknown, signature = CARS, rules = RULES) {
  return compileReader(signature, rules).readRows([row]);
}

function refusal(run: () => unknown): CoaiaError {
  try {
    run();
  } catch (error) {
    return error as CoaiaError;
  }
  throw new Error('was taken');
}

function of(
  type: Field['type'],
  datatype: Field['datatype'],
  more: Partial<Field> = {},
): Signature {
  return { ...CARS, inputs: [field('x', { type, datatype, ...more })], example: { x: 1 } };
}

describe('values', () => {
  it('levels are taken as text and as numbers', () => {
    expect(readOne({ ...CAR, cyl: 4 }).batch.columns[2]?.data).toEqual(['4']);
    const numeric = of('category', 'INT64', { levels: [1, 2] });
    expect(readOne({ x: '2' }, numeric).batch.columns[0]?.data).toEqual([2]);
    const truths = of('category', 'BOOL', { levels: [false, true] });
    expect(readOne({ x: false }, truths).batch.columns[0]?.data).toEqual([false]);
  });

  it('a level is a level, also when it is a word for nothing', () => {
    const material = of('category', 'BYTES', { levels: ['None', 'brick'], nullable: true });
    const read = (x: string) =>
      compileReader(material, RULES).readRows([{ x }], '', { from: 'text' }).batch.columns[0]?.data;
    expect([read('None'), read(' None '), read('NA')]).toEqual([['None'], ['None'], [null]]);
  });

  it('what the datatype cannot hold is refused, and bounds hold for whole numbers of 64 bits', () => {
    const single = of('number', 'FP32');
    expect(readOne({ x: 3.4e38 }, single).batch.columns[0]?.data[0]).toBe(3.4e38);
    expect(refusal(() => readOne({ x: 1e300 }, single)).message).toContain(
      "1e+300 is more than the model's numbers of 32 bits can be",
    );
    const half = of('number', 'FP16');
    expect(readOne({ x: -65_519 }, half).batch.columns[0]?.data[0]).toBe(-65_519);
    expect(refusal(() => readOne({ x: 65_520 }, half)).message).toContain('of 16 bits can be');
    const long = compileReader(of('integer', 'INT64', { max: 100 }), RULES);
    const send = (x: bigint) => long.readColumns({ x: new BigInt64Array([x]) });
    expect(send(100n).batch.columns[0]?.data[0]).toBe(100);
    expect(refusal(() => send(2n ** 60n)).message).toContain('is not a whole number');
  });

  it('lists of lists are as long as the shape says, or one flat list', () => {
    const square = of('number', 'FP64', { shape: [2, 2] });
    for (const x of [
      [
        [1, 2],
        [3, 4],
      ],
      [1, 2, 3, 4],
    ])
      expect(readOne({ x }, square).batch.columns[0]?.data).toEqual([1, 2, 3, 4]);
    const deep = JSON.parse(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`) as unknown;
    for (const x of [[[1], [2, 3, 4]], [[1, 2], 3, 4], [[1, 2, 3, 4]], deep])
      expect(refusal(() => readOne({ x }, square)).message).toContain('is not a list of 2 x 2');
    const open = of('number', 'FP64', { shape: [-1] });
    expect(refusal(() => readOne({ x: deep }, open)).message).toContain('is not a list');
  });

  it('dates are days of the calendar', () => {
    const day = of('date', 'BYTES');
    expect(readOne({ x: '2024-02-29' }, day).batch.columns[0]?.data).toEqual(['2024-02-29']);
    for (const x of ['2023-02-29', '2024-1-2', 20_240_102, '2024-13-01'])
      expect(refusal(() => readOne({ x }, day)).message).toContain('is not a date like 2024-05-31');
    const time = of('datetime', 'BYTES');
    for (const x of [
      '2024-02-29',
      '2024-02-29T10:00',
      '2024-02-29 10:00:01.5',
      '2024-02-29T10:00:00+02:00',
    ])
      expect(readOne({ x }, time).batch.rows).toBe(1);
    // Python and pandas know no hour 24.
    for (const x of ['2024-02-30T10:00', '2024-02-29T24:00:00Z'])
      expect(refusal(() => readOne({ x }, time)).code).toBe('AO422');
  });

  it('whole numbers of 64 bits are exact, or refused', () => {
    const id = of('integer', 'INT64');
    const edges = [9_007_199_254_740_993n, 2n ** 63n - 1n, -(2n ** 63n)];
    for (const x of edges) expect(readOne({ x }, id).batch.columns[0]?.data).toEqual([x]);
    expect(refusal(() => readOne({ x: 2n ** 63n }, id)).code).toBe('AO422');
    expect(refusal(() => readOne({ x: -1n }, of('integer', 'UINT64'))).code).toBe('AO422');
    expect(refusal(() => readOne({ x: 2 ** 53 + 2 }, id)).message).toContain('is beyond 2^53');
  });

  it('optional fields take their default, or stay missing', () => {
    const x = of('number', 'FP64', { required: false, default: 120 });
    expect(readOne({}, x).batch.columns[0]?.data).toEqual([120]);
    const none = of('string', 'BYTES', { required: false, nullable: true });
    expect(readOne({}, none).batch.columns[0]?.data).toEqual([null]);
  });

  it('missing values pass when the project says so', () => {
    const passed = readOne({ ...CAR, wt: null, cyl: null }, CARS, { ...RULES, onNa: 'pass' });
    expect(passed.batch.columns[0]?.data).toEqual([Number.NaN]);
    expect(passed.batch.columns[2]?.data).toEqual([null]);
    expect(refusal(() => readOne({}, CARS, { ...RULES, onNa: 'pass' })).message).toContain(
      'needed, missing',
    );
  });

  it('lists have their length', () => {
    const four = of('number', 'FP64', { shape: [4] });
    expect(readOne({ x: [1, 2, 3, 4] }, four).batch.columns[0]).toMatchObject({
      shape: [1, 4],
      data: [1, 2, 3, 4],
    });
    expect(readOne([1, 2, 3, 4], four).batch.columns[0]?.shape).toEqual([1, 4]);
    expect(refusal(() => readOne({ x: [1, 2] }, four)).message).toContain(
      '`x`: a list of 2 is not a list of 4, each a number',
    );
    expect(refusal(() => readOne({ x: [1, 2, 'a', 4] }, four)).code).toBe('AO422');
    const any = of('integer', 'INT64', { shape: [-1] });
    const reader = compileReader(any, RULES);
    expect(reader.readRows([{ x: [1, 2] }, { x: [3, 4] }]).batch.columns[0]?.shape).toEqual([2, 2]);
    expect(refusal(() => reader.readRows([{ x: [1, 2] }, { x: [3] }])).details).toMatchObject([
      { row: 1 },
    ]);
  });

  it('lists that may be left out travel as missing elements', () => {
    const pair = of('number', 'FP64', { shape: [2], required: false });
    const reader = compileReader(pair, RULES);
    expect(reader.readRows([{ x: [1, 2] }, {}]).batch.columns[0]).toMatchObject({
      shape: [2, 2],
      data: [1, 2, Number.NaN, Number.NaN],
    });
    const any = of('number', 'FP64', { shape: [-1], required: false });
    expect(compileReader(any, RULES).readRows([{}]).batch.columns[0]?.shape).toEqual([1, 0]);
    const needed = of('number', 'FP64', { shape: [2] });
    expect(refusal(() => readOne({}, needed)).message).toContain('`x`: needed, missing');
    expect(refusal(() => readOne({ x: [1, null] }, needed)).code).toBe('AO422');
  });

  it('lists in the order of the inputs are rows', () => {
    expect(readOne([2.6, 110, '6', 4]).batch.columns[1]?.data).toEqual([110]);
    expect(refusal(() => readOne([1, 2])).code).toBe('AO422');
  });
});

describe('CSV', () => {
  it('reads numbers, truths and levels from words', () => {
    const signature = {
      ...CARS,
      inputs: [...CARS.inputs, field('on', { type: 'boolean', datatype: 'BOOL' })],
    };
    const row = { wt: ' 2.5', hp: '1e2', cyl: '6', gear: '4', on: 'TRUE' };
    const { batch } = compileReader(signature, RULES).readRows([row], '', { from: 'text' });
    expect(batch.columns.map(({ data }) => data[0])).toEqual([2.5, 100, '6', 4, true]);
  });

  it('lists are written as JSON', () => {
    const reader = compileReader(of('number', 'FP64', { shape: [2] }), RULES);
    const { batch } = reader.readRows([{ x: '[1, 2.5]' }], '', { from: 'text' });
    expect(batch.columns[0]?.data).toEqual([1, 2.5]);
    for (const x of ['', '[1', '[1]', 'a'])
      expect(refusal(() => reader.readRows([{ x }], '', { from: 'text' })).code).toBe('AO422');
  });

  it('knows how a missing value is written, and refuses what is no number', () => {
    const reader = compileReader(of('number', 'FP64', { nullable: true }), RULES);
    for (const x of ['', 'NA', 'NaN', 'null'])
      expect(reader.readRows([{ x }], '', { from: 'text' }).batch.columns[0]?.data[0]).toBeNaN();
    for (const x of ['0x10', '1,5', 'Infinity', '1_000'])
      expect(refusal(() => reader.readRows([{ x }], '', { from: 'text' })).code).toBe('AO422');
  });
});
