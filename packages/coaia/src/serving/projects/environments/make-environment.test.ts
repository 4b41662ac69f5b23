import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findInterpreter } from '../../interpreters/find-interpreter.ts';
import { hasR, RSCRIPT } from '../../testing/fixtures.ts';
import { makeEnvironments } from './make-environment.ts';

const root = mkdtempSync(join(tmpdir(), 'ao-environment-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const env = { PATH: '/usr/bin:/bin' };
const r = hasR();

test.skipIf(r.skip)(
  `R: a library of copies, which is preferred and can be moved${r.note}`,
  async () => {
    const folder = join(root, 'before');
    mkdirSync(folder);
    const interpreter = {
      path: RSCRIPT,
      version: '',
      packages: { jsonlite: '', stats: '', notThereAtAll: '' },
    };
    const request = { folder, env, python: undefined, r: interpreter };
    expect(await makeEnvironments(request)).toEqual([
      'Made .rlib with 1 packages.',
      `Not installed here: notThereAtAll. Run .rlib/bin/Rscript -e 'install.packages(c("notThereAtAll"))'.`,
    ]);
    expect(await makeEnvironments(request)).toEqual(['.rlib is there already.']);
    const moved = join(root, 'after');
    renameSync(folder, moved);
    const found = await findInterpreter({ language: 'r', needs: ['jsonlite'], cwd: moved, env });
    expect(found.path).toBe(join(moved, '.rlib/bin/Rscript'));
    const code = 'cat(find.package("jsonlite"), jsonlite::toJSON(1))';
    expect(execFileSync(found.path, ['--vanilla', '-e', code], { env, encoding: 'utf8' })).toBe(
      `${join(moved, '.rlib/library/jsonlite')} [1]`,
    );
  },
);

test('AO114: nothing to make one for', async () => {
  const request = { folder: root, env, python: undefined, r: undefined };
  await expect(makeEnvironments(request)).rejects.toMatchObject({ code: 'AO114' });
});
