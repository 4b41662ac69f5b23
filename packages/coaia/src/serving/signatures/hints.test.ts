/** Signatures of functions, read from their source. */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasPython, hasR } from '../testing/fixtures.ts';
import { makeProject } from '../testing/project-fixture.ts';
import type { ProjectFixture } from '../testing/project-fixture.ts';
import { readSignature } from './read-signature.ts';

const python = hasPython();
const r = hasR();

async function read(code: string, more: ProjectFixture = {}) {
  const project = makeProject(mkdtempSync(join(tmpdir(), 'coaia-hints-')), { code, ...more });
  const [model] = project.models;
  if (model === undefined) throw new Error('no model');
  return readSignature({ project, model });
}

/** With the mark that Notepad writes first. */
const TYPED = `\uFEFF
from __future__ import annotations
from datetime import date
from enum import Enum
from typing import Annotated, Literal, Optional

class Plan(str, Enum):
    BASIC = "basic"
    PRO = "pro"

Region = Literal["north", "south"]

def predict(wt: float, hp: "Annotated[int, 'Horse power.']", plan: Plan, region: Region = "north",
            day: Optional[date] = None, xs: list[float] = None, pair: tuple[float, float] = (1, 2),
            n: int | None = -2, on=True) -> float:
    """Miles per gallon.

    Args:
        wt: Weight in 1000 lb.
    """
    return wt * 2 + hp
`;

describe.skipIf(python.skip)(`Python${python.note}`, () => {
  it('reads types, defaults, levels and descriptions', async () => {
    const { signature, style, platform, findings } = await read(TYPED);
    expect(findings).toEqual([]);
    expect({ style, platform }).toEqual({ style: 'row', platform: 'python_function' });
    expect(signature.description).toBe('Miles per gallon.');
    expect(signature.inputs).toMatchObject([
      { name: 'wt', type: 'number', description: 'Weight in 1000 lb.', required: true },
      { name: 'hp', type: 'integer', description: 'Horse power.' },
      { name: 'plan', type: 'category', levels: ['basic', 'pro'] },
      { name: 'region', levels: ['north', 'south'], default: 'north', required: false },
      { name: 'day', type: 'date', nullable: true, required: false },
      { name: 'xs', type: 'number', shape: [-1] },
      { name: 'pair', shape: [2] },
      { name: 'n', type: 'integer', default: -2, nullable: true },
      { name: 'on', type: 'boolean', default: true },
    ]);
    expect(signature.outputs).toMatchObject([{ name: 'prediction', type: 'number' }]);
    expect(signature.task).toBe('regression');
  });

  it('AO201 names file, line and parameter', async () => {
    const code = '\n\ndef predict(age: int, smoker) -> float:\n    return 1.0\n';
    const { findings } = await read(code);
    expect(findings).toEqual([
      {
        code: 'AO201',
        severity: 'error',
        message: 'model.py line 3: `predict(age, smoker)` — I do not know the type of `smoker`.',
        file: 'model-service/model.py',
        line: 3,
        fix: 'Write `smoker: float` (or int, str, bool, Literal[...]), or add rows to examples.csv.',
      },
    ]);
    const examples = 'age,smoker\n30,true\n';
    expect((await read(code, { examples })).signature.inputs[1]).toMatchObject({
      type: 'boolean',
      evidence: 'examples',
    });
  });

  it('AO202 says which functions there are, AO203 which line is wrong', async () => {
    expect((await read('def score(x: int):\n    return x\n')).findings).toMatchObject([
      { code: 'AO202', message: 'model.py has no function `predict`; there is score.' },
    ]);
    expect((await read('x = 1\ndef predict(:\n')).findings).toMatchObject([
      { code: 'AO203', line: 2 },
    ]);
    expect((await read('def predict(df):\n    return df\n')).findings).toMatchObject([
      { code: 'AO204' },
    ]);
  });

  it('AO208 repeats how the model failed on its example', async () => {
    const { findings } = await read('def predict(x: float):\n    raise ValueError("boom")\n');
    expect(findings).toMatchObject([
      { code: 'AO208', severity: 'error', file: 'model-service/model.py' },
    ]);
    expect(JSON.stringify(findings)).toContain('boom');
  });

  it('runs where there is what the code loads; what is nowhere is said', async () => {
    const code = 'import json\nimport sklearn\n\ndef predict(x: float):\n    return x\n';
    const { interpreter, findings } = await read(code);
    expect(Object.keys(interpreter?.packages ?? {})).toEqual(['sklearn']);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const absent = await read('import nosuchpackage\ndef predict(x: float):\n    return x\n');
    expect(absent.findings).toMatchObject([
      { code: 'AO208', fix: expect.stringMatching(/^Install `nosuchpackage` for \//) },
    ]);
  });

  it('reading the source runs nothing of it', async () => {
    const mark = join(mkdtempSync(join(tmpdir(), 'coaia-mark-')), 'mark');
    await read(`open(${JSON.stringify(mark)}, "w")\ndef predict(x):\n    return 1\n`);
    expect(existsSync(mark)).toBe(false);
  });
});

const R_CODE = `
#' Miles per gallon of a car.
#'
#' @param wt Weight in
#'   1000 lb.
#' @param smoker logical. Smokes?
predict_one <- function(wt, hp = 120, cyl = c("4", "6", "8"), smoker, n = 5L, on = TRUE,
                        day = as.Date("2024-05-01"), note = NULL, low = -2.5) {
  wt * 2 + hp
}
`;

describe.skipIf(r.skip)(`R${r.note}`, () => {
  it('reads formals and roxygen', async () => {
    const { signature, style, platform, findings } = await read(R_CODE);
    expect(findings).toEqual([]);
    expect({ style, platform }).toEqual({ style: 'row', platform: 'r_function' });
    expect(signature.description).toBe('Miles per gallon of a car.');
    expect(signature.inputs).toMatchObject([
      { name: 'wt', type: 'number', description: 'Weight in 1000 lb.', required: true },
      { name: 'hp', type: 'number', default: 120, required: false },
      { name: 'cyl', type: 'category', levels: ['4', '6', '8'], default: '4' },
      { name: 'smoker', type: 'boolean', required: true },
      { name: 'n', type: 'integer', default: 5 },
      { name: 'on', type: 'boolean', default: true },
      { name: 'day', type: 'date', default: '2024-05-01' },
      { name: 'note', nullable: true, required: false },
      { name: 'low', default: -2.5 },
    ]);
  });

  it('AO202 and AO203', async () => {
    expect((await read('other <- function(x) x\n', { language: 'r' })).findings).toMatchObject([
      { code: 'AO202', message: 'model.R has no function `predict_one`; there is other.' },
    ]);
    expect((await read('predict_one <- function(x {\n', { language: 'r' })).findings).toMatchObject(
      [{ code: 'AO203', line: 1 }],
    );
  });
});
