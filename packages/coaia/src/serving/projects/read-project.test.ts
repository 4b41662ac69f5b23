import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inspectProject, readProject } from './read-project.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ao-project-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

const read = (env = {}, overrides = {}, cwd = folder) => readProject(cwd, { env, overrides });

async function findProblems(text: string) {
  write('ao.toml', text);
  return (await inspectProject(folder, { env: {} })).problems;
}

test('defaults fill everything that nobody wrote', async () => {
  write('ao.toml', '[project]\nname = "churn"\n');
  const project = await read();
  expect(project).toMatchObject({
    folder,
    name: 'churn',
    models: [],
    api: { host: '127.0.0.1', port: 26_243, isPortFixed: false, dialects: 'all', maxBodyMb: 16 },
    link: { mode: 'auto', address: '127.0.0.1:50051' },
    check: { coverage: 95, linters: [], ruff: 'auto' },
    build: { engine: 'auto', args: {} },
    monitor: { windowMs: 7 * 86_400_000, alert: 0.05 },
    tasks: [],
    secrets: [],
  });
  expect(project.link.tls).toBeUndefined();
});

test('the nearest folder with ao.toml counts, AO110 when there is none', async () => {
  write('ao.toml', '[project]\nname = "churn"\n');
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  expect((await read({}, {}, join(folder, 'a/b'))).folder).toBe(folder);
  await expect(readProject('/', { env: {} })).rejects.toMatchObject({
    code: 'AO110',
    message:
      'No project here or above. Run `ao init NAME`, or `cd` to the folder that has ao.toml.',
  });
});

test('the only project right below counts, of several one must be chosen', async () => {
  write('one/ao.toml', '[project]\nname = "one"\n');
  expect((await read()).name).toBe('one');
  write('two/ao.toml', '[project]\nname = "two"\n');
  await expect(read()).rejects.toMatchObject({
    code: 'AO110',
    message: 'There are several projects below this folder: one, two. Go to one of them.',
  });
});

test('flags win over the environment, that over ao.local.toml, that over ao.toml', async () => {
  write(
    'ao.toml',
    '[project]\nname = "a"\n[api]\nport = 1\nhost = "h1"\ncors = ["x"]\nauth = "keys"\n',
  );
  write('ao.local.toml', '[api]\nport = 2\nhost = "h2"\ncors = ["y"]\n');
  const { api, origins } = await read({ AO_API_PORT: '3', AO_API_HOST: 'h3' }, { 'api.port': 4 });
  expect(api).toMatchObject({ port: 4, host: 'h3', cors: ['y'], auth: 'keys', isPortFixed: true });
  expect(Object.fromEntries(origins)).toEqual({
    'project.name': 'ao.toml:2',
    'api.port': '--port',
    'api.host': 'AO_API_HOST',
    'api.cors': 'ao.local.toml:4',
    'api.auth': 'ao.toml:7',
  });
});

test('an unknown key is named with its line and the nearest', async () => {
  const text = '[project]\nname = "a"\n\n# a comment\n[model]\nworkers = 2\nlangauge = "r"\n';
  expect(await findProblems(text)).toEqual([
    {
      code: 'AO101',
      severity: 'error',
      message: 'ao.toml line 7: `[model] langauge` is not a setting. Did you mean `language`?',
      file: 'ao.toml',
      line: 7,
      fix: 'write language instead of langauge',
    },
  ]);
});

test('all mistakes are found, not the first only', async () => {
  const problems = await findProblems(
    [
      '[projcet]',
      'x = 1',
      '[api]',
      'port = "80"',
      'host = 5',
      '[model]',
      'workers = 0',
      'language = "perl"',
      'artifact = "../x.rds"',
      '[model.batch]',
      'max_row = 3',
      '[model.gate]',
      'margin = 2',
      '[model.inputs.wt]',
      'tpye = "number"',
      '[tasks]',
      'a = 1',
      'b = { runn = "x" }',
    ].join('\n'),
  );
  expect(problems.map(({ code, line }) => [code, line])).toEqual([
    ['AO101', 1],
    ['AO102', 4],
    ['AO102', 5],
    ['AO102', 7],
    ['AO102', 8],
    ['AO102', 9],
    ['AO101', 11],
    ['AO102', 13],
    ['AO101', 15],
    ['AO102', 17],
    ['AO101', 18],
    ['AO105', undefined],
  ]);
  expect(problems[1]?.message).toBe(
    'ao.toml line 4: `[api] port` is a whole number from 0 to 65535, not "80".',
  );
});

test('mistakes of syntax have line and column', async () => {
  const [problem] = await findProblems('[project]\nname = "a"\n[api]\nhost = oops\n');
  expect(problem).toMatchObject({ code: 'AO104', line: 4 });
  expect(problem?.message).toMatch(/^ao\.toml line 4, column \d+: /);
  await expect(read()).rejects.toMatchObject({ code: 'AO104' });
});

