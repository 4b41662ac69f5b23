import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCoaia } from '#cli/testing';
import {
  hasOnnx,
  hasPython,
  hasR,
  makeOnnxModel,
  makeRModel,
  makeSklearnModel,
} from '../../testing/fixtures.ts';
import { isTrusted } from '../trust.ts';

let root = '';
let count = 0;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ao-init-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function makeFolder(): string {
  const folder = join(root, `case-${++count}`);
  mkdirSync(folder);
  return folder;
}

const run = (line: string, cwd: string) =>
  runCoaia(`ops ${line}`, { cwd, home: join(root, 'home'), env: { PATH: process.env['PATH'] } });

/** All files below, relative. */
function list(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted();
}

const COMMON = [
  '.dockerignore',
  '.gitignore',
  'README.md',
  'ao.toml',
  'api-service/Dockerfile',
  'api-service/README.md',
  'docker-compose.yml',
  'model-interface/README.md',
  'model-interface/anops.proto',
  'model-interface/inference.proto',
  'model-interface/openapi.json',
  'model-interface/signature.json',
  'model-service/Dockerfile',
  'model-service/README.md',
];

test('a small Python model with tests, and the next two commands', async () => {
  const cwd = makeFolder();
  const { code, stdout } = await run('init churn', cwd);
  expect(stdout).toBe(
    'Created churn/ (ao.toml, model-service, api-service, model-interface).\nNext:\n  cd churn && ao check\n  ao run up\n',
  );
  expect(code).toBe(0);
  expect(list(join(cwd, 'churn'))).toEqual(
    [
      ...COMMON,
      'model-interface/churn.proto',
      'model-service/conftest.py',
      'model-service/examples.csv',
      'model-service/model.py',
      'model-service/requirements.txt',
      'model-service/tests/test_model.py',
    ].toSorted(),
  );
});

test('nothing is overwritten: exit code 2 with the names, and nothing else is written', async () => {
  const cwd = makeFolder();
  mkdirSync(join(cwd, 'churn'));
  writeFileSync(join(cwd, 'churn/ao.toml'), 'mine');
  const { code, stderr } = await run('init churn', cwd);
  expect(code).toBe(2);
  expect(stderr).toContain('AO106');
  expect(stderr).toContain('churn has these files already: ao.toml. Nothing was written.');
  expect(list(cwd)).toEqual(['churn/ao.toml']);
  expect(readFileSync(join(cwd, 'churn/ao.toml'), 'utf8')).toBe('mine');
  expect((await run('init churn --force', cwd)).code).toBe(0);
  expect(readFileSync(join(cwd, 'churn/ao.toml'), 'utf8')).toContain('name = "churn"');
});

test('--dry-run shows the files and writes nothing; --json says the same for programs', async () => {
  const cwd = makeFolder();
  const { stdout } = await run('init below/here/churn --lang proto-only --dry-run', cwd);
  expect(stdout.trim().split('\n')).toEqual(COMMON.toSorted());
  expect(readdirSync(cwd)).toEqual([]);
  const said = JSON.parse((await run('init churn --lang proto-only --json', cwd)).stdout);
  expect(said).toMatchObject({
    name: 'churn',
    next: ['cd churn && ao check', 'ao run up'],
    dry_run: false,
  });
  expect(list(join(cwd, 'churn'))).toEqual(COMMON.toSorted());
});

test('an empty folder can become the project; its name has to be one', async () => {
  const cwd = join(makeFolder(), 'fuel 2');
  mkdirSync(cwd);
  expect((await run('init . --api fastapi', cwd)).code).toBe(0);
  expect(readFileSync(join(cwd, 'ao.toml'), 'utf8')).toContain('name = "fuel-2"');
  expect(readFileSync(join(cwd, 'api-service/main.py'), 'utf8')).toContain('insecure_channel');
  expect(await run('init 2fast', cwd)).toMatchObject({ code: 2 });
  expect((await run('init', cwd)).stderr).toContain('AO107');
});

test('a file that is no model is refused', async () => {
  const cwd = makeFolder();
  writeFileSync(join(cwd, 'notes.txt'), '');
  writeFileSync(join(cwd, 'score.py'), 'def score(x: float):\n    return x\n');
  for (const line of [
    'init --from notes.txt',
    'init --from gone.rds',
    'init --from score.py',
    'init x --lang onnx',
    'init --from .',
  ]) {
    const { code, stderr } = await run(line, cwd);
    expect(stderr).toContain('AO108');
    expect(code).toBe(2);
  }
  expect(readdirSync(cwd)).toEqual(['notes.txt', 'score.py']);
});

