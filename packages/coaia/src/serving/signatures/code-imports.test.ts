import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listImports } from './code-imports.ts';

const folder = mkdtempSync(join(tmpdir(), 'coaia-imports-'));
afterAll(() => rmSync(folder, { recursive: true }));

function list(file: string, code: string) {
  writeFileSync(join(folder, file), code);
  return listImports(join(folder, file), file.endsWith('.R') ? 'r' : 'python');
}

test('packages of Python code, without files beside it', () => {
  writeFileSync(join(folder, 'rates.py'), '');
  const code = `"""Reads rows from the data."""
from __future__ import annotations
import os, numpy as np  # import torch
from sklearn.linear_model import Ridge
import rates


def load():
    import joblib
`;
  expect(list('model.py', code)).toEqual(['joblib', 'numpy', 'os', 'sklearn']);
});

test('a table is a data frame of pandas', () => {
  expect(list('model.py', 'def predict(model, df):\n    return model.predict(df)\n')).toEqual([
    'pandas',
  ]);
  expect(list('model.py', 'def predict(wt: float):\n    return wt\n')).toEqual([]);
});

test('packages of R code', () => {
  const code = 'library(mgcv)\nif (requireNamespace("MASS")) 1 # library(rpart)\nnlme::lme(1)\n';
  expect(list('model.R', code)).toEqual(['MASS', 'mgcv', 'nlme']);
});
