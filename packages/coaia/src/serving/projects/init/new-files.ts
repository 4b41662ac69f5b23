/** The files of a new project, by their path in it. */
import { readFileSync } from 'node:fs';
import { renderCsvRow } from '#base';
import { renderCompose } from '../../builds/compose.ts';
import { renderDockerfile, renderDockerignore } from '../../builds/dockerfile.ts';
import { renderInterface } from '../../signatures/interface.ts';
import type { SignatureReport } from '../../signatures/read-signature.ts';
import type { Row, Signature } from '../../signatures/signature.ts';
import { PROJECT_FILE } from '../find-project.ts';
import type { Project } from '../project.ts';
import type { ModelSource } from './model-source.ts';
import { toFileName } from './new-place.ts';
import {
  GITIGNORE,
  renderApiReadme,
  renderModelReadme,
  renderReadme,
  renderSettings,
} from './project-text.ts';
import type { NewProject } from './project-text.ts';
import {
  CAR_EXAMPLES,
  CONFTEST,
  PYTHON_MODEL,
  PYTHON_MODEL_TEST,
  renderCallTest,
  renderRequirements,
  renderTableTest,
} from './python-text.ts';
import {
  R_MODEL,
  R_MODEL_TEST,
  renderDescription,
  renderRCallTest,
  renderRTableTest,
} from './r-text.ts';

export type Files = Map<string, string | Uint8Array>;

/** Rows that the model can predict. */
export const EXAMPLES = 'model-service/examples.csv';

/** What is there before anything is known of the model; the model itself among it. */
export function toFirstFiles(about: NewProject, source: ModelSource | undefined): Files {
  const files: Files = new Map();
  addBasics(files, about);
  if (source === undefined) addSample(files, about);
  else files.set(toModelPath(source), readFileSync(source.path));
  if (source?.entry !== undefined && source.language === 'python')
    files.set('model-service/conftest.py', CONFTEST);
  if (source?.examples !== undefined) files.set(EXAMPLES, toCsv(source.examples));
  return files;
}

/** Where the file that was given has its place. */
export function toModelPath({ path, language, entry }: ModelSource): string {
  if (entry !== undefined) return `model-service/model.${language === 'r' ? 'R' : 'py'}`;
  return `model-service/artifacts/${toFileName(path)}`;
}

/** What needs to know what the model takes and gives. */
export function toLaterFiles(project: Project, known: Known): Files {
  const files: Files = new Map();
  addModelFiles(files, known);
  addInterface(files, project, known.report);
  addImages(files, project, known.report);
  return files;
}

function addBasics(files: Files, about: NewProject): void {
  files.set(PROJECT_FILE, renderSettings(about));
  files.set('.gitignore', GITIGNORE);
  files.set('.dockerignore', renderDockerignore());
  files.set('README.md', renderReadme(about));
  files.set('model-service/README.md', renderModelReadme(about));
  files.set('api-service/README.md', renderApiReadme(about));
  if (!about.isFastapi) return;
  const service = new URL('./fastapi-service.py', import.meta.url);
  files.set('api-service/main.py', readFileSync(service, 'utf8'));
  files.set('api-service/requirements.txt', 'fastapi\ngrpcio\nprotobuf\nuvicorn\n');
}

function addSample(files: Files, { name, language }: NewProject): void {
  if (language === undefined) return;
  files.set(EXAMPLES, CAR_EXAMPLES);
  if (language === 'r') {
    files.set('model-service/model.R', R_MODEL);
    files.set('model-service/tests/testthat/test-model.R', R_MODEL_TEST);
    files.set('model-service/DESCRIPTION', renderDescription(name, undefined, {}));
    return;
  }
  files.set('model-service/model.py', PYTHON_MODEL);
  files.set('model-service/conftest.py', CONFTEST);
  files.set('model-service/tests/test_model.py', PYTHON_MODEL_TEST);
  files.set('model-service/requirements.txt', renderRequirements({}));
}

export interface Known {
  readonly about: NewProject;
  readonly report: SignatureReport | undefined;
  readonly source: ModelSource | undefined;
}

/** Examples, tests and versions of packages, once it is known what the model takes. */
function addModelFiles(files: Files, { about, report, source }: Known): void {
  if (source === undefined || report === undefined) return;
  const { signature, interpreter } = report;
  // A row for inputs of an unknown type would say that they are numbers.
  const isKnown =
    signature.inputs.length > 0 && report.findings.every(({ code }) => code !== 'AO201');
  if (isKnown && source.examples === undefined)
    files.set(EXAMPLES, toCsv([signature.example], signature));
  if (isKnown) addTest(files, source, report);
  const packages = interpreter?.packages ?? {};
  if (about.language === 'python')
    files.set('model-service/requirements.txt', renderRequirements(packages));
  else if (about.language === 'r')
    files.set(
      'model-service/DESCRIPTION',
      renderDescription(about.name, interpreter?.version, packages),
    );
}

/** A call with the example for code that takes one row; the rows of examples.csv for everything else. */
function addTest(files: Files, source: ModelSource, report: SignatureReport): void {
  const { signature, style, interpreter } = report;
  const { language, entry } = source;
  const file = entry === undefined ? toFileName(source.path) : undefined;
  if (language === 'python') {
    const test = style === 'row' ? renderCallTest(signature) : renderTableTest(file, signature);
    files.set('model-service/tests/test_model.py', test);
  } else if (language === 'r') {
    const test =
      style === 'row'
        ? renderRCallTest(entry ?? '', signature)
        : renderRTableTest({ file, entry }, signature, interpreter?.packages ?? {});
    files.set('model-service/tests/testthat/test-model.R', test);
  }
}

/** Rows as CSV; missing values are empty. */
function toCsv(rows: readonly Row[], signature?: Signature): string {
  const names = signature?.inputs.map(({ name }) => name) ?? Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => renderCsvRow(names.map((name) => row[name])));
  return `${[renderCsvRow(names), ...lines].join('\n')}\n`;
}

function addInterface(files: Files, project: Project, report: SignatureReport | undefined): void {
  const models =
    report === undefined
      ? []
      : project.models.map(({ name }) => ({ name, signature: report.signature }));
  for (const [path, text] of renderInterface(project, models)) files.set(path, text);
}

function addImages(files: Files, project: Project, report: SignatureReport | undefined): void {
  const [model] = project.models;
  const version = report?.interpreter?.version;
  const input = {
    project: project.name,
    language: model?.language ?? ('python' as const),
    ...(version === undefined ? {} : { interpreterVersion: version }),
  };
  files.set('model-service/Dockerfile', renderDockerfile('model-service', input));
  files.set('api-service/Dockerfile', renderDockerfile('api-service', input));
  files.set('docker-compose.yml', renderCompose(project));
}
