/** Signatures of real models, from the object alone. */
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
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
} from '../testing/fixtures.ts';
import type { OnnxKind, RKind, SklearnKind } from '../testing/fixtures.ts';
import { makeProject } from '../testing/project-fixture.ts';
import type { ProjectFixture } from '../testing/project-fixture.ts';
import { readArtifact } from './artifact.ts';
import { readSignature } from './read-signature.ts';
import type { SignatureReport } from './read-signature.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'coaia-signature-'));
const python = hasPython();
const onnx = hasOnnx();
const r = hasR();

async function read(fixture: ProjectFixture): Promise<SignatureReport> {
  const project = makeProject(folder(), fixture);
  const [model] = project.models;
  if (model === undefined) throw new Error('no model');
  return readSignature({ project, model });
}

const readSklearn = (kind: SklearnKind, more: ProjectFixture = {}) =>
  read({ artifact: makeSklearnModel(folder(), kind), ...more });
const readR = (kind: RKind) => read({ artifact: makeRModel(folder(), kind) });
const readOnnx = (kind: OnnxKind) => read({ artifact: makeOnnxModel(folder(), kind) });

/** `name: type` with levels, which is what most of these are about. */
const brief = (fields: SignatureReport['signature']['inputs']) =>
  fields.map(({ name, type, levels, shape }) =>
    [
      `${name}: ${type}`,
      ...(levels ?? []),
      ...(shape.length === 0 ? [] : [`[${shape.join(' ')}]`]),
    ].join(' '),
  );

