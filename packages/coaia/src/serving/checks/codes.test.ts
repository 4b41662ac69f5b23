/** One small project for each code of the stages that need no model: code, severity, place and exit. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  CARS,
  numberField,
  removeProjects,
  runCheck,
  toLines,
  writeProject,
} from './testing/check-fixture.ts';
import type { FakeCheck } from './testing/check-fixture.ts';

afterAll(removeProjects);

const MODEL = `"""Fuel use of cars."""


def predict(wt: float, hp: float) -> float:
    return 37.2 - 3.9 * wt - 0.03 * hp
`;

/** A project in which nothing is wrong but what a case adds. */
const SOUND = {
  'model-service/model.py': MODEL,
  'model-service/Dockerfile': 'FROM scratch\n',
  'api-service/Dockerfile': 'FROM scratch\n',
  'model-interface/README.md': 'written\n',
};

const toml = (rest: string) => `[project]\nname = "cars"\n${rest}`;

interface Case extends FakeCheck {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly found: readonly string[];
}

const CASES: readonly Case[] = [
  { name: 'nothing', files: {}, only: ['structure', 'config', 'deploy'], found: [] },
  {
    name: 'AO101 and all other mistakes of ao.toml',
    files: { 'ao.toml': toml('[model]\nlangauge = "python"\nworkers = 0\n') },
    only: ['config'],
    found: ['AO101 error ao.toml:4', 'AO102 error ao.toml:5'],
  },
  {
    name: 'AO104, and stages that then mean nothing stay silent',
    files: { 'ao.toml': '[project\n' },
    only: ['config', 'model', 'deploy'],
    found: ['AO104 error ao.toml:1'],
  },
  {
    name: 'AO591 for an artifact that is not there',
    files: { 'ao.toml': toml('[model]\nartifact = "model-service/artifacts/cars.joblib"\n') },
    only: ['structure'],
    found: ['AO591 error ao.toml:4'],
  },
  {
    name: 'AO591 for a pointer of git-lfs',
    files: { 'model-service/artifacts/cars.onnx': 'version https://git-lfs.github.com/spec/v1\n' },
    only: ['structure'],
    found: ['AO591 error model-service/artifacts/cars.onnx'],
  },
  {
    name: 'AO601',
    files: { 'Dockerfile.prod': 'FROM scratch\nENV API_TOKEN=abcdef123456\n' },
    only: ['config'],
    found: ['AO601 error Dockerfile.prod:2'],
  },
  {
    name: 'AO602',
    files: { 'ao.toml': toml('[secrets]\nnames = ["DB_PASSWORD"]\n') },
    only: ['config'],
    found: ['AO602 warning ao.toml:4'],
  },
  {
    name: 'no AO602 for a secret with a value',
    files: { 'ao.toml': toml('[secrets]\nnames = ["DB_PASSWORD"]\n') },
    env: { DB_PASSWORD: 'x' },
    only: ['config'],
    found: [],
  },
  {
    name: 'AO603',
    files: { 'ao.toml': toml('[api]\nhost = "0.0.0.0"\nauth = "none"\n') },
    only: ['deploy'],
    found: ['AO603 error ao.toml:4'],
  },
  {
    name: 'AO604 and AO607',
    files: {
      'model-service/requirements.txt':
        '# fitted with\nscikit-learn==1.3.0\npandas>=1\nnumpy==1.24.2  # same\n-r other.txt\n',
    },
    only: ['deploy'],
    report: {
      interpreter: {
        path: '/usr/bin/python3',
        version: '3.11.2',
        packages: { sklearn: '1.2.1', numpy: '1.24.2' },
      },
    },
    found: [
      'AO607 warning model-service/requirements.txt:2',
      'AO604 warning model-service/requirements.txt:3',
    ],
  },
  {
    name: 'AO607 for renv.lock',
    files: {
      'ao.toml': toml('[model]\nentry = "model-service/model.R:predict_one"\n'),
      'model-service/model.R': 'predict_one <- function(wt = 1) wt\n',
      'model-service/renv.lock': JSON.stringify(
        {
          R: { Version: '4.3.1' },
          Packages: { mgcv: { Version: '1.8' }, ranger: { Version: '2' } },
        },
        undefined,
        2,
      ),
    },
    only: ['deploy'],
    report: {
      interpreter: { path: '/usr/bin/Rscript', version: '4.2.2', packages: { mgcv: '1.9' } },
    },
    found: ['AO607 warning model-service/renv.lock:2', 'AO607 warning model-service/renv.lock:6'],
  },
  {
    name: 'AO607 for DESCRIPTION',
    files: {
      'ao.toml': toml('[model]\nentry = "model-service/model.R:predict_one"\n'),
      'model-service/model.R': 'predict_one <- function(wt = 1) wt\n',
      'model-service/DESCRIPTION':
        'Package: cars\nImports:\n    mgcv (== 1.8.41),\n    nlme (== 3.1.162)\n',
    },
    only: ['deploy'],
    report: {
      interpreter: {
        path: '/usr/bin/Rscript',
        version: '4.2.2',
        packages: { mgcv: '1.9-0', nlme: '3.1-162' },
      },
    },
    found: ['AO607 warning model-service/DESCRIPTION:3'],
  },
  {
    name: 'AO605',
    files: { 'ao.toml': toml('[model.inputs.wt]\nmin = 9\nmax = 1\n') },
    only: ['config'],
    found: ['AO605 error ao.toml:4'],
  },
  {
    name: 'AO606',
    files: { 'ao.toml': toml('[model]\nout_of_range = "reject"\n') },
    only: ['deploy'],
    report: { signature: { ...CARS, inputs: [numberField('wt')] } },
    found: ['AO606 warning ao.toml:4'],
  },
  {
    name: 'AO611',
    files: {},
    only: ['tests'],
    found: ['AO611 warning model-service/tests/test_model.py'],
  },
  {
    name: 'AO612 and AO616 for commands of [check]',
    files: {
      'ao.toml': toml(
        '[check]\npytest = "none"\ntesters = ["sh -c \'echo once >> runs; exit 3\'", "true", "no-such-program -x"]\n',
      ),
    },
    only: ['tests'],
    found: ['AO616 error ao.toml:5', 'AO612 error ao.toml:5'],
  },
  {
    name: 'AO614 and AO615',
    files: { 'model-service/model.py': `${MODEL}\n\nx   = undefined_name\n` },
    only: ['quality'],
    found: ['AO614 error model-service/model.py:8', 'AO615 warning model-service/model.py'],
  },
];

