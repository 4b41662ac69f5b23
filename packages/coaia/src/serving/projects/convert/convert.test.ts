import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import { hasPython, makeSklearnModel, PYTHON } from '../../testing/fixtures.ts';
import type { Tensor } from '../../tensors/tensor.ts';
import { compareOutputs } from './compare-outputs.ts';

const numbers = (name: string, ...data: readonly number[]): Tensor => ({
  name,
  datatype: 'FP64',
  shape: [data.length],
  data: Float64Array.from(data),
});
const texts = (name: string, ...data: readonly string[]): Tensor => ({
  name,
  datatype: 'BYTES',
  shape: [data.length],
  data,
});

test('outputs are compared by name; the largest difference is told', () => {
  const before = [texts('label', 'a', 'b'), numbers('probability', 0.1, 0.9)];
  expect(
    compareOutputs(before, [numbers('probability', 0.1, 0.900_001), texts('label', 'a', 'b')]),
  ).toEqual({
    largestDifference: expect.closeTo(1e-6, 9),
    equal: 2,
  });
  expect(compareOutputs(before, [texts('label', 'a', 'c')]).problem).toBe(
    '`label` of value 2 is b, then c',
  );
  expect(
    compareOutputs([numbers('prediction', 100)], [numbers('variable', 101)]).problem,
  ).toContain('100, then 101');
  expect(compareOutputs([numbers('x', Number.NaN)], [numbers('x', Number.NaN)])).toEqual({
    largestDifference: 0,
    equal: 1,
  });
  expect(compareOutputs([numbers('x', Number.NaN)], [numbers('x', 1)]).problem).toBeDefined();
  expect(compareOutputs(before, [numbers('other', 1)]).problem).toBe(
    'they have no output in common',
  );
});

const python = hasPython();
describe.skipIf(python.skip)(`a project with a fitted model${python.note}`, () => {
  let root = '';
  let cwd = '';
  const run = (line: string) =>
    runCoaia(`ops ${line}`, {
      cwd,
      home: root,
      env: { PATH: '/usr/bin:/bin', AO_MODEL_PYTHON: PYTHON },
    });

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'ao-convert-'));
    cwd = root;
    await run(`init cars --from ${makeSklearnModel(root, 'forest')}`);
    cwd = join(root, 'cars');
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('a package that is missing is named with the way to it; nothing is written', async () => {
    const { code, stderr } = await run('convert --to skops');
    if (code === 0) return; // This Python has skops: then it is converted.
    expect(stderr).toContain(`AO113: ${PYTHON} has no package skops, which converts to skops.`);
    expect(stderr).toContain(`Fix: ${PYTHON} -m pip install skops`);
    expect(existsSync(join(cwd, 'model-service/artifacts/forest.skops'))).toBe(false);
  });

  test('a file that is not trusted is not opened', async () => {
    await run('trust --remove');
    for (const line of ['convert --to skops', 'env', 'test']) {
      const { code, stderr } = await run(line);
      expect([line, code, stderr.includes('AO303')]).toEqual([line, 1, true]);
    }
    await run('trust');
  });

  test('what is there already stays', async () => {
    writeFileSync(join(cwd, 'model-service/artifacts/forest.onnx'), 'mine');
    expect((await run('convert --to onnx')).stderr).toContain('AO106');
    rmSync(join(cwd, 'model-service/artifacts/forest.onnx'));
  });

  test('env shows the interpreter and locks the packages', async () => {
    const path = join(cwd, 'model-service/requirements.txt');
    writeFileSync(path, 'scikit-learn==0.1\n');
    const { stdout } = await run('env');
    expect(stdout).toMatch(new RegExp(`^cars: Python 3\\.\\d+\\.\\d+ {2}${PYTHON}\n`));
    expect(stdout).toMatch(/^ {2}sklearn [\d.]+ {2}\(locked: 0\.1\)$/m);
    expect((await run('env --lock')).stdout).toContain('Wrote model-service/requirements.txt.');
    expect(readFileSync(path, 'utf8')).toMatch(/^scikit-learn==[1-9]/m);
  });
});
