/** Requests and answers of the smoke test over a model that is a function here. */
import { afterAll, describe, expect, test } from 'vitest';
import { runtimeFailures } from '../runtimes/errors.ts';
import type { Runtime } from '../runtimes/runtime.ts';
import type { Signature } from '../signatures/signature.ts';
import type { InputRules } from '../versions/version.ts';
import { readExamples } from './examples.ts';
import { compareExpected } from './expected.ts';
import { proveHonesty } from './prove-honesty.ts';
import { openService } from './ask-model.ts';
import { runSmoke } from './smoke.ts';
import { CARS, numberField, removeProjects, writeProject } from './testing/check-fixture.ts';

afterAll(removeProjects);

type Columns = Readonly<Record<string, readonly number[]>>;

const RULES: InputRules = { onNa: 'reject', outOfRange: 'flag' };

/** A runtime whose model is a function of columns. */
function toRuntime(predict: (columns: Columns, rows: number) => readonly number[]) {
  return {
    predict: async ({ rows, columns }) => {
      const all = Object.fromEntries(
        columns.map(({ name, data }) => [name, [...data].map(Number)]),
      );
      try {
        const values = predict(all, rows);
        return {
          outputs: [{ name: 'prediction', datatype: 'FP64', shape: [values.length], data: values }],
          warnings: [],
          timings: { queueMs: 0, workerMs: 0, batchRows: rows },
        };
      } catch (error) {
        throw runtimeFailures.create('AO450', 'The model failed.', { cause: error });
      }
    },
  } satisfies Pick<Runtime, 'predict'>;
}

const line = ({ wt = [], hp = [] }: Columns) =>
  wt.map((one, row) => 37.2 - 3.9 * one - 0.03 * (hp[row] ?? 0));

function open(
  predict: Parameters<typeof toRuntime>[0],
  rules: InputRules = RULES,
  signature: Signature = CARS,
) {
  return openService(toRuntime(predict), signature, rules);
}

function toExamples(csv: string | undefined, signature = CARS) {
  const file = 'model-service/examples.csv';
  const folder = writeProject(csv === undefined ? {} : { [file]: csv });
  const model = { name: 'cars', ...(csv === undefined ? {} : { examples: file }) };
  return readExamples(folder, model as Parameters<typeof readExamples>[1], signature);
}

const CSV = 'wt,hp,expected\n2.5,110,24.15\n3.2,175,19.47\n';

test('what is expected may be a word for nothing, when it is a level', () => {
  const csv = 'wt,hp,expected\n2.5,110,none\n2.5,110,None\n2.5,110,NA\n';
  const label = { ...numberField('label'), type: 'category', datatype: 'BYTES' } as const;
  const outputs = [{ ...label, levels: ['None', 'much'] }];
  const wanted = (signature: Signature) =>
    toExamples(csv, signature).rows.map(({ expected }) => expected);
  expect(wanted({ ...CARS, outputs })).toEqual(['none', 'None', undefined]);
  expect(wanted(CARS)).toEqual(['none', undefined, undefined]);
});

async function smoke(service: ReturnType<typeof open>, csv = CSV) {
  const { findings, requests } = await runSmoke(service, toExamples(csv, service.signature));
  return { findings, requests, codes: findings.map(({ code, line: at = 0 }) => `${code}:${at}`) };
}

