/** Files that every project has, and the fitted model itself. */
import { existsSync, openSync, readSync, closeSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ModelSettings } from '../../projects/project.ts';
import type { Finding } from '../../signatures/finding.ts';
import { listSourceFiles, hashFile } from '../../versions/source-files.ts';
import type { CheckContext } from '../context.ts';
import { none, ok } from '../report.ts';
import type { Note, StageResult } from '../report.ts';
import { runTool } from '../run-tool.ts';

interface WantedFile {
  readonly path: string;
  readonly why: string;
  readonly fix: string;
  readonly severity: Finding['severity'];
}

const INIT = 'run `ao init NAME` in an empty folder and copy the file from there';

/** Section by section, what a project has beside ao.toml. */
const WANTED: readonly WantedFile[] = [
  {
    path: 'model-service',
    why: 'the code, the fitted model and the examples lie there',
    fix: 'make the folder and put the model into model-service/artifacts',
    severity: 'error',
  },
  {
    path: 'model-interface',
    why: 'callers read there what the model takes and gives',
    fix: 'ao check --fix',
    severity: 'error',
  },
  {
    path: 'model-service/Dockerfile',
    why: '`ao build` makes the image of the model from it',
    fix: INIT,
    severity: 'warning',
  },
  {
    path: 'api-service/Dockerfile',
    why: '`ao build` makes the image of the service from it',
    fix: INIT,
    severity: 'warning',
  },
];

/** AO590 to AO593. */
export async function checkStructure(context: CheckContext): Promise<StageResult> {
  const { project } = context;
  const old = project.models.length === 0 ? findOldProject(context) : undefined;
  if (old !== undefined) return { notes: [], findings: [old] };
  const missing = WANTED.filter(({ path }) => !existsSync(join(project.folder, path)))
    // What --fix writes is no longer missing when it is through.
    .filter(({ path }) => !(context.isFixing && path === 'model-interface'))
    .map(toMissing);
  const models = await Promise.all(project.models.map((model) => checkFiles(context, model)));
  const findings = [...missing, ...(project.models.length === 0 ? [noModel(context)] : [])];
  return {
    notes: [
      ...(missing.length === 0 ? [ok('project files')] : []),
      ...models.flatMap(({ notes }) => notes),
    ],
    findings: [...findings, ...models.flatMap((model) => model.findings)],
  };
}

function toMissing({ path, why, fix, severity }: WantedFile): Finding {
  return {
    code: 'AO590',
    severity,
    message: `${path} is missing: ${why}.`,
    file: path,
    fix,
  };
}

/** A description of an interface alone may stand without a model for a while. */
function noModel({ project }: CheckContext): Finding {
  const isNamed = [...project.origins.keys()].some((key) => /^models?\./.test(key));
  const isDescribed = existsSync(join(project.folder, 'model-interface'));
  return {
    code: 'AO590',
    severity: isNamed || !isDescribed ? 'error' : 'warning',
    message:
      'There is no model yet: neither model-service/model.py or model.R, nor a file in model-service/artifacts.',
    file: 'model-service',
    cause: 'Without one there is nothing to predict with.',
    fix: 'save a fitted model into model-service/artifacts, or write model-service/model.py with a function predict',
  };
}

/** A project of the first AnOps: services written by hand around `anops.proto`, and no model that is known. */
function findOldProject({ project, files }: CheckContext): Finding | undefined {
  const proto = files.find((file) => basename(file) === 'anops.proto');
  const server = files.find((file) => /^model-service\/(?:.*\/)?(?:server|main)\.py$/.test(file));
  if (proto === undefined || server === undefined) return undefined;
  return {
    code: 'AO593',
    severity: 'error',
    message: `This is a project of the first AnOps: ${server} serves ${proto} itself, and there is no model that ao could serve.`,
    file: server,
    cause: `Its tasks and commands keep working; \`ao run up\` has nothing to start.`,
    fix: `in a new folder: ao init ${project.name} --from YOUR-MODEL (or move what predicts into model-service/model.py as predict(...)); callers of anops.AnOps/Predict need no change`,
  };
}

