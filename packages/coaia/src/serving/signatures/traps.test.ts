/** What R and scikit-learn do with rows that nobody checked, measured, and what a caller meets instead. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CoaiaError } from '#base';
import { openRuntime } from '../runtimes/open-runtime.ts';
import {
  PYTHON,
  RSCRIPT,
  hasPython,
  hasR,
  makeRModel,
  makeSklearnModel,
  readExpected,
  readRows,
} from '../testing/fixtures.ts';
import { makeProject } from '../testing/project-fixture.ts';
import type { VersionManifest } from '../versions/version.ts';
import { compileReader } from './reader.ts';
import { readSignature } from './read-signature.ts';
import type { SignatureReport } from './read-signature.ts';
import { toRows } from './tensor-rows.ts';

const python = hasPython();
const r = hasR();
const RULES = { onNa: 'reject', outOfRange: 'flag' } as const;
const folder = () => mkdtempSync(join(tmpdir(), 'coaia-traps-'));

async function read(artifact: string): Promise<{ report: SignatureReport; at: string }> {
  const project = makeProject(folder(), { artifact });
  const [model] = project.models;
  if (model === undefined) throw new Error('no model');
  return { report: await readSignature({ project, model }), at: project.folder };
}

function refuse(report: SignatureReport, row: unknown): CoaiaError {
  try {
    compileReader(report.signature, RULES).readRows([row]);
  } catch (error) {
    return error as CoaiaError;
  }
  throw new Error('was taken');
}

/** The rows as the gateway sends them, answered by a worker. */
async function predict(
  { report, at }: Awaited<ReturnType<typeof read>>,
  file: string,
  rows: readonly unknown[],
) {
  const manifest: VersionManifest = {
    format: 1,
    project: 'traps',
    model: 'trap',
    version: 1,
    digest: '',
    sourceDigest: '',
    language: file.endsWith('.rds') ? 'r' : 'python',
    platform: report.platform,
    artifact: `model-service/artifacts/${file}`,
    style: 'object',
    signature: report.signature,
    ...(report.interpreter === undefined ? {} : { interpreter: report.interpreter }),
    rules: RULES,
    workers: 1,
    preload: false,
    timeoutMs: 60_000,
    maxQueue: 10,
    batch: { enabled: false, maxRows: 64, maxWaitMs: 0 },
    files: {},
    createdAt: '2026-11-21T09:00:00.000Z',
  };
  const runtime = openRuntime(manifest, at, { onLine: () => undefined, isSandboxed: 'auto' });
  try {
    const { batch } = compileReader(report.signature, RULES).readRows(rows);
    const { outputs } = await runtime.predict(batch, { requestId: 'trap' });
    // As it crosses the wire.
    const text = JSON.stringify(toRows(outputs, report.signature));
    return JSON.parse(text) as Record<string, unknown>[];
  } finally {
    await runtime.close();
  }
}

describe.skipIf(r.skip)(`R${r.note}`, () => {
  it('a missing column takes a variable of the same name; here it is refused', async () => {
    const path = makeRModel(folder(), 'glm');
    const code = `m <- readRDS("${path}"); hp <- 110; cat(predict(m, data.frame(wt = 2.62), type = "response"))`;
    // The trap: an answer, and no error.
    expect(
      Number(execFileSync(RSCRIPT, ['--vanilla', '-e', code], { encoding: 'utf8' })),
    ).toBeGreaterThan(0);
    const { report } = await read(path);
    expect(refuse(report, { wt: 2.62 }).message).toBe(
      '`hp`: needed, missing. Example that works: {"wt":3.325,"hp":123}',
    );
  });

  it('seventeen digits: answers are those of predict(), bit for bit, factors included', async () => {
    const path = makeRModel(folder(), 'lm');
    const model = await read(path);
    const expected = readExpected('lm');
    const rows = (expected.rows ?? []).map(({ wt, hp, cyl }) => ({ wt, hp, cyl: Number(cyl) }));
    const answers = await predict(model, 'lm.rds', rows);
    expect(answers.map(({ prediction }) => prediction)).toEqual(expected.prediction.map(Number));
    // Four digits, as plumber rounds, would not be.
    expect(answers[0]?.['prediction']).not.toBe(Number(Number(expected.prediction[0]).toFixed(4)));
    expect(refuse(model.report, { ...rows[0], cyl: '5' }).message).toContain(
      '`cyl`: "5" is not one of 4, 6, 8.',
    );
  });
});

describe.skipIf(python.skip)(`scikit-learn${python.note}`, () => {
  it('says KeyError of a missing column; here it is named', async () => {
    const path = makeSklearnModel(folder(), 'classifier');
    const code = `import joblib, pandas; joblib.load("${path}").predict(pandas.DataFrame([{"age": 1, "income": 2, "region": "north"}]))`;
    // The trap: the words are about columns of a frame that the caller never saw.
    expect(spawnSync(PYTHON, ['-c', code], { encoding: 'utf8' }).stderr).toMatch(/plan/);
    const model = await read(path);
    const error = refuse(model.report, { age: 1, income: 2, region: 'north' });
    expect(error.code).toBe('AO422');
    expect(error.message).toMatch(/^`plan`: needed, missing\. Example that works: /);
    const answers = await predict(model, 'classifier.joblib', readRows('customers'));
    const expected = readExpected('classifier');
    expect(answers.map(({ label }) => label)).toEqual(expected.prediction);
    expect(answers.map(({ probability }) => probability)).toEqual(expected.probability);
  });
});
