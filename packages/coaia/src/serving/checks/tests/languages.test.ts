/** Tests, coverage and style with the real tools of both languages. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { PYTHON, RSCRIPT } from '../../testing/fixtures.ts';
import { removeProjects, runCheck, toLines, writeProject } from '../testing/check-fixture.ts';
import { runPythonTests } from './python-tests.ts';

afterAll(removeProjects);

function isThere(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

const hasPytest = isThere(PYTHON, ['-c', 'import pytest, pytest_cov']);
const hasTestthat = isThere(RSCRIPT, [
  '-e',
  'for (name in c("testthat", "covr", "lintr", "jsonlite")) loadNamespace(name)',
]);

const toml = (rest: string) => `[project]\nname = "cars"\n${rest}`;
const both = ['tests', 'quality'] as const;

/** `unused` of the statements are in a function that no test calls. */
function toModel(statements: number, unused: number): string {
  const used = Array.from({ length: statements - unused - 2 }, () => 'x = 1\n').join('');
  const rest = Array.from({ length: unused }, () => '    y = 2\n').join('');
  return `${used}def predict(wt: float) -> float:\n    return wt\n${unused === 0 ? '' : `def spare():\n${rest}`}`;
}

/** Coverage counts `def spare` itself as run. */
async function measure(statements: number, unused: number) {
  const folder = writeProject({
    'ao.toml': toml('[check]\nruff = "none"\n'),
    'model-service/model.py': toModel(statements - 1, unused),
    'model-service/train.py': 'raise SystemExit("never imported, never counted")\n',
    'model-service/tests/test_model.py':
      'from model import predict\n\n\ndef test_it():\n    assert predict(2.0) == 2.0\n',
  });
  return runCheck(folder, { only: both });
}

describe.skipIf(!hasPytest)(
  `Python${hasPytest ? '' : ' not run: python3-pytest-cov is not installed'}`,
  () => {
    test('AO613: 94.9 per cent fails, 95.0 passes', async () => {
      const low = await measure(1000, 51);
      expect(toLines(low)).toEqual(['AO613 error model-service/model.py:950']);
      const [finding] = low.stages.flatMap(({ findings }) => findings);
      expect(finding?.message).toContain('94.9 % of the model code (949 of 1000)');
      expect(finding?.cause).toContain('model.py 950-1000');
      expect(toLines(await measure(1000, 50))).toEqual([]);
    });

    test('AO610 names the test and the line that failed, and nothing is left behind', async () => {
      const folder = writeProject({
        'model-service/model.py':
          '"""Cars."""\n\n\ndef predict(wt: float) -> float:\n    return wt\n',
        'model-service/tests/test_model.py':
          'from model import predict\n\n\ndef test_good():\n    assert predict(1) == 1\n\n\ndef test_bad():\n    value = predict(2)\n    assert value == 3\n',
      });
      const report = await runCheck(folder, { only: both });
      expect(toLines(report)).toEqual(['AO610 error model-service/tests/test_model.py:10']);
      expect(report.stages[0]?.findings[0]?.message).toContain('`test_bad` failed: assert 2 == 3');
      const left = execFileSync('find', ['.', '-newer', 'ao.toml', '-type', 'f'], { cwd: folder });
      expect(
        left
          .toString()
          .split('\n')
          .filter((name) => !/model\.py$|^$/.test(name)),
      ).toEqual([]);
    });

    test('AO612 for an interpreter without pytest says how to get it', async () => {
      const folder = writeProject({ 'model-service/tests/test_model.py': '' });
      const fake = join(folder, 'python3');
      writeFileSync(fake, `#!/bin/sh\nexec ${PYTHON} -S "$@"\n`, { mode: 0o755 });
      const { missingTools } = await runPythonTests({
        folder,
        interpreter: fake,
        command: 'auto',
        env: { PATH: '/usr/bin:/bin' },
        signal: new AbortController().signal,
      });
      expect(missingTools).toMatchObject([
        { name: 'pytest', fix: expect.stringContaining('pip install') },
      ]);
    });

    test('tests that cannot be collected are AO610 with what pytest said', async () => {
      const folder = writeProject({
        'model-service/model.py': 'def predict(wt: float) -> float:\n    return wt\n',
        'model-service/tests/test_model.py': 'import no_such_module\n',
      });
      const report = await runCheck(folder, { only: ['tests'] });
      expect(toLines(report)[0]).toContain('AO610 error model-service/tests/test_model.py');
    });
  },
);

const R_MODEL = `predict_one <- function(wt, hp = 120) {
  if (wt < 0) {
    stop("no such car")
  }
  37.2 - 3.9 * wt - 0.03 * hp
}
`;

describe.skipIf(!hasTestthat)(
  `R${hasTestthat ? '' : ' not run: testthat, covr and lintr are not installed'}`,
  () => {
    test('AO610, AO613, AO614 with their lines', async () => {
      const tests = 'model-service/tests/testthat/test-model.R';
      const folder = writeProject({
        'model-service/model.R': R_MODEL,
        [tests]:
          'source("../../model.R")\n\ntest_that("it predicts", {\n  expect_equal(predict_one(2.5), 3)\n})\n',
      });
      const failing = await runCheck(folder, { only: ['tests'] });
      expect(toLines(failing)).toEqual([`AO610 error ${tests}:4`]);
      writeFileSync(
        join(folder, tests),
        readFileSync(join(folder, tests), 'utf8').replace('2.5), 3)', '0), 33.6)'),
      );
      const code = R_MODEL.replace('  37.2', '  x = 1\n  x * 37.2');
      writeFileSync(join(folder, 'model-service/model.R'), code);
      const { stages } = await runCheck(folder, { only: both });
      expect(toLines({ stages })).toEqual([
        'AO614 warning model-service/model.R:5',
        'AO613 error model-service/model.R:3',
      ]);
      expect(stages[1]?.findings[1]?.message).toContain('75 % of the model code (3 of 4)');
    });

    test('AO611 for an R project without tests', async () => {
      const folder = writeProject({ 'model-service/model.R': R_MODEL });
      mkdirSync(join(folder, 'model-service/tests'), { recursive: true });
      expect(toLines(await runCheck(folder, { only: ['tests'] }))).toEqual([
        'AO611 warning model-service/tests/testthat/test-model.R',
      ]);
    });
  },
);