describe('one project for each code', () => {
  test.each(CASES)('$name', async ({ files, found, ...options }) => {
    const report = await runCheck(writeProject({ ...SOUND, ...files }), options);
    const lines = toLines(report);
    expect(lines.filter((line) => !line.startsWith('AO590'))).toEqual(found);
    expect(report.errors > 0).toBe(found.some((line) => line.includes(' error ')));
    for (const { message, fix } of report.stages.flatMap(({ findings }) => findings)) {
      expect(message.length).toBeGreaterThan(20);
      expect(fix.length).toBeGreaterThan(5);
    }
  });

  test('AO590 names each file that is missing and what it is for', async () => {
    const report = await runCheck(writeProject({}), { only: ['structure'] });
    expect(toLines(report)).toEqual([
      'AO590 error model-service',
      'AO590 error model-interface',
      'AO590 warning model-service/Dockerfile',
      'AO590 warning api-service/Dockerfile',
      'AO590 error model-service',
    ]);
  });

  test('AO593 for a project of the first AnOps; every other stage has its say as well', async () => {
    const folder = writeProject({
      'ao.toml': toml(
        '[check]\nlinters = ["true"]\ntesters = ["true"]\n[tasks]\ntest = ["true"]\n',
      ),
      'model-service/server.py': 'import grpc\n\nprint(grpc)\n',
      'model-interface/anops.proto': 'syntax = "proto3";\n',
    });
    const report = await runCheck(folder, { only: [] });
    expect(toLines(report)).toEqual([
      'AO593 error model-service/server.py',
      'AO611 warning model-service/tests/test_model.py',
    ]);
    expect(report.stages).toHaveLength(7);
  });

  test('AO592 for a model that is not in the git of its project', async () => {
    const folder = writeProject({ ...SOUND, 'model-service/artifacts/cars.onnx': 'x' });
    const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder });
    git('init', '-q');
    const only = ['structure'] as const;
    const place = 'AO592 warning model-service/artifacts/cars.onnx';
    expect(toLines(await runCheck(folder, { only }))).toEqual([place]);
    git('add', '-f', 'model-service/artifacts/cars.onnx');
    expect(toLines(await runCheck(folder, { only }))).toEqual([]);
  });

  test('a failing tester ran once', async () => {
    const tester = `sh -c 'echo once >> runs; exit 3'`;
    const folder = writeProject({
      ...SOUND,
      'ao.toml': toml(`[check]\npytest = "none"\ntesters = ["${tester}"]\n`),
    });
    await runCheck(folder, { only: ['tests'] });
    expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('once\n');
  });

  test('AO501 is information', async () => {
    const report = await runCheck(writeProject(SOUND), {
      only: ['deploy'],
      env: { PATH: '/nowhere' },
    });
    expect(report.stages[0]?.notes).toContainEqual(
      expect.objectContaining({ state: 'none', code: 'AO501' }),
    );
    expect(report.errors + report.warnings).toBe(0);
  });
});