describe.skipIf(python.skip)(`scikit-learn${python.note}`, () => {
  it('a pipeline tells names, levels, classes and probabilities', async () => {
    const { signature, platform, style, interpreter, findings } = await readSklearn('classifier', {
      settings: { inputs: { age: { type: 'integer', min: 0, description: 'Years.' } } },
    });
    expect(findings).toEqual([]);
    expect({ platform, style, task: signature.task }).toEqual({
      platform: 'python_sklearn',
      style: 'object',
      task: 'classification',
    });
    expect(interpreter?.packages).toHaveProperty('sklearn');
    expect(brief(signature.inputs)).toEqual([
      'age: integer',
      'income: number',
      'plan: category basic plus pro',
      'region: category north south',
    ]);
    expect(signature.inputs[0]).toMatchObject({
      min: 0,
      description: 'Years.',
      evidence: 'ao.toml',
    });
    expect(brief(signature.outputs)).toEqual(['label: category 0 1', 'probability: number [2]']);
    expect(signature.classes).toEqual([0, 1]);
    expect(signature.example).toMatchObject({ age: 50, plan: 'basic' });
  });

  it('levels beside which the model takes others are texts that were seen', async () => {
    const { signature } = await readSklearn('open');
    expect(signature.inputs.filter(({ seen }) => seen !== undefined)).toMatchObject([
      { name: 'plan', type: 'string', seen: ['basic', 'plus', 'pro'] },
      { name: 'region', description: 'Seen in training: north, south.' },
    ]);
  });

  it('columns without names are counted; versions that differ are told', async () => {
    const { signature } = await readSklearn('regressor');
    expect(brief(signature.inputs)).toEqual(['x1: number', 'x2: number']);
    const { findings } = await readSklearn('skewed');
    expect(findings).toMatchObject([{ code: 'AO302', severity: 'warning' }]);
    expect(findings[0]?.message).toMatch(
      /^skewed\.joblib was saved by scikit-learn 0\.24\.2; this environment has 1\.\d+\.\d+\. Predictions may differ\.$/,
    );
  });

  it('a pipeline that begins with a reader of text takes one text', async () => {
    const { signature, findings } = await readSklearn('texts');
    expect(findings).toEqual([]);
    expect(brief(signature.inputs)).toEqual(['text: string']);
    expect(brief(signature.outputs)).toEqual([
      'label: category blame praise',
      'probability: number [2]',
    ]);
  });

  it('examples give the example, and types where the object knows none', async () => {
    const examples = 'wt,hp,note,expected\n,1,x,1\n2.5,120,y,2\n';
    const { signature, findings } = await readSklearn('forest', { examples });
    expect(findings).toEqual([]);
    expect(signature.example).toEqual({ wt: 2.5, hp: 120 });
    expect(brief(signature.outputs)).toEqual(['prediction: number']);
  });

  it('AO206 when no row of examples.csv fits', async () => {
    const { findings, signature } = await readSklearn('classifier', {
      examples: 'age,plan,region\n30,gold,north\n',
    });
    expect(findings).toMatchObject([{ code: 'AO206', severity: 'warning', line: 2 }]);
    expect(findings[0]?.cause).toBe(
      '`income`: needed, missing. `plan`: "gold" is not one of basic, plus, pro.',
    );
    expect(signature.example).toMatchObject({ plan: 'basic' });
  });

  it('AO205 for what is no input', async () => {
    const { findings } = await readSklearn('forest', { settings: { inputs: { wtt: { min: 1 } } } });
    expect(findings).toMatchObject([{ code: 'AO205', severity: 'error' }]);
    expect(findings[0]?.message).toContain('Did you mean `wt`?');
  });

  it('AO207 for what is no model, AO209 for what is not there', async () => {
    const artifact = join(folder(), 'model.joblib');
    writeFileSync(artifact, 'nothing');
    const { findings } = await read({ artifact });
    expect(findings).toMatchObject([{ code: 'AO207', severity: 'error' }]);
    const absent = await read({ settings: { artifact: 'model-service/artifacts/none.joblib' } });
    expect(absent.findings[0]).toMatchObject({
      code: 'AO209',
      message: 'There is no model-service/artifacts/none.joblib.',
    });
  });

  it('AO303: a hostile pickle is named, not opened; in the box it reaches nothing', async () => {
    const place = folder();
    const mark = join(place, 'mark');
    const artifact = join(place, 'model.pkl');
    writeFileSync(artifact, `cposix\nsystem\n(S'touch ${mark}'\ntR.`);
    const { findings } = await read({ artifact });
    expect(findings).toMatchObject([{ code: 'AO303', severity: 'error' }]);
    expect(findings[0]?.message).toContain('posix.system');
    expect(existsSync(mark)).toBe(false);
    if (existsSync('/usr/bin/bwrap')) {
      // Written so that the scan does not see it: it runs where there is nothing to touch.
      const word = (text: string) => `X${String.fromCodePoint(text.length)}\0\0\0${text}`;
      const call = `\u0080\u0004${word('posix')}${word('system')}\u0093${word(`touch ${mark}`)}\u0085R.`;
      writeFileSync(artifact, call, 'latin1');
      expect((await read({ artifact })).findings).toMatchObject([
        { code: 'AO207', cause: 'it holds a int, which has no predict()' },
      ]);
      expect(existsSync(mark)).toBe(false);
    }
    const untrusted = makeProject(folder(), { artifact: makeSklearnModel(folder(), 'forest') });
    const [model] = untrusted.models;
    if (model === undefined) throw new Error('no model');
    const report = await readSignature({ project: untrusted, model, isTrusted: () => false });
    expect(report.findings).toMatchObject([{ code: 'AO303' }]);
    expect(report.findings[0]?.fix).toContain('ao trust model-service/artifacts/forest.joblib');
    // Whatever it is called: Python opens it as a pickle, and R as an .rds.
    for (const [name, language] of [
      ['model.bin', 'python'],
      ['model.SKOPS', 'python'],
      ['model.onnx', 'python'],
      ['model', 'r'],
    ] as const) {
      writeFileSync(join(place, name), 'x');
      const { findings: found } = readArtifact(join(place, name), name, language, () => false);
      expect([name, found[0]?.code]).toEqual([name, 'AO303']);
    }
  });

  it('AO301 when the interpreter that was set has not what the model needs', async () => {
    const { findings } = await readSklearn('forest', { settings: { python: '/usr/bin/env' } });
    expect(findings).toMatchObject([{ code: 'AO301', severity: 'error' }]);
  });
});

describe.skipIf(r.skip)(`R${r.note}`, () => {
  it('lm and glm tell classes, levels and training ranges', async () => {
    const { signature, platform, findings } = await readR('lm');
    expect(findings).toEqual([]);
    expect(platform).toBe('r_lm');
    expect(brief(signature.inputs)).toEqual(['wt: number', 'hp: number', 'cyl: category 4 6 8']);
    expect(signature.inputs.map(({ trained }) => trained)).toEqual([
      { min: 1.513, max: 5.424 },
      { min: 52, max: 335 },
      undefined,
    ]);
    expect(signature.example).toEqual({ wt: 3.325, hp: 123, cyl: '8' });
    const { task, classes } = (await readR('glm')).signature;
    expect({ task, classes }).toEqual({ task: 'probability', classes: ['FALSE', 'TRUE'] });
  });

  it('sees through log() and poly(), knows logicals, dates and nls', async () => {
    const { signature } = await readR('log');
    expect(brief(signature.inputs)).toEqual(['wt: number', 'hp: number', 'manual: boolean']);
    expect(signature.inputs[0]?.trained?.max).toBe(5.424);
    expect(brief((await readR('dates')).signature.inputs)).toEqual(['day: date', 'open: boolean']);
    expect(brief((await readR('nls')).signature.inputs)).toEqual(['wt: number']);
  });
});

