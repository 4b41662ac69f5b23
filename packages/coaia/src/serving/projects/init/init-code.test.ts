/** `ao init --from` with code: what it writes runs as it is written. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import { hasPython, hasR, PYTHON, RSCRIPT } from '../../testing/fixtures.ts';

const root = mkdtempSync(join(tmpdir(), 'ao-init-code-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

function makeFolder(): string {
  const folder = join(root, `case-${++count}`);
  mkdirSync(folder);
  return folder;
}

const run = (line: string, cwd: string) =>
  runCoaia(`ops ${line}`, { cwd, home: join(root, 'home'), env: { PATH: process.env['PATH'] } });

const RISK = `"""Risk."""


def predict(age: int, smoker: bool = False) -> float:
    """Risk of a person."""
    return age * 0.01 + smoker * 0.2
`;

/** Without pytest; a failing test throws. */
function runPythonTests(service: string): void {
  execFileSync(PYTHON, ['-c', RUN_TESTS], { cwd: service, stdio: 'pipe' });
}

const RUN_TESTS = `import runpy, sys
sys.path.insert(0, ".")
tests = [f for name, f in runpy.run_path("tests/test_model.py").items() if name.startswith("test_")]
for test in tests: test()
assert tests`;

/** Without testthat. */
const RUN_R_TESTS =
  'test_that <- function(name, code) force(code); expect_false <- function(x) stopifnot(!x); source("test-model.R")';

const python = hasPython();
describe.skipIf(python.skip)(`Python${python.note}`, () => {
  test('code is the model: types and defaults of its arguments make examples and a test that pass', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, 'risk.py'), RISK);
    const { stderr } = await run('init --from risk.py', cwd);
    expect(stderr).toContain('does not tell usual values of age.');
    const folder = join(cwd, 'risk');
    const service = join(folder, 'model-service');
    expect(readFileSync(join(service, 'model.py'), 'utf8')).toBe(RISK);
    expect(readFileSync(join(service, 'examples.csv'), 'utf8')).toBe('age,smoker\n0,false\n');
    runPythonTests(service);
    expect((await run('check --only model', folder)).code).toBe(0);
  });

  test('an argument without a type is named and nothing is made up; a table takes the rows beside the code', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, 'model.py'), 'def predict(age: int, smoker):\n    return age\n');
    const untyped = await run('init untyped --from model.py', cwd);
    expect(untyped.stderr).toContain('AO201 model.py line 1');
    expect(untyped.stderr).not.toContain('examples.csv is made up');
    expect(untyped.code).toBe(0);
    expect(existsSync(join(cwd, 'untyped/model-service/examples.csv'))).toBe(false);
    writeFileSync(join(cwd, 'model.py'), 'def predict(df):\n    return df["a"] * 2\n');
    expect((await run('init empty --from model.py', cwd)).stderr).toContain('AO204');
    writeFileSync(join(cwd, 'examples.csv'), 'a,b\n1,x\n');
    expect((await run('init table --from model.py', cwd)).stderr).not.toMatch(/AO\d/);
    expect(readFileSync(join(cwd, 'table/model-service/examples.csv'), 'utf8')).toBe('a,b\n1,x\n');
    runPythonTests(join(cwd, 'table/model-service'));
  });
});

const FUEL = `predict_one <- function(wt, cyl = c("4", "8"), day = as.Date("2024-05-01")) {
  30 - wt - (cyl == "8")
}
`;

const r = hasR();
describe.skipIf(r.skip)(`R${r.note}`, () => {
  test('code is the model', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, 'fuel.R'), FUEL);
    expect((await run('init --from fuel.R', cwd)).code).toBe(0);
    const service = join(cwd, 'fuel/model-service');
    expect(readFileSync(join(service, 'model.R'), 'utf8')).toBe(FUEL);
    expect(readFileSync(join(service, 'examples.csv'), 'utf8')).toBe(
      'wt,cyl,day\n0,4,2024-05-01\n',
    );
    const cwdOfTests = join(service, 'tests/testthat');
    execFileSync(RSCRIPT, ['-e', RUN_R_TESTS], { cwd: cwdOfTests, stdio: 'pipe' });
  });
});
