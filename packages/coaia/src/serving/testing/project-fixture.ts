/** A whole project for tests: files on disk and the resolved project beside them. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ModelSettings, Project } from '../projects/project.ts';
import type { Language } from '../versions/version.ts';
import { PYTHON, RSCRIPT } from './fixtures.ts';

export interface ProjectFixture {
  readonly name?: string;
  /** Default: by the artifact, else by the code. */
  readonly language?: Language;
  /** Path of a fitted object, as makeSklearnModel and its like return it; copied to model-service/artifacts. */
  readonly artifact?: string;
  /** Text of model-service/model.py or model.R. */
  readonly code?: string;
  /** Name of the function in it; default `predict`, for R `predict_one`. */
  readonly function?: string;
  /** Text of examples.csv. */
  readonly examples?: string;
  /** Overrides of the one model's settings. */
  readonly settings?: Partial<ModelSettings>;
  /** More lines for ao.toml; `makeProject` writes name, entry and artifact. */
  readonly toml?: string;
  /** More files, relative to the project. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes the files and returns what `readProject` would make of them, with Debian's interpreters set. */
export function makeProject(folder: string, fixture: ProjectFixture = {}): Project {
  const name = fixture.name ?? 'churn';
  const model = toModel(name, fixture);
  for (const [path, text] of toFiles(name, model, fixture)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  if (model.artifact !== undefined && fixture.artifact !== undefined) {
    mkdirSync(dirname(join(folder, model.artifact)), { recursive: true });
    cpSync(fixture.artifact, join(folder, model.artifact), { recursive: true });
  }
  return { ...PROJECT, folder, name, models: [model] };
}

function toFiles(
  name: string,
  { entry, artifact }: ModelSettings,
  { code, examples, toml = '', files = {} }: ProjectFixture,
): readonly (readonly [string, string])[] {
  const lines = ['[project]', `name = "${name}"`, '[model]'];
  if (entry !== undefined) lines.push(`entry = "${entry.file}:${entry.name}"`);
  if (artifact !== undefined) lines.push(`artifact = "${artifact}"`);
  return [
    ['ao.toml', `${lines.join('\n')}\n${toml}\n`],
    ...(entry === undefined || code === undefined ? [] : [[entry.file, code] as const]),
    ...(examples === undefined ? [] : [[EXAMPLES, examples] as const]),
    ...Object.entries(files),
  ];
}

const EXAMPLES = 'model-service/examples.csv';

function toModel(name: string, fixture: ProjectFixture): ModelSettings {
  const { code, artifact, examples, settings } = fixture;
  const language = fixture.language ?? toLanguage(fixture);
  const ending = language === 'r' ? 'R' : 'py';
  const call = fixture.function ?? (language === 'r' ? 'predict_one' : 'predict');
  return {
    ...MODEL,
    name,
    language,
    ...(code === undefined ? {} : { entry: { file: `model-service/model.${ending}`, name: call } }),
    ...(artifact === undefined
      ? {}
      : { artifact: `model-service/artifacts/${basename(artifact)}` }),
    ...(examples === undefined ? {} : { examples: EXAMPLES }),
    ...INTERPRETERS[language],
    ...settings,
  };
}

const INTERPRETERS = { python: { python: PYTHON }, r: { rscript: RSCRIPT }, onnx: {} };

function toLanguage({ artifact, code }: ProjectFixture): Language {
  if (artifact?.endsWith('.onnx') === true) return 'onnx';
  if (artifact?.endsWith('.rds') === true) return 'r';
  return code?.includes('<- function') === true ? 'r' : 'python';
}

const MODEL: ModelSettings = {
  name: 'churn',
  language: 'python',
  workers: 1,
  preload: false,
  timeoutMs: 10_000,
  maxQueue: 1000,
  rules: { onNa: 'reject', outOfRange: 'flag' },
  batch: { enabled: 'auto', maxRows: 64, maxWaitMs: 0 },
  inputs: {},
};

const PROJECT: Project = {
  folder: '',
  name: 'churn',
  models: [],
  api: {
    host: '127.0.0.1',
    port: 8000,
    isPortFixed: false,
    dialects: 'all',
    auth: 'auto',
    cors: [],
    hosts: [],
    maxBodyMb: 16,
  },
  link: { mode: 'auto', address: '127.0.0.1:50051', models: [] },
  check: {
    linters: [],
    testers: [],
    coverage: 95,
    ruff: 'auto',
    pytest: 'auto',
    lintr: 'auto',
    testthat: 'auto',
  },
  build: { engine: 'auto', args: {}, platforms: [], systemPackages: [] },
  tasks: [],
  log: { level: 'info', format: 'auto', payload: 'sample', sample: 1, redact: [], keepDays: 30 },
  monitor: { metrics: ['psi', 'ks', 'missing', 'unseen'], windowMs: 86_400_000, alert: 0.05 },
  secrets: [],
  traffic: {},
  origins: new Map(),
};
