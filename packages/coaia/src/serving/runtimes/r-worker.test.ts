/** R models: the numbers of `predict()` bit for bit, and the traps that were measured. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Field } from '../signatures/signature.ts';
import { hasR, makeRModel, readExpected, RSCRIPT } from '../testing/fixtures.ts';
import type { RKind } from '../testing/fixtures.ts';
import { closeVersions, field, makeFolder, openVersion, toBatch } from './testing/versions.ts';
import type { MakeOptions } from './testing/versions.ts';

const { skip, note } = hasR();
const open = (options: Omit<MakeOptions, 'language'>) => openVersion({ language: 'r', ...options });
const openModel = (kind: RKind, inputs: readonly Field[]) => {
  const folder = makeFolder();
  makeRModel(folder, kind);
  return open({ folder, inputs, manifest: { artifact: `${kind}.rds` } });
};
const R_CLASSES: Partial<Record<RKind, string>> = { log: 'lm', dates: 'lm', rate: 'glm' };
const cyl = field('cyl', 'category', { levels: ['4', '6', '8'] });

describe.skipIf(skip)(`R worker${note}`, () => {
  afterAll(closeVersions);

  it.each<[RKind, readonly Field[]]>([
    ['lm', [field('wt'), field('hp'), cyl]],
    ['glm', [field('wt'), field('hp')]],
    ['log', [field('wt'), field('hp'), field('manual', 'boolean')]],
    ['rate', [field('wt'), field('hp')]],
    ['dates', [field('day', 'date'), field('open', 'boolean')]],
    ['nls', [field('wt')]],
  ])('%s answers what predict() answers, to the last bit', async (kind, inputs) => {
    const { rows = [], prediction } = readExpected(kind);
    const { runtime, predictEach } = openModel(kind, inputs);
    const wanted = prediction.map(Number);
    expect(await predictEach(rows)).toEqual(wanted);
    const { outputs, timings } = await runtime.predict(toBatch(inputs, rows), { requestId: 'all' });
    expect(outputs).toEqual([
      {
        name: 'prediction',
        datatype: 'FP64',
        shape: [rows.length],
        data: Float64Array.from(wanted),
      },
    ]);
    expect(timings.batchRows).toBe(rows.length);
    expect(runtime.info.platform).toBe(`r_${R_CLASSES[kind] ?? kind}`);
  });

  it('functions of packages in a formula are found, as where the model was fitted', async () => {
    const folder = makeFolder();
    const path = join(folder, 'curve.rds');
    const fit = `library(splines); m <- lm(mpg ~ ns(wt, 3) + poly(hp, 2), mtcars); saveRDS(m, '${path}')
      cat(sprintf('%.17g', predict(m, mtcars[1:3, ])))`;
    const said = execFileSync(RSCRIPT, ['-e', fit], { encoding: 'utf8' });
    const inputs = [field('wt'), field('hp')];
    const { predictEach } = open({ folder, inputs, manifest: { artifact: 'curve.rds' } });
    const cars = [
      { wt: 2.62, hp: 110 },
      { wt: 2.875, hp: 110 },
      { wt: 2.32, hp: 93 },
    ];
    expect(await predictEach(cars)).toEqual(said.split(' ').map(Number));
  });

  it('a missing value is NA, an unknown level too, and neither is another row`s business', async () => {
    const inputs = [field('wt'), field('hp'), cyl];
    const { runtime } = openModel('lm', inputs);
    const rows = [
      { wt: null, hp: 110, cyl: '4' },
      { wt: 2.5, hp: 110, cyl: null },
      { wt: 2.5, hp: 110, cyl: '6' },
    ];
    const { outputs } = await runtime.predict(toBatch(inputs, rows), { requestId: 'a' });
    const [first, second, third] = [...(outputs[0]?.data ?? [])];
    expect([first, second]).toEqual([Number.NaN, Number.NaN]);
    expect(third).toBeGreaterThan(10);
  });

  it('moments with zones, whole numbers of 64 bits and texts are what they are, or refused by name', async () => {
    const inputs = [field('at', 'datetime'), field('id', 'integer'), field('name', 'string')];
    const code = `predict <- function(at, id, name)
      paste(format(at, "%Y-%m-%dT%H:%M:%OS1"), format(id, digits = 16), name, nchar(name))`;
    const { runtime } = open({ inputs, code });
    const ask = async (rows: readonly Readonly<Record<string, unknown>>[]) => {
      const { outputs } = await runtime.predict(toBatch(inputs, rows), { requestId: 'a' });
      return outputs[0]?.data;
    };
    expect(
      await ask([
        { at: '2024-01-02T07:00:00-05:00', id: 2 ** 31, name: '\u{1f642}\u00e9' },
        { at: '2024-01-02T12:00:00.5Z', id: -(2 ** 31), name: '' },
        { at: '2024-01-02 12:30', id: Number.MAX_SAFE_INTEGER, name: 'a' },
        { at: '2024-01-02', id: 0, name: 'a' },
      ]),
    ).toEqual([
      '2024-01-02T12:00:00.0 2147483648 \u{1f642}\u00e9 2',
      '2024-01-02T12:00:00.5 -2147483648  0',
      '2024-01-02T12:30:00.0 9007199254740991 a 1',
      '2024-01-02T00:00:00.0 0 a 1',
    ]);
    const good = { at: '2024-01-02', id: 1, name: 'a' };
    await expect(ask([{ ...good, name: 'a\0b' }])).rejects.toMatchObject({
      code: 'AO422',
      message: expect.stringContaining('`name`: a text has the character NUL') as string,
    });
    await expect(ask([{ ...good, id: 9007199254740993n }])).rejects.toMatchObject({
      code: 'AO422',
      message: expect.stringContaining('`id`: it has whole numbers beyond 2^53') as string,
    });
    // What was refused spoils nothing that comes after it.
    expect(await ask([good])).toEqual(['2024-01-02T00:00:00.0 1 a 1']);
  });

  it('answers of rows stay with their rows, whatever the first of them gave', async () => {
    const inputs = [field('x')];
    const code = `predict <- function(x) switch(x, list(a = NA), list(b = factor("hi", c("low", "hi")), a = 2),
      NULL, c(3, 4))`;
    const { runtime } = open({ inputs, code });
    const ask = async (...rows: readonly number[]) => {
      const batch = toBatch(
        inputs,
        rows.map((x) => ({ x })),
      );
      const { outputs } = await runtime.predict(batch, { requestId: 'a' });
      return outputs.map(({ name, data }) => [name, [...data]]);
    };
    expect(await ask(1, 2)).toEqual([
      ['a', [Number.NaN, 2]],
      ['b', [null, 'hi']],
    ]);
    // None of the one and two of the other are not one each.
    await expect(ask(3, 4)).rejects.toMatchObject({
      cause: { message: 'prediction has 0 values for 1 row' },
    });
  });

  it('a missing column never becomes a variable of the same name', async () => {
    const folder = makeFolder();
    makeRModel(folder, 'glm');
    const code =
      'hp <- 100\npredict <- function(table) stats::predict(readRDS("../glm.rds"), table)';
    const inputs = [field('wt')];
    const { runtime } = open({ folder, inputs, code, manifest: { style: 'table' } });
    await expect(runtime.predict(toBatch(inputs, [{ wt: 2 }]), { requestId: 'a' })).rejects.toThrow(
      'failed on these rows',
    );
    const strict = openModel('glm', [field('wt'), field('hp')]);
    await expect(
      strict.runtime.predict(toBatch(inputs, [{ wt: 2 }]), { requestId: 'a' }),
    ).rejects.toMatchObject({ code: 'AO422', message: expect.stringContaining('hp') as string });
  });

  it('functions of one row get values, functions of a table get factors and dates', async () => {
    const inputs = [field('n', 'integer'), cyl, field('day', 'date')];
    const row = { n: 3, cyl: '8', day: '2024-02-29' };
    const one = open({
      inputs,
      code: `predict <- function(n, cyl, day) list(label = paste(cyl, is.integer(n), format(day, "%j")), ok = NA, at = day)`,
    });
    const { outputs } = await one.runtime.predict(toBatch(inputs, [row, row]), { requestId: 'a' });
    expect(outputs.map(({ name, datatype, data }) => [name, datatype, [...data]])).toEqual([
      ['label', 'BYTES', ['8 TRUE 060', '8 TRUE 060']],
      ['ok', 'FP64', [Number.NaN, Number.NaN]],
      ['at', 'BYTES', ['2024-02-29', '2024-02-29']],
    ]);
    const table = open({
      inputs,
      manifest: { style: 'table' },
      code: `load <- function() 10
predict <- function(model, rows) data.frame(code = as.integer(rows$cyl), n = c(rows$n[1], NA), ok = rows$n > model)`,
    });
    const answer = await table.runtime.predict(toBatch(inputs, [row, row]), { requestId: 'a' });
    expect(answer.outputs.map(({ datatype, data }) => [datatype, [...data]])).toEqual([
      ['INT32', [3, 3]],
      ['INT32', [3, null]],
      ['BOOL', [false, false]],
    ]);
  });

  it('what a caller left out is no argument: the default of the function counts', async () => {
    const inputs = [
      field('wt'),
      field('hp', 'number', { required: false }),
      field('by', 'number', { required: false, default: null }),
      field('list', 'number', { shape: [2] }),
    ];
    const { predictEach } = open({
      inputs,
      code: 'predict <- function(wt, list, hp = wt * 2, by = NULL) paste(wt, hp, is.null(by), sum(list))',
    });
    const rows = [
      { wt: 3, hp: null, by: null, list: [1, 2] },
      { wt: 3, hp: 1, by: 2, list: [3, 4] },
    ];
    expect(await predictEach(rows)).toEqual(['3 6 TRUE 3', '3 1 FALSE 7']);
  });

  it('what it keeps in temporary files goes with its process, also when that is killed', async () => {
    const code = `predict <- function(x) {
  cat("kept", file = file <- tempfile())
  if (x == 9) tools::pskill(Sys.getpid(), 9)
  file
}`;
    const { predictEach } = open({ inputs: [field('x')], code });
    const [file] = await predictEach([{ x: 1 }]);
    const folder = dirname(dirname(dirname(String(file))));
    expect([folder, existsSync(String(file))]).toEqual([
      expect.stringMatching(/coaia-worker-\w+$/),
      true,
    ]);
    await expect(predictEach([{ x: 9 }])).rejects.toMatchObject({ code: 'AO452' });
    await expect.poll(() => existsSync(folder)).toBe(false);
  });

  it('where a number is declared, whole and missing ones are numbers too', async () => {
    const inputs = [field('x')];
    const outputs = [field('prediction')];
    const signature = { inputs, outputs, task: 'regression', example: {} } as const;
    const code = 'predict <- function(x) if (x > 1) NA else 1L';
    const { runtime } = open({ inputs, manifest: { signature }, code });
    const rows = toBatch(inputs, [{ x: 1 }, { x: 2 }]);
    const { outputs: found } = await runtime.predict(rows, { requestId: 'a' });
    expect(found).toMatchObject([{ datatype: 'FP64', data: Float64Array.of(1, Number.NaN) }]);
  });

  it('warnings come with the answer, prints and messages go to the log', async () => {
    const inputs = [field('x')];
    const { runtime, lines } = open({
      inputs,
      code: `predict <- function(x) { cat("seen", x, "\\n"); message("careful"); warning("x is odd"); x }`,
    });
    const { warnings } = await runtime.predict(toBatch(inputs, [{ x: 1 }]), { requestId: 'a' });
    expect(warnings).toEqual(['x is odd']);
    const again = await runtime.predict(toBatch(inputs, [{ x: 2 }]), { requestId: 'b' });
    expect(again.warnings).toEqual(['x is odd']);
    await expect.poll(() => lines.length).toBeGreaterThanOrEqual(4);
    expect(lines.map((line) => line.text.trim())).toEqual(
      expect.arrayContaining(['seen 1', 'seen 2', 'careful']),
    );
  });

  it('one bad row fails alone; callers hear a sentence, the log what R said', async () => {
    const inputs = [field('x')];
    const { runtime, lines } = open({
      inputs,
      code: `check <- function(x) if (x == 3) stop("three is refused")\npredict <- function(x) { check(x); x * 2 }`,
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
    const error = await calls[2]?.catch((error_: unknown) => error_);
    expect(error).toMatchObject({
      code: 'AO450',
      message:
        'cars (version 3) failed on these rows. What it said is in the trace and in its log.',
      cause: { message: 'three is refused', trace: expect.stringContaining('check(x)') as string },
    });
    expect(lines.filter((line) => line.level === 'error')).toMatchObject([{ requestId: 'r3' }]);
  });
});
