/** The stages interface and model over real workers of Python and R. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCoaia } from '../../cli/testing.ts';
import { addTrust } from '../projects/trust.ts';
import {
  hasPython,
  hasR,
  makeExamples,
  makeRModel,
  makeSklearnModel,
  PYTHON,
} from '../testing/fixtures.ts';
import { makeProject } from '../testing/project-fixture.ts';
import type { ProjectFixture } from '../testing/project-fixture.ts';
import { checkProject } from './check.ts';
import type { CheckReport, Stage } from './report.ts';
import {
  CARS,
  numberField,
  removeProjects,
  runCheck,
  toLines,
  writeProject,
} from './testing/check-fixture.ts';

const work = mkdtempSync(join(tmpdir(), 'ao-check-model-'));
const home = join(work, 'home');

afterAll(() => {
  removeProjects();
  rmSync(work, { recursive: true, force: true });
});

let count = 0;

function make(fixture: ProjectFixture): string {
  count++;
  const folder = join(work, `project-${count}`);
  // The fixture sets interpreters in its settings only; the file must say them as well.
  const key =
    fixture.artifact?.endsWith('.rds') === true
      ? 'rscript = "/usr/bin/Rscript"'
      : `python = "${PYTHON}"`;
  makeProject(folder, { ...fixture, toml: `${key}\n${fixture.toml ?? ''}` });
  return folder;
}

function trust(path: string): string {
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  addTrust(home, { path, sha256 });
  return path;
}

function check(folder: string, only: readonly Stage[], isFixing = false): Promise<CheckReport> {
  const env = { PATH: '/usr/bin:/bin', HOME: work };
  const signal = new AbortController().signal;
  return checkProject({ cwd: folder, env, home, isFixing, only, signal });
}

const toNotes = ({ stages }: CheckReport) =>
  stages.flatMap(({ notes }) => notes).map(({ text }) => text);

const toFindings = ({ stages }: CheckReport) => stages.flatMap(({ findings }) => findings);

/** Results by digest, as `.ao/check.json` keeps them. */
function readProofs(folder: string): readonly { readonly isHonest: boolean }[] {
  const text = readFileSync(join(folder, '.ao/check.json'), 'utf8');
  return Object.values(
    (JSON.parse(text) as { honesty: Record<string, { isHonest: boolean }> }).honesty,
  );
}

test('AO210 when the description is outdated; --fix writes it again and says so', async () => {
  const folder = writeProject({ 'model-service/model.py': 'def predict(wt, hp): ...\n' });
  const look = (isFixing = false) => runCheck(folder, { only: ['interface'], isFixing });
  const missing = toLines(await look());
  expect(missing).toContain('AO210 error model-interface/anops.proto');
  const { stages } = await look(true);
  expect(stages[0]?.fixed).toHaveLength(missing.length);
  expect(stages[0]?.fixed).toContain('model-interface/anops.proto: written again');
  expect(toLines(await look())).toEqual([]);
  const file = join(folder, 'model-interface/signature.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"wt"', '"weight"'));
  const edited = await look();
  expect(toLines(edited)).toEqual([
    expect.stringMatching(/^AO210 error model-interface\/signature\.json:\d+$/),
  ]);
  expect(toFindings(edited)[0]?.cause).toContain('should be');
  expect(toLines(await look(true))).toEqual([]);
  expect(toLines(await look())).toEqual([]);
});

const python = hasPython();

