import { describe, expect, it } from 'vitest';
import { isModelFile, isModelName, needsTrust, toModelName } from './model-file.ts';

describe('model files', () => {
  it('knows what can be served and what has to be trusted', () => {
    for (const name of ['a.joblib', 'a.PKL', 'a.rds', 'a.b.pickle']) {
      expect(isModelFile(name), name).toBe(true);
      expect(needsTrust(name), name).toBe(true);
    }
    for (const name of ['a.onnx', 'a.SKOPS']) {
      expect(isModelFile(name), name).toBe(true);
      expect(needsTrust(name), name).toBe(false);
    }
    for (const name of ['a.csv', 'joblib', '']) expect(isModelFile(name), name).toBe(false);
  });

  it('makes a name that can be used', () => {
    expect(toModelName('my model (2).joblib')).toBe('my-model-2');
    expect(toModelName('_churn_v1.5.rds')).toBe('churn_v1-5');
    expect(isModelName(toModelName('my model (2).joblib'))).toBe(true);
    expect(isModelName('')).toBe(false);
    expect(isModelName('a b')).toBe(false);
  });
});
