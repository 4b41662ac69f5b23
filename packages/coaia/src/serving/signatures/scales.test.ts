/** Training ranges and examples of fitted objects are on the scale of the rows, not on one inside of the model. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  PYTHON,
  RSCRIPT,
  hasPython,
  hasR,
  makeRModel,
  makeSklearnModel,
} from '../testing/fixtures.ts';
import { readObject } from './read-object.ts';

const python = hasPython();
const r = hasR();

async function readClues(language: 'python' | 'r', path: string) {
  const interpreter = language === 'r' ? RSCRIPT : PYTHON;
  const { clues } = await readObject({ language, interpreter, path, file: 'model', isAlone: true });
  return clues;
}

const folder = () => mkdtempSync(join(tmpdir(), 'coaia-scales-'));

it.skipIf(python.skip)(
  `steps behind one that replaces values tell nothing${python.note}`,
  async () => {
    const clues = await readClues('python', makeSklearnModel(folder(), 'scaled'));
    expect(clues).toEqual([{ name: 'wt' }, { name: 'hp' }]);
  },
);

it.skipIf(r.skip)(`log() to a base, and an offset beside the formula${r.note}`, async () => {
  const clues = await readClues('r', makeRModel(folder(), 'rate'));
  expect(clues).toMatchObject([
    { name: 'wt', trained: { min: 1.513, max: 5.424 } },
    { name: 'hp', trained: { min: 52, max: 335 } },
  ]);
});
