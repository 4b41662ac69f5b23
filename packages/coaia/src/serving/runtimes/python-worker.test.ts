/** Python models: real scikit-learn, and functions of the user's own. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Field } from '../signatures/signature.ts';
import { hasPython, makeSklearnModel, readExpected, readRows } from '../testing/fixtures.ts';
import type { SklearnKind } from '../testing/fixtures.ts';
import { closeVersions, field, makeFolder, openVersion, toBatch } from './testing/versions.ts';
import type { MakeOptions } from './testing/versions.ts';

const { skip, note } = hasPython();
const open = (options: Omit<MakeOptions, 'language'>) =>
  openVersion({ language: 'python', ...options });
const openModel = (kind: SklearnKind, inputs: readonly Field[]) => {
  const folder = makeFolder();
  makeSklearnModel(folder, kind);
  return open({ folder, inputs, manifest: { artifact: `${kind}.joblib` } });
};
const customers = [
  field('region', 'category'),
  field('age', 'integer'),
  field('income'),
  field('plan', 'category'),
];
const cars = [field('wt'), field('hp')];

describe.skipIf(skip)(`Python worker${note}`, () => {
  afterAll(closeVersions);

  it.each<[SklearnKind]>([['words'], ['packed']])(
    'a pipeline answers labels and probabilities in the order of its classes: %s',
    async (kind) => {
      const { runtime } = openModel(kind, customers);
      const rows = readRows('customers');
      const all = await runtime.predict(toBatch(customers, rows), { requestId: 'all' });
      const { prediction, probability = [] } = readExpected(kind === 'words' ? kind : 'classifier');
      const [label, chances] = all.outputs;
      expect(all.outputs.map((output) => output.name)).toEqual(['label', 'probability']);
      expect(
        Array.from(label?.data ?? [], (one) => (typeof one === 'bigint' ? Number(one) : one)),
      ).toEqual(prediction);
      expect(chances).toMatchObject({ datatype: 'FP64', shape: [8, 2] });
      expect([...(chances?.data ?? [])]).toEqual(probability.flat());
      expect(runtime.info.platform).toBe('python_sklearn');
    },
  );

  it('a model without names takes the columns in order, a transformer has outputs', async () => {
    const { prediction } = readExpected('regressor');
    expect(await openModel('regressor', cars).predictEach(readRows('cars'))).toEqual(prediction);
    const scaled = openModel('transformer', cars).runtime;
    const { outputs } = await scaled.predict(toBatch(cars, readRows('cars')), { requestId: 'a' });
    expect(outputs).toMatchObject([{ name: 'output', datatype: 'FP64', shape: [8, 2] }]);
  });

  it('moments keep their zone in rows and are UTC in tables; whole numbers keep 64 bits', async () => {
    const inputs = [field('at', 'datetime'), field('id', 'integer')];
    const rows = [
      { at: '2024-01-02T07:00:00-0500', id: 9_007_199_254_740_993n },
      { at: '2024-01-02 12:00:00.5Z', id: -(2n ** 63n) },
      { at: '2024-01-02', id: 2n ** 63n - 1n },
    ];
    const ask = async (code: string, style: 'row' | 'table') => {
      const { runtime } = open({ inputs, code, manifest: { style } });
      const { outputs } = await runtime.predict(toBatch(inputs, rows), { requestId: 'a' });
      return outputs.map(({ data }) => [...data]);
    };
    const ids = rows.map(({ id }) => id);
    expect(
      await ask('def predict(at, id): return {"at": at.isoformat(), "id": id}\n', 'row'),
    ).toEqual([
      ['2024-01-02T07:00:00-05:00', '2024-01-02T12:00:00.500000+00:00', '2024-01-02T00:00:00'],
      ids,
    ]);
    expect(
      await ask('def predict(df): return {"hour": df["at"].dt.hour, "id": df["id"]}\n', 'table'),
    ).toEqual([[12n, 12n, 0n], ids]);
  });

  it('only the outputs of the signature are computed', async () => {
    const folder = makeFolder();
    makeSklearnModel(folder, 'words');
    const signature = {
      inputs: customers,
      outputs: [field('label', 'string')],
      task: 'classification',
      example: {},
    } as const;
    const { runtime } = open({
      folder,
      inputs: customers,
      manifest: { artifact: 'words.joblib', signature },
    });
    const { outputs } = await runtime.predict(toBatch(customers, readRows('customers')), {
      requestId: 'a',
    });
    expect(outputs.map((output) => output.name)).toEqual(['label']);
    // Scikit-learn fails on a table without rows.
    const nothing = await runtime.predict(toBatch(customers, []), { requestId: 'b' });
    expect(nothing.outputs).toMatchObject([{ name: 'label', shape: [0], data: [] }]);
  });

  it('versions that differ are said in the log while loading', async () => {
    const { runtime, lines } = openModel('skewed', cars);
    await runtime.ready();
    expect(lines.filter((line) => line.level === 'warn').map((line) => line.text)).toEqual([
      expect.stringMatching(/0\.24\.2 when using version/),
    ]);
  });

  it('functions of one row get plain values, and nothing of pandas is loaded for them', async () => {
    const inputs = [
      field('n', 'integer'),
      field('name', 'string'),
      field('day', 'date'),
      field('x'),
    ];
    const { runtime } = open({
      inputs,
      code: `import sys
def predict(n: int, name: str, day, x: float):
    heavy = sorted(set(sys.modules) & {"numpy", "pandas", "sklearn"})
    return {"text": f"{name} {type(n).__name__} {day.year} {heavy}", "x": None if x is None else x * n, "ok": n > 1,
            "word": name or float("nan"), **({"late": "y"} if n == 1 else {})}
`,
    });
    const rows = [
      { n: 2, name: 'Zoë', day: '2024-02-29', x: 0.1 },
      { n: 1, name: null, day: '2024-03-01', x: null },
    ];
    const { outputs } = await runtime.predict(toBatch(inputs, rows), { requestId: 'a' });
    expect(outputs.map(({ name, datatype, data }) => [name, datatype, [...data]])).toEqual([
      ['text', 'BYTES', ['Zoë int 2024 []', 'None int 2024 []']],
      ['x', 'FP64', [0.2, Number.NaN]],
      ['ok', 'BOOL', [true, false]],
      ['word', 'BYTES', ['Zoë', null]],
      ['late', 'BYTES', [null, 'y']],
    ]);
  });

  it('what a caller left out is no argument: the default of the function counts', async () => {
    const inputs = [
      field('x', 'number', { required: false }),
      field('tags', 'string', { required: false, default: null }),
      field('must', 'number', { required: false }),
    ];
    const { predictEach } = open({
      inputs,
      code: `import math
def predict(must, x=2 * math.pi, tags=("a", "b")):
    return f"{x:.2f} {tags} {must}"
`,
    });
    const rows = [
      { x: null, tags: null, must: null },
      { x: 1, tags: 'c', must: 2 },
    ];
    expect(await predictEach(rows)).toEqual(["6.28 ('a', 'b') None", '1.00 c 2.0']);
  });

  it('a pipeline that begins with a reader of text gets a plain list', async () => {
    const { predictEach } = openModel('texts', [field('text', 'string')]);
    const rows = [{ text: 'good and kind' }, { text: 'bad, so bad' }];
    expect(await predictEach(rows)).toEqual(['praise', 'blame']);
  });

  it('functions of a table get a DataFrame with dates and missing values, and what load() gave', async () => {
    const inputs = [field('n', 'integer'), field('name', 'string'), field('day', 'date')];
    const { runtime } = open({
      inputs,
      manifest: { style: 'table' },
      code: `import pandas as pd
def load():
    return 100
def predict(model, df):
    return pd.DataFrame({"n": df.n + model, "gone": df.name.isna(), "day": df.day.dt.strftime("%d.%m."),
                         "code": df.n.astype("Int64"), "at": df.day.where(df.n > 0)})
`,
    });
    const rows = [
      { n: 2, name: 'a', day: '2024-02-29' },
      { n: null, name: null, day: '2024-03-01' },
    ];
    const { outputs } = await runtime.predict(toBatch(inputs, rows), { requestId: 'a' });
    expect(outputs.map(({ name, datatype, data }) => [name, datatype, [...data]])).toEqual([
      ['n', 'FP64', [102, Number.NaN]],
      ['gone', 'BOOL', [false, true]],
      ['day', 'BYTES', ['29.02.', '01.03.']],
      ['code', 'INT64', [2n, null]],
      ['at', 'BYTES', ['2024-02-29T00:00:00', null]],
    ]);
    const old = [...rows, { n: 1, name: 'b', day: '1500-01-01' }];
    // The first is on its way when the other two come, which are put together then.
    const [, refused, beside] = await Promise.allSettled(
      [rows, old, rows].map((some, index) =>
        runtime.predict(toBatch(inputs, some), { requestId: `b${index}` }),
      ),
    );
    expect(refused).toMatchObject({
      reason: {
        code: 'AO422',
        message: expect.stringContaining(
          'day of row 2 is 1500-01-01; a table of pandas holds 1677-09-22 to 2262-04-11.',
        ),
      },
    });
    expect(beside).toMatchObject({ value: { outputs: { length: 5 } } });
  });

  it('where a number is declared, whole and missing ones are numbers too', async () => {
    const inputs = [field('x')];
    const outputs = [field('prediction')];
    const signature = { inputs, outputs, task: 'regression', example: {} } as const;
    const { runtime } = open({
      inputs,
      manifest: { signature },
      code: `def predict(x):\n    return {1: 1, 2: None, 3: True}.get(x, "text")\n`,
    });
    const { outputs: found } = await runtime.predict(
      toBatch(inputs, [{ x: 1 }, { x: 2 }, { x: 3 }]),
      { requestId: 'a' },
    );
    expect(found).toMatchObject([{ datatype: 'FP64', data: Float64Array.of(1, Number.NaN, 1) }]);
    await expect(
      runtime.predict(toBatch(inputs, [{ x: 4 }]), { requestId: 'b' }),
    ).rejects.toMatchObject({
      cause: { message: 'a number is declared, and something else came' },
    });
  });

  it('warnings come with the answer, every time', async () => {
    const { runtime } = open({
      inputs: [field('x')],
      code: `import warnings\ndef predict(x):\n    warnings.warn(f"x is odd")\n    return x\n`,
    });
    for (const requestId of ['a', 'b']) {
      const { warnings } = await runtime.predict(toBatch([field('x')], [{ x: 1 }]), { requestId });
      expect(warnings).toEqual(['UserWarning: x is odd']);
    }
  });

  it('one bad row fails alone, and its place is known', async () => {
    const inputs = [field('x')];
    const { runtime, lines } = open({
      inputs,
      code: `def predict(x):\n    if x == 3:\n        raise ValueError("three is refused")\n    return x * 2\n`,
    });
    await runtime.ready();
    const calls = [1, 2, 3, 4].map((x) =>
      runtime.predict(toBatch(inputs, [{ x }]), { requestId: `r${x}` }),
    );
    const ends = await Promise.allSettled(calls);
    expect(ends.map((end) => end.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    const error = (await calls[2]?.catch((error_: unknown) => error_)) as Error;
    expect(error.message).not.toContain('three');
    expect(error).toMatchObject({
      code: 'AO450',
      cause: {
        message: 'ValueError: three is refused',
        row: 0,
        trace: expect.stringContaining('line 3') as string,
      },
    });
    expect(lines.filter((line) => line.level === 'error')).toMatchObject([{ requestId: 'r3' }]);
    const many = runtime.predict(toBatch(inputs, [{ x: 1 }, { x: 3 }]), { requestId: 'many' });
    await expect(many).rejects.toMatchObject({ cause: { row: 1 } });
  });

  it('one megabyte of prints neither blocks nor spoils an answer', async () => {
    const inputs = [field('x')];
    const { runtime, lines } = open({
      inputs,
      code: `import os, sys\ndef predict(x):\n    print("y" * 5_000_000)\n    for i in range(100_000):\n        print("line", i)\n    sys.stderr.write("ERROR: red\\n")\n    os.write(1, b"raw")\n    return x\n`,
    });
    const call = runtime.predict(toBatch(inputs, [{ x: 7 }]), { requestId: 'loud' });
    expect((await call).outputs[0]?.data).toEqual(Float64Array.of(7));
    await expect.poll(() => lines.some((line) => line.text === 'line 99999')).toBe(true);
    expect(lines.every((line) => line.text.length <= 8192 && line.requestId === 'loud')).toBe(true);
    expect(lines.find((line) => line.level === 'error')?.text).toBe('ERROR: red');
  });
});
