import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { VersionManifest } from '../versions/version.ts';
import { listLocks } from './lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'coaia-lock-'));
mkdirSync(join(folder, 'code'));
afterAll(() => rmSync(folder, { recursive: true }));

async function lockR() {
  const interpreter = { path: '', version: '4.2.2', packages: { mgcv: '1.8-41' } };
  const manifest = { language: 'r', interpreter } as unknown as VersionManifest;
  const entries = await listLocks([{ manifest, folder }]);
  return Object.fromEntries(entries.map(({ path, content }) => [path, String(content)]));
}

test('R: the packages of the model, those of DESCRIPTION, and nothing but renv.lock where there is one', async () => {
  expect(await lockR()).toMatchObject({ 'packages.txt': 'mgcv 1.8-41\n', 'renv.lock': '' });
  writeFileSync(
    join(folder, 'code/DESCRIPTION'),
    'Package: fuel\nDepends: R (>= 4.2.2), nlme\nImports: MASS (>= 7.3),\n    mgcv (== 1.8-41)\nSuggests: testthat\n',
  );
  expect(await lockR()).toMatchObject({ 'packages.txt': 'mgcv 1.8-41\nnlme\nMASS\n' });
  writeFileSync(join(folder, 'code/renv.lock'), '{}');
  expect(await lockR()).toMatchObject({ 'packages.txt': '', 'renv.lock': '{}' });
});