describe('the smoke test', () => {
  test('a sound model passes all requests, with numbers compared as far as they are written', async () => {
    const { codes, requests } = await smoke(open(line));
    expect(codes).toEqual([]);
    // Two examples, one row, none, a thousand; missing, wrong and null for each of two inputs.
    expect(requests).toBe(11);
  });

  test('AO403 names the row of examples.csv on which the model fails, and what is missing', async () => {
    const { findings } = await smoke(
      open(
        ({ wt = [], hp = [] }) => {
          if (hp.some(Number.isNaN)) throw new Error('ValueError: Input contains NaN');
          return line({ wt, hp });
        },
        { ...RULES, onNa: 'pass' },
      ),
      'wt,hp\n2.5,110\n3.2,\n',
    );
    expect(findings[0]).toMatchObject({ code: 'AO403', line: 3 });
    expect(findings[0]?.message).toBe(
      'Row 2 of the examples (`hp` missing) made the model fail: "ValueError: Input contains NaN"',
    );
    expect(findings[1]?.message).toContain('with `hp` missing (null)');
    expect(findings).toHaveLength(2);
  });

  test('a row with a missing value that is refused anyway is no finding', async () => {
    expect((await smoke(open(line), 'wt,hp\n2.5,110\n3.2,\n')).codes).toEqual([]);
  });

  test('AO401 for a model that fails on many rows, or answers fewer', async () => {
    const few = await smoke(open((columns, rows) => line(columns).slice(0, Math.min(rows, 9))));
    expect(few.findings.map(({ message }) => message)).toEqual([
      'A request of 1000 rows got 9 predictions',
    ]);
    const failing = await smoke(
      open((columns, rows) => {
        if (rows > 9) throw new Error('MemoryError');
        return line(columns);
      }),
    );
    expect(failing.codes).toEqual(['AO401:0']);
  });

  test('AO401 for a sound row on which the model fails', async () => {
    const service = open((columns) => {
      if (columns.wt?.includes(3.2) === true) throw new Error('KeyError: 3.2');
      return line(columns);
    });
    expect((await smoke(service)).codes).toEqual(['AO401:3']);
  });

  test('AO491 for another prediction than expected', async () => {
    const { findings } = await smoke(open(line), CSV.replace('19.47', '19.48'));
    expect(findings).toMatchObject([{ code: 'AO491', line: 3 }]);
  });

  test('AO494 for a prediction that is no number', async () => {
    const { codes } = await smoke(
      open((columns) => line(columns).map((value) => Math.log(value - 20))),
      'wt,hp\n2.5,110\n5,300\n',
    );
    expect(codes).toEqual(['AO494:3']);
  });

  test('AO495 for examples that the service would refuse, lack a column or are no table', async () => {
    expect((await smoke(open(line), 'wt,hp\n2.5,many\n')).codes).toEqual(['AO495:2']);
    expect(toExamples('wt\n2.5\n').findings).toMatchObject([{ code: 'AO495', line: 1 }]);
    expect(toExamples('').findings).toMatchObject([{ code: 'AO495', severity: 'error' }]);
    expect(toExamples(undefined).findings).toMatchObject([{ code: 'AO495', severity: 'warning' }]);
  });

  test('cells of inputs that are lists hold JSON', async () => {
    const inputs = [numberField('x', { shape: [2] })];
    const pairs: Signature = { ...CARS, inputs, example: { x: [1, 2] } };
    const service = open(({ x = [] }, rows) => x.slice(0, rows), RULES, pairs);
    expect((await smoke(service, 'x\n"[1, 2]"\n')).codes).toEqual([]);
    expect((await smoke(service, 'x\n"1, 2"\n')).codes).toEqual(['AO495:2']);
  });

  test('AO490 for a signature that lets through what it should refuse', async () => {
    const inputs = [numberField('wt'), numberField('hp', { type: 'string', datatype: 'BYTES' })];
    const open_ = open(({ wt = [] }) => [...wt], RULES, {
      ...CARS,
      inputs,
      example: { wt: 1, hp: 'x' },
    });
    // A reader that takes everything, as a defect in it would.
    const ask = async () => ({ status: 200 as const, rows: [{ prediction: 1 }] });
    const { findings } = await runSmoke(
      { ...open_, ask },
      { from: 'json', rows: [], findings: [] },
    );
    expect(findings.some(({ code }) => code === 'AO490')).toBe(true);
  });
});

describe('rows together and one by one', () => {
  const sound = [
    { wt: 2.5, hp: 110 },
    { wt: 3.2, hp: 175 },
  ];

  test('a model that sees rows alone is honest', async () => {
    expect(await proveHonesty(open(line), sound)).toEqual({ kind: 'honest', rows: 8 });
  });

  test('one that centres by the mean of the request is caught', async () => {
    const centred = ({ wt = [] }: Columns) => {
      const mean = wt.reduce((sum, one) => sum + one, 0) / wt.length;
      return wt.map((one) => one - mean);
    };
    const proof = await proveHonesty(open(centred), sound);
    expect(proof).toMatchObject({ kind: 'dishonest', rows: 8 });
  });

  test('differences of rounding are none, larger ones are', async () => {
    const noisy = (size: number) => (columns: Columns, rows: number) =>
      line(columns).map((value) => value * (rows > 1 ? 1 + size : 1));
    expect(await proveHonesty(open(noisy(1e-10)), sound)).toMatchObject({ kind: 'honest' });
    expect(await proveHonesty(open(noisy(1e-8)), sound)).toMatchObject({ kind: 'dishonest' });
  });

  test('one that draws random numbers is told apart', async () => {
    const proof = await proveHonesty(
      open((columns) => line(columns).map(Math.random)),
      sound,
    );
    expect(proof).toMatchObject({ kind: 'random' });
  });

  test('without rows that can be predicted nothing is said', async () => {
    const failing = open(() => {
      throw new Error('no');
    });
    expect(await proveHonesty(failing, sound)).toMatchObject({ kind: 'unknown' });
  });
});

test.each([
  [0.95294689, '0.95', undefined],
  [0.95294689, '0.953', undefined],
  [0.95294689, '0.954', '`p` is 0.95294689, expected 0.954'],
  [24, '24', undefined],
  [24.4, '24', undefined],
  [24.6, '24', '`p` is 24.6, expected 24'],
  [1234, '1.23e3', undefined],
  ['yes', 'yes', undefined],
  ['no', 'yes', '`p` is "no", expected yes'],
  [true, 'TRUE', undefined],
  [false, 'TRUE', '`p` is false, expected TRUE'],
  ['1', '1', undefined],
])('%j against %s', (value, expected, wanted) =>
  expect(compareExpected({ p: value }, expected)).toBe(wanted),
);