test('values of the environment and of flags are checked as well', async () => {
  write('ao.toml', '[project]\nname = "a"\n');
  await expect(read({ AO_API_PORT: 'many' })).rejects.toMatchObject({
    code: 'AO102',
    message: 'AO_API_PORT (`api.port`) is a whole number from 0 to 65535, not "many".',
  });
  await expect(read({}, { 'api.port': 70_000 })).rejects.toMatchObject({ code: 'AO102' });
});

test('language, entry, artifact and examples come from the files', async () => {
  write('ao.toml', '[project]\nname = "mpg"\n');
  write('model-service/artifacts/mpg.rds', '');
  write('model-service/examples.csv', 'wt\n1\n');
  expect((await read()).models).toMatchObject([
    {
      name: 'mpg',
      language: 'r',
      artifact: 'model-service/artifacts/mpg.rds',
      examples: 'model-service/examples.csv',
    },
  ]);
  expect((await read()).models[0]?.entry).toBeUndefined();
  write('model-service/model.R', 'predict_one <- function(wt) wt');
  expect((await read()).models[0]?.entry).toEqual({
    file: 'model-service/model.R',
    name: 'predict_one',
  });
});

test('python code without the function beside an artifact is no entry', async () => {
  write('ao.toml', '[project]\nname = "a"\n');
  write('model-service/artifacts/a.joblib', '');
  write('model-service/model.py', 'class Scale:\n    def predict(self): ...\n');
  const { models } = await read();
  expect(models[0]?.language).toBe('python');
  expect(models[0]).not.toHaveProperty('entry');
});

test('several models have their tables, inputs and batches', async () => {
  write(
    'ao.toml',
    `[project]
name = "two"
[models.a]
artifact = "model-service/artifacts/a.onnx"
workers = 3
[models.a.batch]
enabled = false
[models.a.gate]
margin = 0.01
by = ["Sepal.Length"]
min_examples = 200
[models.a.inputs."Sepal.Length"]
min = 0.5
levels = [1, 2]
[models.b]
entry = "model-service/b.py:score"
on_na = "pass"
`,
  );
  const { models } = await read({
    AO_MODELS_B_WORKERS: '2',
    AO_MODEL_TIMEOUT_MS: '5',
    AO_MODELS_A_GATE_MARGIN: '0.03',
  });
  expect(models.map(({ gate }) => gate)).toEqual([
    { margin: 0.03, by: ['Sepal.Length'], minExamples: 200 },
    undefined,
  ]);
  expect(models).toMatchObject([
    {
      name: 'a',
      language: 'onnx',
      workers: 3,
      timeoutMs: 5,
      batch: { enabled: false, maxRows: 64 },
      inputs: { 'Sepal.Length': { min: 0.5, levels: [1, 2] } },
    },
    {
      name: 'b',
      language: 'python',
      workers: 2,
      entry: { file: 'model-service/b.py', name: 'score' },
      rules: { onNa: 'pass', outOfRange: 'flag' },
    },
  ]);
});

test('[model] and [models] exclude each other', async () => {
  const problems = await findProblems(
    '[project]\nname="x"\n[model]\nworkers=1\n[models.a]\nworkers=1\n',
  );
  expect(problems).toMatchObject([{ code: 'AO105' }]);
});

test("the older tool's files keep working", async () => {
  write(
    'ao.toml',
    `[project]
name = "old"
[check]
linters = ["ruff check ."]
testers = ["pytest tests"]
[tasks]
start = ["python server.py", "echo done"]
deploy = { run = "scp x y", needs = ["start"], env = { A = "b" }, cwd = "model-service", timeout = "2m" }
`,
  );
  expect(await read()).toMatchObject({
    name: 'old',
    check: { linters: ['ruff check .'], testers: ['pytest tests'] },
    tasks: [
      { name: 'start', commands: ['python server.py', 'echo done'], needs: [] },
      {
        name: 'deploy',
        commands: ['scp x y'],
        needs: ['start'],
        env: { A: 'b' },
        cwd: 'model-service',
        timeoutMs: 120_000,
      },
    ],
  });
});

test('secrets are names with places', async () => {
  write('ao.toml', '[project]\nname="x"\n[secrets]\nnames=["A"]\n[secrets.B]\nfile="/run/b"\n');
  expect((await read()).secrets).toEqual([{ name: 'A' }, { name: 'B', file: '/run/b' }]);
  write('ao.toml', 'secrets=["A"]\n[project]\nname="x"\n');
  expect((await read()).secrets).toEqual([{ name: 'A' }]);
});

test('names that would lead elsewhere, or break what is written of them, are mistakes', async () => {
  for (const text of [
    '[project]\nname = "x"\n[models.".."]\nentry = "a.py:f"\n',
    '[project]\nname = "a/b"\n[model]\nlanguage = "python"\n',
    '[project]\nname = "a\\nprivileged: true"\n',
  ])
    expect(await findProblems(text)).toMatchObject([{ code: 'AO105', severity: 'error' }]);
});