describe.skipIf(python.skip)(`Python${python.note}`, () => {
  const artifact = () => trust(makeSklearnModel(join(work, 'models'), 'classifier'));
  const examples = () => readFileSync(makeExamples(join(work, 'models'), 'customers'), 'utf8');

  test('a fitted pipeline is described, loaded, asked and proved', async () => {
    const folder = make({ artifact: artifact(), examples: examples() });
    const fixed = await check(folder, ['interface', 'model'], true);
    expect(toLines(fixed)).toEqual([]);
    expect(fixed.stages[0]?.fixed).toContain('model-interface/anops.proto: written again');
    expect(toNotes(fixed)).toEqual([
      'contract (4 inputs checked)',
      expect.stringMatching(/^Python 3\.\d+\.\d+, scikit-learn \d/),
      expect.stringMatching(/^smoke test \(\d+ requests\)$/),
      expect.stringMatching(/^rows together as one by one \(\d+ rows\)$/),
    ]);
    expect(readProofs(folder)).toMatchObject([{ isHonest: true }]);
    expect(readdirSync(join(folder, '.ao'))).toEqual(['check.json']);
  });

  test('AO403 names the row of the examples on which a missing value makes the model fail', async () => {
    const [header = '', first = '', second = ''] = examples().split('\n');
    const hollow = second.replace(/^[^,]*/, '');
    const folder = make({
      artifact: artifact(),
      examples: `${header}\n${first}\n${hollow}\n`,
      toml: 'on_na = "pass"',
    });
    const report = await check(folder, ['model']);
    expect(toLines(report)).toEqual([
      'AO403 error model-service/examples.csv:3',
      'AO403 error ao.toml:6',
    ]);
    expect(toFindings(report)[0]?.message).toContain(
      'Row 2 of the examples (`age` missing) made the model fail',
    );
  });

  test('AO303: a pickle from elsewhere is not opened', async () => {
    const file = join(work, 'evil.joblib');
    const marker = join(work, 'marker');
    execFileSync(PYTHON, [
      '-c',
      `import joblib, os
class Evil:
    def __reduce__(self):
        return os.system, ("touch ${marker}",)
joblib.dump(Evil(), "${file}")`,
    ]);
    const report = await check(make({ artifact: file }), ['interface', 'model']);
    expect(toLines(report)).toContainEqual(expect.stringMatching(/^AO303 error/));
    expect(existsSync(marker)).toBe(false);
  });

  const CENTRED = `import pandas as pd


def predict(df: pd.DataFrame) -> pd.Series:
    return df["wt"] - df["wt"].mean()
`;
  const CARS_CSV = 'wt\n2.5\n3.1\n4.0\n';

  test('AO405 for a model that centres by the mean of the request, an error when ao.toml insists', async () => {
    const files = { code: CENTRED, examples: CARS_CSV };
    const folder = make(files);
    const report = await check(folder, ['model']);
    expect(toLines(report)).toEqual(['AO405 warning model-service/model.py']);
    expect(toFindings(report)[0]?.message).toMatch(
      /^Predicting \d+ rows together differs from one by one \(max diff [\d.]+ in row \d+\): batching off/,
    );
    expect(readProofs(folder)).toMatchObject([{ isHonest: false }]);
    writeFileSync(
      join(folder, 'ao.toml'),
      `${readFileSync(join(folder, 'ao.toml'), 'utf8')}[model.batch]\nenabled = true\n`,
    );
    const signature = { ...CARS, inputs: [numberField('wt')], example: { wt: 2.5 } };
    const known = { signature, style: 'table' } as const;
    const forced = await runCheck(folder, { only: ['model'], report: known });
    expect(toLines(forced)).toEqual([expect.stringMatching(/^AO405 error ao\.toml:\d+$/)]);
  });

  test('AO493 for a model that draws random numbers', async () => {
    const code = `import random


def predict(wt: float) -> float:
    return wt + random.random()
`;
    expect(toLines(await check(make({ code, examples: CARS_CSV }), ['model']))).toEqual([
      'AO493 warning model-service/model.py',
    ]);
  });

  test('AO492 for code that cannot be loaded, with what Python said', async () => {
    const folder = writeProject({
      'model-service/model.py': 'import no_such_module\n\n\ndef predict(wt, hp):\n    return wt\n',
      'model-service/examples.csv': 'wt,hp\n1,2\n',
    });
    const report = await runCheck(folder, { only: ['model'] });
    expect(toLines(report)).toEqual(['AO492 error model-service/model.py']);
    expect(JSON.stringify(toFindings(report))).toContain('no_such_module');
  });
});

const r = hasR();

describe.skipIf(r.skip)(`R${r.note}`, () => {
  test('a fitted glm is loaded, asked and proved', async () => {
    const artifact = trust(makeRModel(join(work, 'models'), 'glm'));
    const folder = make({ artifact, examples: 'wt,hp\n2.5,110\n3.2,175\n' });
    const report = await check(folder, ['model']);
    expect(toLines(report)).toEqual([]);
    expect(readProofs(folder)).toMatchObject([{ isHonest: true }]);
  });
});

describe('the command', () => {
  test('exits with 0, 1 and 2, in words and in JSON', async () => {
    const folder = writeProject({ 'model-service/model.py': 'def predict(x: float): ...\n' });
    const options = { cwd: folder, env: { PATH: '/usr/bin:/bin' } };
    const good = await runCoaia('ops check --only config', options);
    expect(good).toMatchObject({ code: 0, stderr: '' });
    expect(good.stdout).toBe(
      'ok  ao.toml      ok  no secrets in files\n\nEverything that was looked at is in order. Not looked at: structure, interface, model, tests, quality, deploy.\n',
    );
    writeFileSync(join(folder, 'ao.toml'), '[project]\nname = "cars"\nowner = 3\n');
    const bad = await runCoaia('ops check --only config', options);
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain('error  AO102  ao.toml:3\n');
    expect(bad.stdout).toMatch(
      /\n1 error\. Not looked at: .*ao explain CODE says more about a code\.\n/,
    );
    const json = await runCoaia('ops check --only config --json', options);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      errors: 1,
      stages: [{ stage: 'config', findings: [{ code: 'AO102', line: 3 }] }],
    });
    const quiet = await runCoaia('ops check --only config --quiet', options);
    expect(quiet.stdout.startsWith('error  AO102')).toBe(true);
    expect(quiet.stdout).not.toContain('ok  ');
  });

  test('shows twenty of one kind and counts the rest', async () => {
    const lines = Array.from({ length: 23 }, (_, at) => `print(nothing_${at})\n`).join('');
    const folder = writeProject({ 'model-service/model.py': lines });
    const options = { cwd: folder, env: { PATH: '/usr/bin:/bin' } };
    const toml = '[project]\nname = "cars"\n[check]\npytest = "none"\n';
    writeFileSync(join(folder, 'ao.toml'), toml);
    const { stdout } = await runCoaia('ops check --only quality', options);
    expect(stdout.match(/^error {2}AO614/gm)).toHaveLength(20);
    expect(stdout).toContain('\n\nAnd 3 more of AO614; ao check --json has all.\n\n23 errors.');
  });

  test('AO617 for a stage that does not exist, AO110 outside of a project: exit 2', async () => {
    const unknown = await runCoaia('ops check --only confg', { cwd: writeProject({}) });
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toContain('AO617');
    const nowhere = await runCoaia('ops check', {});
    expect(nowhere).toMatchObject({ code: 2, stdout: '' });
    expect(nowhere.stderr).toContain('AO110');
  });

  test('--explain without a model says in one sentence how to configure one', async () => {
    const folder = writeProject({ 'ao.toml': '[project]\n' });
    const result = await runCoaia('ops check --only config --explain', { cwd: folder });
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('coaia models connections set');
    expect(result.stdout).toContain('AO105');
  });
});
