/** `ao init`: a new project, from a fitted model or with a small one to begin with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { listGuessed } from '../../signatures/example-row.ts';
import type { Finding } from '../../signatures/finding.ts';
import { readSignature } from '../../signatures/read-signature.ts';
import type { SignatureReport } from '../../signatures/read-signature.ts';
import type { Language } from '../../versions/version.ts';
import { toFindingError } from '../trusted-signature.ts';
import { readProject } from '../read-project.ts';
import type { ModelSettings, Project } from '../project.ts';
import { findModelSource } from './model-source.ts';
import type { ModelSource } from './model-source.ts';
import { EXAMPLES, toFirstFiles, toLaterFiles, toModelPath } from './new-files.ts';
import type { Files } from './new-files.ts';
import { toLanguage, toPlace } from './new-place.ts';
import type { PlaceRequest } from './new-place.ts';
import { checkClashes, openDraft, placeDraft } from './write-project.ts';

export interface InitRequest extends PlaceRequest {
  readonly api: 'gateway' | 'fastapi';
  readonly isForced: boolean;
  readonly isDry: boolean;
}

export interface InitResult {
  /** Absolute. */
  readonly folder: string;
  readonly name: string;
  /** Relative to the folder, in order. */
  readonly files: readonly string[];
  /** The fitted model that was copied in, with where it came from. */
  readonly artifact: { readonly path: string; readonly from: string } | undefined;
  readonly report: SignatureReport | undefined;
  /** Undefined: only the interface. */
  readonly language: Language | undefined;
  /** Inputs whose value in examples.csv is made up, because the model does not tell one. */
  readonly guessed: readonly string[];
}

/** Writes all or nothing. AO106, AO107, AO108, and the first finding when the model cannot be read at all. */
export async function initProject(request: InitRequest): Promise<InitResult> {
  const { cwd, from, api } = request;
  const source = from === undefined ? undefined : await findModelSource(resolve(cwd, from));
  const { folder, name } = toPlace(request, source);
  const artifact = toArtifact(source);
  const about = {
    name,
    language: toLanguage(request, source),
    artifact: artifact?.path,
    inputs: source?.inputs ?? {},
    isFastapi: api === 'fastapi',
  };
  const draft = openDraft(folder);
  try {
    const first = toFirstFiles(about, source);
    writeAll(draft.files, first);
    const project = await readProject(draft.files, { env: {} });
    const report = await readReport(project);
    const later = toLaterFiles(project, { about, report, source });
    writeAll(draft.files, later);
    const files = [...new Set([...first.keys(), ...later.keys()])].toSorted();
    if (!request.isForced) checkClashes(folder, files);
    if (!request.isDry) placeDraft(draft, folder, files);
    const guessed =
      report !== undefined && later.has(EXAMPLES) ? listGuessed(report.signature) : [];
    return { folder, name, files, artifact, report, language: about.language, guessed };
  } finally {
    draft.remove();
  }
}

/** Code that the fix wants has no place before there is a project. */
function toPlaced(finding: Finding, { language, artifact = '' }: ModelSettings): Finding {
  if (!finding.fix.includes('model-service/model.')) return finding;
  const words = language === 'r' ? ' --lang r' : '';
  const make = `Make a project with \`ao init NAME${words}\` and copy ${basename(artifact)} to its model-service/artifacts.`;
  return { ...finding, fix: `${make} ${finding.fix}` };
}

function toArtifact(source: ModelSource | undefined): InitResult['artifact'] {
  return source === undefined || source.entry !== undefined
    ? undefined
    : { path: toModelPath(source), from: source.path };
}

function writeAll(folder: string, files: Files): void {
  for (const [path, content] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}

/** What the model takes and gives. Fails when nothing at all could be found out, but for code that wants examples. */
async function readReport(project: Project): Promise<SignatureReport | undefined> {
  const [model] = project.models;
  if (model === undefined) return undefined;
  const report = await readSignature({ project, model });
  if (report.signature.inputs.length > 0) return report;
  const broken = report.findings.find(({ severity }) => severity === 'error');
  if (broken === undefined || (model.artifact === undefined && broken.code === 'AO204'))
    return report;
  throw toFindingError(model.artifact === undefined ? broken : toPlaced(broken, model));
}