async function checkFiles(context: CheckContext, model: ModelSettings): Promise<StageResult> {
  const { project } = context;
  const absent = [model.entry?.file, model.artifact].filter(
    (file) => file !== undefined && !existsSync(join(project.folder, file)),
  );
  if (absent.length > 0)
    return { notes: [], findings: absent.map((file) => toAbsent(context, model, file ?? '')) };
  if (model.artifact === undefined) return { notes: [], findings: [] };
  const hollow = findHollow(context, model.artifact);
  if (hollow !== undefined) return { notes: [], findings: [hollow] };
  const note = await describeArtifact(project.folder, model);
  const untracked = await findUntracked(context, model.artifact);
  return { notes: [note], findings: untracked === undefined ? [] : [untracked] };
}

function toAbsent(context: CheckContext, model: ModelSettings, file: string): Finding {
  const isArtifact = file === model.artifact;
  const key = isArtifact ? 'artifact' : 'entry';
  const place = findOrigin(context, model, key);
  return {
    code: 'AO591',
    severity: 'error',
    message: `${file} does not exist: it is the ${isArtifact ? 'fitted model' : 'code'} of \`${model.name}\`.`,
    ...place,
    cause: isArtifact
      ? 'It was not saved yet, was moved, or is not part of the clone.'
      : 'It was moved or renamed.',
    fix: isArtifact
      ? `save the fitted model as ${file}, or correct \`artifact\` in ao.toml`
      : `write it, or correct \`entry\` in ao.toml`,
  };
}

/** Where a setting of a model was written: `ao.toml` and its line. */
export function findOrigin(
  { project }: CheckContext,
  model: ModelSettings,
  key: string,
): Pick<Finding, 'file' | 'line'> {
  const origin =
    project.origins.get(`model.${key}`) ?? project.origins.get(`models.${model.name}.${key}`) ?? '';
  const match = /^(ao(?:\.local)?\.toml):(\d+)$/.exec(origin);
  if (match === null) return { file: 'ao.toml' };
  return { file: match[1] ?? '', line: Number(match[2]) };
}

function findHollow({ project }: CheckContext, artifact: string): Finding | undefined {
  const path = join(project.folder, artifact);
  const stat = statSync(path);
  if (stat.isDirectory()) return undefined;
  const isPointer = readStart(path, 40).startsWith('version https://git-lfs');
  if (stat.size > 0 && !isPointer) return undefined;
  return {
    code: 'AO591',
    severity: 'error',
    message: isPointer
      ? `${artifact} is a pointer of git-lfs, not the model.`
      : `${artifact} is empty.`,
    file: artifact,
    cause: isPointer ? 'The clone was made without git-lfs.' : 'Saving it was interrupted.',
    fix: isPointer ? 'git lfs pull' : 'save the fitted model again',
  };
}

function readStart(path: string, length: number): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.toString('latin1', 0, readSync(file, bytes, 0, length, 0));
  } finally {
    closeSync(file);
  }
}

async function describeArtifact(folder: string, model: ModelSettings): Promise<Note> {
  const files = await listSourceFiles(folder, { artifact: model.artifact ?? '' });
  const file = files.find(({ name }) => name.startsWith('artifact/'));
  if (file === undefined) return none('no fitted model');
  return ok(`${basename(file.path)} (sha256 ${(await hashFile(file.path)).slice(0, 12)})`);
}

async function findUntracked(
  { project, env, signal }: CheckContext,
  artifact: string,
): Promise<Finding | undefined> {
  const git = (...args: readonly string[]) =>
    runTool({ program: 'git', args, cwd: project.folder, env, signal, timeoutMs: 10_000 });
  const inside = await git('rev-parse', '--is-inside-work-tree');
  if (inside.kind !== 'ended' || inside.code !== 0) return undefined;
  const tracked = await git('ls-files', '--error-unmatch', '--', artifact);
  if (tracked.code === 0) return undefined;
  return {
    code: 'AO592',
    severity: 'warning',
    message: `${artifact} is not in git, although the project is.`,
    file: artifact,
    cause: 'Whoever clones the project gets no model to serve.',
    fix: `git add -f ${artifact}`,
  };
}
