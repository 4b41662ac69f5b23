import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { removeProjects, writeProject } from '../testing/check-fixture.ts';
import { findOwnRuff } from '../stages/quality.ts';
import { runRuff } from './ruff.ts';

afterAll(removeProjects);

const CODE = `import os
import math


def predict(x: float) -> float:
    é = math.sqrt(x); y = 1
    if é == None:
        return 0
    return   é
`;

const order = (folder: string, isFixing = false) => ({
  folder,
  files: ['model.py'],
  isFixing,
  env: {},
  signal: new AbortController().signal,
});

describe('the bundled ruff', () => {
  test('finds mistakes with their lines, without any Python', async () => {
    const folder = writeProject({ 'model.py': CODE });
    const { name, lints, unformatted, fixed } = await runRuff(order(folder), undefined);
    expect(name).toMatch(/^ruff \d+\.\d+\.\d+ \(bundled\)$/);
    const found = lints.map(({ line, rule, isFixable }) => [rule, line, isFixable]);
    expect(found).toContainEqual(['F401', 1, true]);
    expect(found).toContainEqual(['F841', 6, false]);
    expect(unformatted).toEqual(['model.py']);
    expect(fixed).toEqual([]);
    expect(readFileSync(join(folder, 'model.py'), 'utf8')).toBe(CODE);
  });

  test('repairs only what changes nothing, and formats', async () => {
    const folder = writeProject({ 'model.py': CODE });
    const { fixed, unformatted, lints } = await runRuff(order(folder, true), undefined);
    expect(fixed).toEqual(['model.py']);
    expect(unformatted).toEqual([]);
    const text = readFileSync(join(folder, 'model.py'), 'utf8');
    expect(text).toContain('import math\n');
    expect(text).not.toContain('import os');
    expect(text).toContain('    é = math.sqrt(x)\n    y = 1\n    if é == None:');
    expect(lints.every(({ isFixable }) => !isFixable)).toBe(true);
  });

  test('code that is no Python is one finding a place, and stays as it is', async () => {
    const folder = writeProject({ 'model.py': 'def f(:\n  pass\n' });
    const { lints, fixed, unformatted } = await runRuff(order(folder, true), undefined);
    expect(lints[0]).toMatchObject({ rule: 'invalid-syntax', line: 1 });
    expect([...fixed, ...unformatted]).toEqual([]);
  });

  test('settings of the project count', async () => {
    const files = {
      'model.py': 'import os\n',
      'pyproject.toml': '[tool.ruff.lint]\nignore = ["F401"]\n',
    };
    const { lints } = await runRuff(order(writeProject(files)), undefined);
    expect(lints).toEqual([]);
  });
});

describe("the project's own ruff", () => {
  const SCRIPT = `#!/bin/sh
case "$1 $2" in
  --version*) echo "ruff 9.9.9" ;;
  "format --check") echo "Would reformat: model.py"; exit 1 ;;
  "check --output-format")
    echo '[{"code":"E711","message":"Comparison","filename":"model.py","location":{"row":7,"column":1},"fix":{"applicability":"unsafe","message":"Replace"}}]'
    exit 1 ;;
esac
`;

  test('is found in the environment of the project and asked instead', async () => {
    const folder = writeProject({ 'model.py': CODE, '.venv/bin/ruff': SCRIPT });
    const program = findOwnRuff(folder, { PATH: '/nowhere' });
    expect(program).toBe(join(folder, '.venv/bin/ruff'));
    chmodSync(program ?? '', 0o755);
    const report = await runRuff({ ...order(folder), env: { PATH: '/usr/bin:/bin' } }, program);
    expect(report).toEqual({
      name: 'ruff 9.9.9',
      lints: [
        {
          file: 'model.py',
          line: 7,
          rule: 'E711',
          message: 'Comparison',
          isFixable: false,
          help: 'Replace',
        },
      ],
      unformatted: ['model.py'],
      fixed: [],
    });
  });

  test('one that does not answer as ruff does is AO612', async () => {
    const folder = writeProject({ 'model.py': CODE });
    writeFileSync(join(folder, 'ruff'), '#!/bin/sh\necho broken >&2\nexit 7\n', { mode: 0o755 });
    const asked = runRuff(
      { ...order(folder), env: { PATH: '/usr/bin:/bin' } },
      join(folder, 'ruff'),
    );
    await expect(asked).rejects.toMatchObject({ code: 'AO612' });
  });
});
