/** The models of the other tests are real: they exist and carry the answers of their own language. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  hasOnnx,
  hasPython,
  hasR,
  makeExamples,
  makeOnnxModel,
  makeRModel,
  makeSklearnModel,
  readExpected,
  readRows,
} from './fixtures.ts';
import { makeProject } from './project-fixture.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'coaia-fixtures-'));

describe.skipIf(hasPython().skip)(`scikit-learn${hasPython().note}`, () => {
  it('fits a classifier with its probabilities', () => {
    const path = makeSklearnModel(folder(), 'classifier');
    expect(existsSync(path)).toBe(true);
    const { prediction, probability } = readExpected('classifier');
    expect(prediction).toHaveLength(8);
    expect(probability?.[0]?.reduce((sum, one) => sum + one)).toBeCloseTo(1, 12);
  });

  it('gives eight rows for examples', () => {
    const text = readFileSync(makeExamples(folder(), 'cars'), 'utf8');
    expect(text.split('\n')[0]).toBe('wt,hp');
    expect(readRows('customers')).toHaveLength(8);
  });
});

describe.skipIf(hasOnnx().skip)(`ONNX${hasOnnx().note}`, () => {
  it('writes small models', () => {
    expect(readFileSync(makeOnnxModel(folder(), 'linear')).length).toBeLessThan(1000);
    expect(readExpected('linear').prediction).toHaveLength(8);
  });
});

describe.skipIf(hasR().skip)(`R${hasR().note}`, () => {
  it('keeps the digits of predict()', () => {
    makeRModel(folder(), 'lm');
    expect(readExpected('lm').prediction[0]).toMatch(/^21\.6085128099611\d+$/);
  });

  it('makes a project around it', () => {
    const to = folder();
    const project = makeProject(to, { artifact: makeRModel(folder(), 'glm') });
    expect(project.models[0]).toMatchObject({
      language: 'r',
      artifact: 'model-service/artifacts/glm.rds',
    });
    expect(existsSync(join(to, 'model-service/artifacts/glm.rds'))).toBe(true);
    expect(readFileSync(join(to, 'ao.toml'), 'utf8')).toContain('artifact = ');
  });
});
