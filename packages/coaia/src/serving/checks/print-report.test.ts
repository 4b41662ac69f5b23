import { afterAll, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import { removeProjects, writeProject } from './testing/check-fixture.ts';

afterAll(removeProjects);

test('the last line says what was not measured and not looked at; --strict counts warnings', async () => {
  const cwd = writeProject({
    'ao.toml': '[project]\nname = "cars"\n[check]\npytest = "none"\n',
    'model-service/model.py': 'def predict(wt: float) -> float:\n    return wt\n',
    'model-service/Dockerfile': '',
    'model-interface/signature.json': '{}',
  });
  const check = (line: string) => runCoaia(`ops check ${line}`, { cwd });
  const lax = await check('--only structure,tests');
  expect([lax.code, lax.stdout.trim().split('\n').at(-1)]).toEqual([
    0,
    '1 warning, nothing that stops you. Not measured: tests. Not looked at: config, interface, model, quality, deploy. ao explain CODE says more about a code.',
  ]);
  const strict = await check('--only structure,tests --strict');
  expect([strict.code, strict.stdout]).toEqual([
    1,
    expect.stringContaining('1 warning, and --strict counts it.'),
  ]);
  const fine = await check('--only tests --strict --json');
  expect([fine.code, JSON.parse(fine.stdout)]).toEqual([
    0,
    expect.objectContaining({ unmeasured: ['tests'], warnings: 0 }),
  ]);
  expect((await check('--only config')).stdout).toContain('Everything that was looked at is in');
});
