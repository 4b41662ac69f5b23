/** What is refused, what is flagged, and in which words. */
import fc from 'fast-check';
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

describe('the sentence of AO422', () => {
  it('says what is wrong with every field, and ends with an example', () => {
    const error = refusal(() => readOne({ hp: 110, cyl: '5', gear: 4 }));
    expect(error.code).toBe('AO422');
    expect(error.message).toBe(
      '`wt`: needed, missing. `cyl`: "5" is not one of 4, 6, 8. Example that works: {"wt":2.6,"hp":110,"cyl":"6","gear":4}',
    );
    expect(error.details).toEqual([
      { row: 0, field: 'wt', path: 'wt', wanted: 'a number' },
      {
        row: 0,
        field: 'cyl',
        path: 'cyl',
        got: '"5"',
        wanted: 'one of 4, 6, 8',
        allowed: ['4', '6', '8'],
      },
    ]);
  });

  it('names rows from 1 in words and from 0 in data', () => {
    const rows = [CAR, { ...CAR, wt: 'heavy' }, CAR, { ...CAR, wt: 'heavy' }];
    const error = refusal(() => compileReader(CARS, RULES).readRows(rows, 'instances'));
    expect(error.message).toContain('`wt`: "heavy" is not a number (rows 2, 4).');
    expect(error.details).toMatchObject([
      { row: 1, path: 'instances[1].wt' },
      { row: 3, path: 'instances[3].wt' },
    ]);
  });

  it('counts what it does not tell', () => {
    const rows = Array.from({ length: 1000 }, () => ({ ...CAR, wt: null, hp: '9' }));
    const error = refusal(() => compileReader(CARS, RULES).readRows(rows));
    expect(error.details).toHaveLength(100);
    expect(error.message).toContain(
      '`wt`: empty, and the model needs a number (rows 1, 2, 3, 4, 5 and 95 more)',
    );
    expect(error.message).toContain('And 1900 more.');
  });

  it('names strangers and what they may have meant', () => {
    const error = refusal(() => readOne({ ...CAR, gears: 4, colour: 'red' }));
    expect(error.message).toContain('`gears`: not an input of this model, but `gear` is.');
    expect(error.message).toContain('`colour`: not an input of this model.');
    expect(
      compileReader(CARS, RULES).readRows([{ ...CAR, colour: 1 }], '', { extra: 'drop' }).batch
        .rows,
    ).toBe(1);
  });

  it('never repeats a sensitive value', () => {
    const error = refusal(() =>
      readOne({ x: 'secret' }, of('number', 'FP64', { sensitive: true })),
    );
    expect(error.message + JSON.stringify(error.details)).not.toContain('secret');
  });

  it.each([
    ['110', '"110" is text, not a number: write it without quotes'],
    [Number.POSITIVE_INFINITY, 'Infinity is not finite'],
    [[1], 'a list of 1 is not a number'],
    [{}, 'an object is not a number'],
    [true, 'true is not a number'],
    [Number.NaN, 'empty, and the model needs a number'],
  ])('a number is not %j', (value, text) => {
    expect(refusal(() => readOne({ x: value }, of('number', 'FP64'))).message).toContain(
      `\`x\`: ${text}`,
    );
  });

  it.each([
    [2.5, '2.5 is not a whole number'],
    [0, '0 is below 1, the smallest allowed'],
    [10, '10 is above 9, the largest allowed'],
    [2 ** 53, '9007199254740992 is above 9, the largest allowed'],
  ])('gear is not %j', (gear, text) => {
    expect(refusal(() => readOne({ ...CAR, gear })).message).toContain(`\`gear\`: ${text}`);
  });

  it('refuses what is no row', () => {
    expect(refusal(() => readOne(7)).message).toContain(
      '7 is not an object with `wt`, `hp`, `cyl`, `gear`',
    );
    expect(refusal(() => readOne('x')).details).toMatchObject([{ row: 0, wanted: 'an object' }]);
  });

  it('does not take what every object inherits', () => {
    const signature = {
      ...CARS,
      inputs: [field('constructor', { type: 'string', datatype: 'BYTES' })],
    };
    expect(refusal(() => readOne({}, signature)).message).toContain(
      '`constructor`: needed, missing',
    );
  });
});

