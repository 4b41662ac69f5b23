/** A scikit-learn pipeline, an R model and an ONNX file, each served without a line written by hand. */
import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import {
  hasOnnx,
  hasPython,
  hasR,
  makeOnnxModel,
  makeRModel,
  makeSklearnModel,
  readExpected,
  readRows,
  RSCRIPT,
} from '../../packages/coaia/src/serving/testing/fixtures.ts';
import { openDesk } from './serving.ts';
import type { Desk } from './serving.ts';

const python = hasPython();
const r = hasR();
const onnx = hasOnnx();

interface Answer {
  readonly predictions: readonly unknown[];
  readonly trace_id: string;
}

/** The three commands and a call; answers what was predicted for the example. */
async function serve(desk: Desk, name: string, file: string) {
  const made = await desk.ao(['init', name, '--from', file]);
  expect(made, made.stderr).toMatchObject({ code: 0 });
  const checked = await desk.ao(['check'], name);
  expect(checked, checked.stdout + checked.stderr).toMatchObject({ code: 0 });
  const up = await desk.ao(['run', 'up', '--detach', '--json', '--port', '0'], name);
  expect(up, up.stderr).toMatchObject({ code: 0 });
  const { url, models } = JSON.parse(up.stdout) as {
    readonly url: string;
    readonly models: readonly { readonly example: Readonly<Record<string, unknown>> }[];
  };
  const example = models[0]?.example ?? {};
  const data = ['--data', JSON.stringify(example), '--json'];
  const called = await desk.ao(['run', 'call', ...data], name);
  expect(called, called.stderr).toMatchObject({ code: 0 });
  return { url, example, answer: JSON.parse(called.stdout) as Answer };
}

async function post(url: string, rows: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/predict`, {
    method: 'POST',
    headers,
    body: JSON.stringify(rows),
  });
  return (await response.json()) as Answer;
}

interface Trace {
  readonly name: string;
  readonly observations: readonly {
    readonly id: string;
    readonly parentObservationId: string | null;
  }[];
}

/** The prediction in the store: the service, and below it the model. Written half a second later at most. */
async function findTrace(desk: Desk, id: string): Promise<void> {
  const read = () => desk.coaia(['fuse', 'traces', 'trace-view', id, '--json']);
  await expect.poll(async () => (await read()).code, { interval: 300 }).toBe(0);
  const { name, observations } = JSON.parse((await read()).stdout) as Trace;
  expect(name).toBe('cars');
  const outer = observations.find(({ parentObservationId }) => parentObservationId === null);
  const inner = observations.find(({ parentObservationId }) => parentObservationId !== null);
  expect(inner?.parentObservationId).toBe(outer?.id);
}

describe('a fitted model is a service after three commands', () => {
  let desk: Desk;
  afterEach(() => desk.close());

  it.skipIf(python.skip)(`scikit-learn${python.note}`, async () => {
    desk = openDesk();
    const file = makeSklearnModel(desk.folder, 'classifier');
    const { url } = await serve(desk, 'churn', file);
    const { prediction, probability = [] } = readExpected('classifier');
    const { predictions } = await post(url, readRows('customers'));
    const told = predictions as readonly { label: unknown; probability: readonly number[] }[];
    expect(told.map(({ label }) => String(label))).toEqual(prediction.map(String));
    for (const [index, one] of told.entries())
      for (const [at, value] of one.probability.entries())
        expect(value).toBeCloseTo(probability[index]?.[at] ?? Number.NaN, 9);
  });

  it.skipIf(r.skip)(`R, bit for bit${r.note}`, async () => {
    desk = openDesk();
    const file = makeRModel(desk.folder, 'lm');
    const { url, example, answer } = await serve(desk, 'cars', file);
    const rows = ['4', '6', '8'].map((cyl, index) => ({ ...example, cyl, wt: 2.1 + index / 7 }));
    const { predictions } = await post(url, rows);
    const script = `
      model <- readRDS("${file}")
      rows <- jsonlite::fromJSON('${JSON.stringify(rows)}')
      rows$cyl <- factor(rows$cyl, levels = model$xlevels$cyl)
      writeLines(sprintf("%.17g", predict(model, rows)))`;
    const own = execFileSync(RSCRIPT, ['-e', script], { encoding: 'utf8' }).trim().split('\n');
    expect(predictions.map(Number)).toEqual(own.map(Number));
    await findTrace(desk, answer.trace_id);
  });

  it.skipIf(onnx.skip)(`ONNX${onnx.note}`, async () => {
    desk = openDesk();
    const file = makeOnnxModel(desk.folder, 'named');
    const { url } = await serve(desk, 'linear', file);
    const { rows = [], prediction } = readExpected('named');
    const { predictions } = await post(url, rows);
    for (const [index, one] of predictions.entries()) {
      const value = typeof one === 'number' ? one : Number(Object.values(one as object).flat()[0]);
      expect(value).toBeCloseTo(Number(prediction[index]), 4);
    }
  });
});