it.skipIf(r.skip)(`formulas with more than columns${r.note}`, async () => {
  const { signature, findings } = await readR('power');
  expect(brief(signature.inputs)).toEqual(['wt: number', 'cyl: category 4 6 8']);
  expect(findings).toEqual([]);
  const dollar = await readR('dollar');
  expect(dollar.findings).toMatchObject([{ code: 'AO207', severity: 'error' }]);
  expect(dollar.findings[0]?.message).toContain('its formula says mtcars$wt');
});

describe.skipIf(onnx.skip)(`ONNX${onnx.note}`, () => {
  it('inputs, outputs and their shapes', async () => {
    const { signature, platform, interpreter } = await readOnnx('named');
    expect({ platform, interpreter }).toEqual({
      platform: 'onnx_onnxruntime',
      interpreter: undefined,
    });
    expect(brief(signature.inputs)).toEqual(['wt: number', 'hp: number']);
    expect(signature.inputs[0]?.datatype).toBe('FP32');
    const classifier = await readOnnx('onnx-classifier');
    expect(brief(classifier.signature.inputs)).toEqual(['features: number [4]']);
    expect(brief(classifier.signature.outputs)).toEqual([
      'label: integer',
      'probability: number [3]',
    ]);
    expect(classifier.signature.task).toBe('classification');
  });

  it('AO207 for what is no ONNX', async () => {
    const artifact = join(folder(), 'model.onnx');
    writeFileSync(artifact, 'nothing at all');
    expect((await read({ artifact })).findings).toMatchObject([{ code: 'AO207' }]);
  });
});

it.skipIf(python.skip)(`MLmodel beside the model${python.note}`, async () => {
  const project = makeProject(folder(), { artifact: makeSklearnModel(folder(), 'forest') });
  const inputs = [
    { name: 'wt', type: 'double' },
    { name: 'hp', type: 'long', required: false },
  ];
  writeFileSync(
    join(project.folder, 'model-service/artifacts/MLmodel'),
    `flavors:\n  sklearn:\n    pickled_model: forest.joblib\nsignature:\n  inputs: '${JSON.stringify(inputs)}'\n`,
  );
  const [model] = project.models;
  if (model === undefined) throw new Error('no model');
  const { signature } = await readSignature({ project, model });
  expect(brief(signature.inputs)).toEqual(['wt: number', 'hp: integer']);
  expect(signature.inputs[1]?.required).toBe(false);
});

it.skipIf(python.skip)(
  `names from examples where there is nothing else${python.note}`,
  async () => {
    const code = 'def predict(df):\n    return df["wt"] * 2\n';
    const { readFileSync } = await import('node:fs');
    const examples = readFileSync(makeExamples(folder(), 'cars'), 'utf8');
    const { signature, style, findings } = await read({ code, examples });
    expect(findings).toEqual([]);
    expect(style).toBe('table');
    expect(brief(signature.inputs)).toEqual(['wt: number', 'hp: number']);
    // The only column has the name of the only parameter: a value, not a table.
    const one = await read({
      code: 'def predict(age):\n    return age * 2\n',
      examples: 'age\n3\n',
    });
    expect([one.style, ...brief(one.signature.inputs)]).toEqual(['row', 'age: number']);
  },
);

it.skipIf(r.skip)(
  `the arguments of an R function come before an examples.csv with their old names${r.note}`,
  async () => {
    const renamed = { language: 'r', examples: 'wt\n2.5\n' } as const;
    const one = await read({ ...renamed, code: 'predict_one <- function(weight) weight * 2\n' });
    expect([one.style, ...brief(one.signature.inputs)]).toEqual(['row', 'weight: number']);
    expect(one.findings).toMatchObject([
      { code: 'AO206', line: 1, fix: expect.stringContaining('`wt` to `weight`') },
    ]);
    // One that may be left out is missed by no row, and its old column would be dropped in silence.
    const two = await read({
      ...renamed,
      code: 'predict_one <- function(wt, power = 1) wt * power\n',
      examples: 'wt,hp\n2.5,100\n',
    });
    expect(two.findings).toMatchObject([
      { code: 'AO206', message: expect.stringContaining('`hp` is no input, and `power` has no') },
    ]);
  },
);