describe('the training range', () => {
  it('flags what lies outside and predicts', () => {
    const { flags } = readOne({ ...CAR, hp: 900 });
    expect(flags).toEqual([
      {
        code: 'AO451',
        row: 0,
        field: 'hp',
        message:
          '`hp` = 900 is outside the training range 52–335: predicted, marked `extrapolated`.',
      },
    ]);
  });

  it('refuses or ignores it when the project says so', () => {
    const error = refusal(() =>
      readOne({ ...CAR, hp: 900 }, CARS, { ...RULES, outOfRange: 'reject' }),
    );
    expect(error.message).toContain('`hp`: 900 is outside the training range 52–335.');
    expect(readOne({ ...CAR, hp: 900 }, CARS, { ...RULES, outOfRange: 'ignore' }).flags).toEqual(
      [],
    );
  });
});

describe('columns', () => {
  it('gives the same as rows', () => {
    const car = fc.record({
      wt: fc.double({ min: 1.5, max: 5.4, noNaN: true }),
      hp: fc.integer({ min: 0, max: 900 }),
      cyl: fc.constantFrom('4', '6', '8', 4),
      gear: fc.integer({ min: 1, max: 9 }),
    });
    const reader = compileReader(CARS, RULES);
    fc.assert(
      fc.property(fc.array(car, { minLength: 1, maxLength: 20 }), (rows) => {
        const columns = Object.fromEntries(
          (['wt', 'hp', 'cyl', 'gear'] as const).map((name) => [
            name,
            rows.map((row) => row[name]),
          ]),
        );
        const byRow = reader.readRows(rows);
        expect(reader.readColumns(columns)).toEqual(byRow);
        expect(byRow.flags).toHaveLength(rows.filter(({ hp }) => hp < 52 || hp > 335).length);
      }),
      { numRuns: 60 },
    );
  });

  it('takes typed arrays and refuses columns of another length', () => {
    const reader = compileReader(CARS, RULES);
    const columns = {
      wt: new Float64Array([2, 3]),
      hp: [60, 70],
      cyl: ['4', '6'],
      gear: new BigInt64Array([3n, 4n]),
    };
    expect(reader.readColumns(columns).batch.columns[3]?.data).toEqual([3, 4]);
    const error = refusal(() => reader.readColumns({ ...columns, hp: [60] }, 'data'));
    expect(error.message).toContain('`hp`: 1 rows, and the first column has 2');
  });
});

it('takes no value that is none of the field, whatever is sent', () => {
  const reader = compileReader(CARS, RULES);
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.anything(), fc.record({ wt: fc.anything() })), { maxLength: 4 }),
      (rows) => {
        try {
          const { batch } = reader.readRows(rows);
          for (const { data, shape } of batch.columns) expect(data).toHaveLength(shape[0] ?? -1);
          for (const wt of batch.columns[0]?.data ?? []) expect(Number.isFinite(wt)).toBe(true);
        } catch (error) {
          expect((error as CoaiaError).code).toBe('AO422');
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('is compiled once: of a row that is taken nothing is asked but names and datatypes', () => {
  let asked = 0;
  const watched = CARS.inputs.map(
    (one) =>
      new Proxy(one, {
        get(target, key) {
          if (key !== 'name' && key !== 'datatype') asked++;
          return Reflect.get(target, key) as unknown;
        },
      }),
  );
  const reader = compileReader({ ...CARS, inputs: watched }, RULES);
  expect(asked).toBeGreaterThan(0);
  const before = asked;
  expect(reader.readRows([CAR]).batch.columns[2]?.data).toEqual(['6']);
  expect(asked).toBe(before);
});
