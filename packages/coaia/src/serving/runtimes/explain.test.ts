/** Explanations, by the real Python and R: exact terms of fitted objects, and `explain` beside `predict`. */
import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import type { Explanation, Row } from '../signatures/signature.ts';
import {
  hasPython,
  hasR,
  hasSurvival,
  makeRModel,
  makeSklearnModel,
  RSCRIPT,
} from '../testing/fixtures.ts';
import { closeVersions, field, makeFolder, openVersion, toBatch } from './testing/versions.ts';
import type { Made } from './testing/versions.ts';

afterAll(closeVersions);

async function explain(
  { runtime, inputs }: Made,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<Readonly<Record<string, readonly number[]>>> {
  const options = { requestId: 'why', operation: 'explain' } as const;
  const { outputs } = await runtime.predict(toBatch(inputs, rows), options);
  return Object.fromEntries(
    outputs.map(({ name, data }) => [name, [...(data as Iterable<number>)]]),
  );
}

/** Baseline and terms of each row. */
const addUp = ({ baseline = [], total: _, ...terms }: Awaited<ReturnType<typeof explain>>) =>
  baseline.map((start, row) =>
    Object.values(terms).reduce((sum, one) => sum + (one[row] ?? 0), start),
  );

const python = hasPython();
describe.skipIf(python.skip)(`Python${python.note}`, () => {
  test('a linear model behind encoders: terms by input that add up to the log-odds', async () => {
    const folder = makeFolder();
    makeSklearnModel(folder, 'classifier');
    const inputs = [
      field('age'),
      field('income'),
      field('plan', 'category'),
      field('region', 'category'),
    ];
    const made = openVersion({
      folder,
      inputs,
      language: 'python',
      manifest: { artifact: 'classifier.joblib' },
    });
    const rows = [
      { age: 30, income: 40, plan: 'basic', region: 'north' },
      { age: 55, income: 80, plan: 'basic', region: 'south' },
    ];
    const given = await explain(made, rows);
    expect(Object.keys(given)).toEqual([
      'baseline',
      'total',
      ...inputs.map(({ name }) => `term:${name}`),
    ]);
    expect(made.runtime.info.explains).toEqual({
      kind: 'terms',
      scale: 'log-odds of 1',
      baseline: 'the intercept: every column that enters the sum is 0',
    } satisfies Omit<Explanation, 'outputs'>);
    const { outputs } = await made.runtime.predict(toBatch(inputs, rows), { requestId: 'p' });
    const p = outputs.find(({ name }) => name === 'probability')?.data ?? [];
    const logits = [0, 1].map((row) => Math.log(Number(p[2 * row + 1]) / Number(p[2 * row])));
    for (const [row, sum] of addUp(given).entries()) {
      expect(given['total']?.[row]).toBeCloseTo(logits[row] ?? Number.NaN, 9);
      expect(sum).toBeCloseTo(logits[row] ?? Number.NaN, 9);
    }
    expect(given['term:region']?.[0]).not.toBe(given['term:region']?.[1]);
  });

  test('a function explains row by row; a forest cannot, and the sentence says what to write', async () => {
    const inputs = [field('wt'), field('hp')];
    const own = openVersion({
      inputs,
      language: 'python',
      code: 'def predict(wt, hp): return wt + hp\ndef explain(wt, hp): return {"wt": wt, "hp": hp * 2}\n',
    });
    expect(
      await explain(own, [
        { wt: 1, hp: 2 },
        { wt: 3, hp: 4 },
      ]),
    ).toEqual({ wt: [1, 3], hp: [4, 8] });
    expect(own.runtime.info.explains).toEqual({ kind: 'code' });
    const folder = makeFolder();
    makeSklearnModel(folder, 'forest');
    const manifest = { artifact: 'forest.joblib' };
    const forest = openVersion({ folder, inputs, language: 'python', manifest });
    const asked = explain(forest, [{ wt: 1, hp: 2 }]);
    await expect(asked).rejects.toMatchObject({
      code: 'AO456',
      message: expect.stringContaining('Write predict and explain in model-service/model.py'),
    });
    // The worker answers predictions as before.
    expect(await forest.predictEach([{ wt: 2, hp: 110 }])).toHaveLength(1);
  });
});

const r = hasR();
describe.skipIf(r.skip)(`R${r.note}`, () => {
  test('a glm: terms of predict() on the scale of the link', async () => {
    const folder = makeFolder();
    makeRModel(folder, 'glm');
    const inputs = [field('wt'), field('hp')];
    const made = openVersion({ folder, inputs, language: 'r', manifest: { artifact: 'glm.rds' } });
    const given = await explain(made, [{ wt: 2.62, hp: 110 }]);
    expect(Object.keys(given)).toEqual(['baseline', 'total', 'term:wt', 'term:hp']);
    expect(made.runtime.info.explains?.scale).toBe('the log-odds of the prediction');
    const [probability = 0] = (await made.predictEach([{ wt: 2.62, hp: 110 }])) as number[];
    const logit = Math.log(probability / (1 - probability));
    expect(given['total']?.[0]).toBeCloseTo(logit, 9);
    expect(addUp(given)[0]).toBeCloseTo(logit, 9);
  });

  test('a function explains a table', async () => {
    const code = [
      'predict <- function(newdata) newdata$wt * 2',
      'explain <- function(newdata) data.frame(wt = newdata$wt, twice = 2)',
    ];
    const inputs = [field('wt')];
    const manifest = { style: 'table' } as const;
    const made = openVersion({ inputs, language: 'r', code: code.join('\n'), manifest });
    expect(await explain(made, [{ wt: 1 }, { wt: 5 }])).toEqual({ wt: [1, 5], twice: [2, 2] });
  });
});

const SURVIVAL = `library(survival)
data <- transform(lung, sex = factor(sex, labels = c("male", "female")))
model <- coxph(Surv(time, status) ~ age + sex + log(ph.karno) + offset(ph.ecog / 10), data)
folder <- commandArgs(TRUE)
saveRDS(model, file.path(folder, "cox.rds"))
rows <- data[c(1, 5, 9), c("age", "sex", "ph.karno", "ph.ecog")]
terms <- predict(model, rows, type = "terms")
exact <- function(x) sprintf("%.17g", x)
cat(jsonlite::toJSON(list(rows = rows, total = exact(predict(model, rows, type = "lp")),
  terms = apply(unname(terms), 2, exact)), dataframe = "rows"))
model <- coxph(Surv(time, status) ~ age + strata(sex), data)
saveRDS(model, file.path(folder, "strata.rds"))`;

const survival = hasSurvival();
describe.skipIf(survival.skip)(`R${survival.note}`, () => {
  test('a Cox model: exactly the terms and the linear predictor of R; none within strata', async () => {
    const folder = makeFolder();
    const { rows, total, terms } = JSON.parse(
      execFileSync(RSCRIPT, ['-e', SURVIVAL, folder], { encoding: 'utf8' }),
    ) as { rows: Row[]; total: string[]; terms: string[][] };
    const inputs = [field('age'), field('sex', 'category'), field('ph.karno'), field('ph.ecog')];
    const open = (artifact: string) =>
      openVersion({ folder, inputs, language: 'r', manifest: { artifact } });
    const { baseline, ...given } = await explain(open('cox.rds'), rows);
    const column = (place: number) => terms.map((row) => Number(row[place]));
    expect(baseline).toEqual([0, 0, 0]);
    expect(given).toEqual({
      total: total.map(Number),
      'term:age': column(0),
      'term:sex': column(1),
      'term:log(ph.karno)': column(2),
      'term:(offset)': expect.anything(),
    });
    for (const [row, { 'ph.ecog': ecog }] of rows.entries())
      expect(given['term:(offset)']?.[row]).toBeCloseTo(Number(ecog) / 10, 12);
    await expect(explain(open('strata.rds'), rows)).rejects.toMatchObject({ code: 'AO456' });
  });
});
