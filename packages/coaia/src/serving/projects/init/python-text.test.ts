/** The test that comes with a fitted model runs as it is written. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Field } from '../../signatures/signature.ts';
import { hasPython, makeSklearnModel, PYTHON } from '../../testing/fixtures.ts';
import type { SklearnKind } from '../../testing/fixtures.ts';
import { renderTableTest } from './python-text.ts';

const { skip, note } = hasPython();
const place = mkdtempSync(join(tmpdir(), 'coaia-python-text-'));
afterAll(() => rmSync(place, { recursive: true }));

const fixed = { required: true, nullable: false, evidence: 'object' } as const;
const text: Field = { ...fixed, name: 'text', type: 'string', datatype: 'BYTES', shape: [] };
const list: Field = { ...fixed, name: 'features', type: 'number', datatype: 'FP64', shape: [2] };

test.skipIf(skip).each<[SklearnKind, Field, string]>([
  ['texts', text, 'text\na good one\nbad\nso bad\n'],
  ['regressor', list, 'features\n"[3, 110]"\n"[2, 90]"\n'],
])(`%s with the inputs of its signature${note}`, (kind, input, examples) => {
  const folder = join(place, kind);
  for (const name of ['artifacts', 'tests']) mkdirSync(join(folder, name), { recursive: true });
  makeSklearnModel(join(folder, 'artifacts'), kind);
  writeFileSync(join(folder, 'examples.csv'), examples);
  const signature = { inputs: [input], outputs: [], task: 'regression', example: {} } as const;
  const written = renderTableTest(`${kind}.joblib`, signature);
  const file = join(folder, 'tests/test_model.py');
  writeFileSync(file, `${written}\n\ntest_every_example_gets_a_prediction()\nprint("done")\n`);
  const said = execFileSync(PYTHON, [file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(said).toBe('done\n');
});