const python = hasPython();
describe.skipIf(python.skip)(`from scikit-learn${python.note}`, () => {
  test('everything comes from the file, and it is trusted', async () => {
    const cwd = makeFolder();
    makeSklearnModel(cwd, 'classifier');
    const { code, stderr } = await run('init --from classifier.joblib', cwd);
    expect(stderr).toContain('may be opened on this computer');
    expect(code).toBe(0);
    const folder = join(cwd, 'classifier');
    const [header, row] = readFileSync(join(folder, 'model-service/examples.csv'), 'utf8').split(
      '\n',
    );
    expect(header).toBe('age,income,plan,region');
    expect(row).toMatch(/^[\d.]+,[\d.]+,\w+,\w+$/);
    expect(readFileSync(join(folder, 'model-service/requirements.txt'), 'utf8')).toMatch(
      /^scikit-learn==\d/m,
    );
    const { files } = JSON.parse((await run('trust --json', folder)).stdout);
    expect(isTrusted(join(root, 'home/.coaia'), files[0].sha256)).toBe(true);
    expect((await run('trust --remove', folder)).stdout).toContain('Not trusted any more');
    expect(isTrusted(join(root, 'home/.coaia'), files[0].sha256)).toBe(false);
  });

  test('an object that predicts nothing: said once, with the way to a project for its code', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, 'dict.pkl'), '(dp0\n.');
    const { stderr } = await run('init --from dict.pkl', cwd);
    expect(stderr.match(/it holds a dict/g)).toHaveLength(1);
    expect(stderr).toContain(
      'Fix: Make a project with `ao init NAME` and copy dict.pkl to its model-service/artifacts. Write model-service/model.py',
    );
    expect(readdirSync(cwd)).toEqual(['dict.pkl']);
  });

  test('a folder with MLmodel declares types and an example', async () => {
    const cwd = makeFolder();
    const model = join(cwd, 'saved');
    mkdirSync(model);
    makeSklearnModel(model, 'forest');
    writeFileSync(
      join(model, 'MLmodel'),
      `flavors:
  sklearn:
    pickled_model: forest.joblib
signature:
  inputs: '[{"name": "wt", "type": "double"}, {"name": "hp", "type": "long"}]'
saved_input_example_info:
  artifact_path: input_example.json
`,
    );
    writeFileSync(
      join(model, 'input_example.json'),
      '{"columns": ["wt", "hp"], "data": [[2.5, 110], [3, 95]]}',
    );
    expect((await run('init fuel --from saved', cwd)).code).toBe(0);
    const folder = join(cwd, 'fuel');
    expect(readFileSync(join(folder, 'model-service/examples.csv'), 'utf8')).toBe(
      'wt,hp\n2.5,110\n3,95\n',
    );
    expect((await run('config model.inputs.hp.type', folder)).stdout).toBe('integer\n');
  });
});

const r = hasR();
describe.skipIf(r.skip)(`from R${r.note}`, () => {
  test('factors, tests and versions', async () => {
    const cwd = makeFolder();
    makeRModel(cwd, 'lm');
    expect((await run('init --from lm.rds', cwd)).code).toBe(0);
    const service = join(cwd, 'lm/model-service');
    expect(readFileSync(join(service, 'examples.csv'), 'utf8')).toMatch(/^wt,hp,cyl\n/);
    expect(readFileSync(join(service, 'tests/testthat/test-model.R'), 'utf8')).toContain(
      'rows[["cyl"]] <- factor(rows[["cyl"]], levels = c(\n    "4",\n    "6",\n    "8"\n  ))',
    );
    expect(readFileSync(join(service, 'DESCRIPTION'), 'utf8')).toMatch(/^Depends: R \(>= \d/m);
  });
});

const onnx = hasOnnx();
describe.skipIf(onnx.skip)(`from ONNX${onnx.note}`, () => {
  test('needs no interpreter', async () => {
    const cwd = makeFolder();
    makeOnnxModel(cwd, 'named');
    expect((await run('init --from named.onnx --lang onnx', cwd)).code).toBe(0);
    expect(existsSync(join(cwd, 'named/model-service/artifacts/named.onnx'))).toBe(true);
    expect((await run('init other --from named.onnx --lang r', cwd)).stderr).toContain('AO108');
  });
});
