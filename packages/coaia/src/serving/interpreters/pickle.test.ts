/** What is told of pickles without opening them. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasPython, makeSklearnModel } from '../testing/fixtures.ts';
import type { SklearnKind } from '../testing/fixtures.ts';
import { listActions, readPickle } from './pickle.ts';

const python = hasPython();
const folder = mkdtempSync(join(tmpdir(), 'coaia-pickle-'));
const read = (kind: SklearnKind) => readPickle(readFileSync(makeSklearnModel(folder, kind)));

describe.skipIf(python.skip)(`joblib${python.note}`, () => {
  it('modules and the version that saved it, compressed or not', () => {
    const plain = read('classifier');
    expect(plain.modules).toEqual(['joblib', 'numpy', 'sklearn']);
    expect(plain.globals).toContain('sklearn.preprocessing._encoders.OneHotEncoder');
    expect(read('packed')).toEqual(plain);
    expect(plain.sklearn).toMatch(/^1\./);
    expect(read('skewed').sklearn).toBe('0.24.2');
    expect(read('forest').globals).toContain('sklearn.tree._tree.Tree');
    expect(listActions(plain)).toEqual([]);
    // Half a gigabyte does not fit into one text.
    const bytes = readFileSync(makeSklearnModel(folder, 'forest'));
    expect(readPickle(bytes, 5000)).toEqual(readPickle(bytes));
  });
});

it('names what a hostile pickle would call', () => {
  const old = readPickle(Buffer.from("cposix\nsystem\n(S'touch x'\ntR."));
  expect(listActions(old)).toEqual(['posix.system']);
  const words = ['\u0080\u0004\u008C\u0005posix\u0094\u008C\u0006system\u0094\u0093.'];
  expect(listActions(readPickle(Buffer.from(words.join(''), 'latin1')))).toEqual(['posix.system']);
  const nested = 'csubprocess\nPopen\n';
  expect(listActions(readPickle(Buffer.from(nested)))).toEqual(['subprocess.Popen']);
});

it('says when it cannot read', () => {
  expect(readPickle(Buffer.from('BZh91AY')).isReadable).toBe(false);
  expect(readPickle(Buffer.from([0x1f, 0x8b, 1, 2])).isReadable).toBe(false);
  expect(readPickle(new Uint8Array()).modules).toEqual([]);
});
