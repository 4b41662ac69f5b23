/** Objects that cannot answer rows as they are, and code that explains. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasPython, hasR, RSCRIPT } from '../testing/fixtures.ts';
import { makeProject } from '../testing/project-fixture.ts';
import type { ProjectFixture } from '../testing/project-fixture.ts';
import { findUnsure, readSignature } from './read-signature.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'coaia-signature-'));
const python = hasPython();
const r = hasR();

async function read(fixture: ProjectFixture) {
  const project = makeProject(folder(), fixture);
  const [model] = project.models;
  if (model === undefined) throw new Error('no model');
  return readSignature({ project, model });
}

it.skipIf(r.skip)(`a forecast takes no rows: AO207 says what to write${r.note}`, async () => {
  const artifact = join(folder(), 'lake.rds');
  const save = `saveRDS(arima(lh, order = c(1, 0, 0)), "${artifact}")`;
  execFileSync(RSCRIPT, ['--vanilla', '-e', save]);
  const { findings } = await read({ artifact });
  expect(findings).toMatchObject([{ code: 'AO207', severity: 'error' }]);
  expect(findings[0]?.cause).toContain('a Arima forecasts the steps after its own series');
  expect(findings[0]?.fix).toContain('predict_one <- function(model, steps = 1L)');
});

it('AO212: numbers or codes of a factor, until ao.toml says which', () => {
  const object = { clues: [{ name: 'cyl', type: 'number', isUnsure: true } as const] };
  expect(findUnsure({ artifact: 'forest.rds', inputs: {} }, object)).toMatchObject([
    {
      code: 'AO212',
      severity: 'error',
      message: expect.stringContaining('`cyl` is a number or a factor'),
    },
  ]);
  const inputs = { cyl: { levels: ['4', '6', '8'] } };
  expect(findUnsure({ artifact: 'forest.rds', inputs }, object)).toEqual([]);
});

it.skipIf(python.skip)(`explain beside predict: seen, or AO211${python.note}`, async () => {
  const predict = 'def predict(wt: float) -> float:\n    return wt\n';
  const seen = await read({ code: `${predict}def explain(wt): return {"part": wt / 2}\n` });
  expect(seen.findings).toEqual([]);
  expect(seen.signature.explanation).toMatchObject({ kind: 'code', outputs: [{ name: 'part' }] });
  const broken = await read({ code: `${predict}def explain(wt): return missing\n` });
  expect(broken.signature.explanation).toBeUndefined();
  expect(broken.findings).toMatchObject([{ code: 'AO211', severity: 'error' }]);
  expect(broken.findings[0]?.cause).toContain("name 'missing' is not defined");
});
