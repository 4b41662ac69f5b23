/** A project as it stands becomes a version that never changes. */
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { constants } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ModelSettings, Project } from '../projects/project.ts';
import { runsCode } from '../signatures/artifact.ts';
import { readSignature } from '../signatures/read-signature.ts';
import type { SignatureReport } from '../signatures/read-signature.ts';
import { versionFailures } from './errors.ts';
import { listFolderVersions, toVersionsFolder, verifyVersion } from './folder.ts';
import { readGitCommit } from './git-commit.ts';
import { hashFiles, hashJson, listSourceFiles } from './source-files.ts';
import type { SourceFile } from './source-files.ts';
import type { VersionManifest } from './version.ts';

export interface FrozenVersion {
  readonly manifest: VersionManifest;
  /** Absolute. */
  readonly folder: string;
  /** False: the same contents were frozen before. */
  readonly isNew: boolean;
}

export interface FreezeOptions {
  /** Versions that the store knows; a number is never given to other contents. */
  readonly known?: readonly Pick<VersionManifest, 'version' | 'digest'>[];
  /** What is known of the model already; read from it when absent. */
  readonly report?: SignatureReport;
  readonly notes?: string;
  /** Whether contents with this SHA-256 (hex) may be opened; default: all, inside the box. */
  readonly isTrusted?: (sha256: string) => boolean;
}

/**
 * Freezes a model of a project into `.ao/models/NAME/versions/N/`. The same contents keep their number. All or
 * nothing: the folder appears under its number when it is complete. AO667 when the model is not in order.
 */
export async function freezeVersion(
  project: Project,
  model: ModelSettings,
  options: FreezeOptions = {},
): Promise<FrozenVersion> {
  const files = await listSourceFiles(project.folder, model);
  const hashes = await hashFiles(files);
  const onDisk = await listFolderVersions(project.folder, model.name);
  const source = hashJson({ hashes, settings: toContents(model) });
  const before = onDisk.find(({ sourceDigest }) => sourceDigest === source);
  // A folder that came from elsewhere may say of itself what it likes.
  const isOurs =
    before !== undefined &&
    hashJson(before.files) === hashJson(hashes) &&
    mayOpen(model, hashes, options.isTrusted);
  if (isOurs && isFree(before, options.known)) {
    return { manifest: before, folder: toFolder(project, before), isNew: false };
  }
  const report =
    options.report ??
    (await readSignature({
      project,
      model,
      ...(options.isTrusted === undefined ? {} : { isTrusted: options.isTrusted }),
    }));
  const broken = report.findings.find(({ severity }) => severity === 'error');
  if (broken !== undefined)
    throw versionFailures.create('AO667', `${broken.code}: ${broken.message}`, {
      hint: broken.code === 'AO303' ? 'ao trust' : 'ao check',
      details: report.findings,
    });
  const manifest = await toManifest(project, model, { report, hashes, source, options, onDisk });
  return writeVersion(project, manifest, files);
}

/** Whether the fitted model may be opened on this computer; otherwise reading it says why not. */
function mayOpen(
  { artifact, language }: ModelSettings,
  hashes: Readonly<Record<string, string>>,
  isTrusted: FreezeOptions['isTrusted'],
): boolean {
  if (artifact === undefined || isTrusted === undefined || !runsCode(artifact, language))
    return true;
  return isTrusted(hashes[`artifact/${basename(artifact)}`] ?? '');
}

/** What of the settings changes answers; the rest may change without a new version. */
function toContents({ language, entry, artifact, rules, inputs }: ModelSettings): unknown {
  return { language, entry, artifact, rules, inputs };
}

type Known = FreezeOptions['known'];

/** True unless the store knows other contents under the same number. */
function isFree(manifest: VersionManifest, known: Known): boolean {
  return (known ?? []).every(
    ({ version, digest }) => version !== manifest.version || digest === manifest.digest,
  );
}

interface Parts {
  readonly report: SignatureReport;
  readonly hashes: Readonly<Record<string, string>>;
  readonly source: string;
  readonly options: FreezeOptions;
  readonly onDisk: readonly VersionManifest[];
}

async function toManifest(
  project: Project,
  model: ModelSettings,
  { report, hashes, source, options, onDisk }: Parts,
): Promise<VersionManifest> {
  const { signature, style, interpreter } = report;
  const entry = model.entry === undefined ? {} : { entry: toEntry(model.entry) };
  const rules = model.rules;
  const digest = hashJson({ hashes, language: model.language, ...entry, style, signature, rules });
  const gitCommit = await readGitCommit(project.folder);
  return {
    format: 1,
    project: project.name,
    model: model.name,
    version: toNumber(digest, options.known ?? [], onDisk),
    digest,
    sourceDigest: source,
    language: model.language,
    platform: report.platform,
    ...entry,
    ...(model.artifact === undefined ? {} : { artifact: `artifact/${basename(model.artifact)}` }),
    ...(model.examples === undefined ? {} : { examples: `code/${basename(model.examples)}` }),
    style,
    signature,
    ...(interpreter === undefined ? {} : { interpreter }),
    rules,
    workers: model.workers,
    preload: model.preload,
    timeoutMs: model.timeoutMs,
    ...(model.explainTimeoutMs === undefined ? {} : { explainTimeoutMs: model.explainTimeoutMs }),
    maxQueue: model.maxQueue,
    batch: { ...model.batch, enabled: model.batch.enabled === true },
    files: hashes,
    ...(gitCommit === undefined ? {} : { gitCommit }),
    createdAt: new Date().toISOString(),
    ...(options.notes === undefined ? {} : { notes: options.notes }),
  };
}

function toEntry({ file, name }: { readonly file: string; readonly name: string }) {
  const inside = file.startsWith('model-service/')
    ? file.slice('model-service/'.length)
    : basename(file);
  return { file: `code/${inside}`, name };
}

/** The number of these contents where they have one, otherwise one above every other. */
function toNumber(
  digest: string,
  known: readonly Pick<VersionManifest, 'version' | 'digest'>[],
  onDisk: readonly VersionManifest[],
): number {
  const same = known.find((one) => one.digest === digest);
  if (same !== undefined) return same.version;
  return Math.max(0, ...[...known, ...onDisk].map(({ version }) => version)) + 1;
}

function toFolder(project: Project, { model, version }: VersionManifest): string {
  return join(toVersionsFolder(project.folder, model), String(version));
}

async function writeVersion(
  project: Project,
  manifest: VersionManifest,
  files: readonly SourceFile[],
): Promise<FrozenVersion> {
  const folder = toFolder(project, manifest);
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(join(dirname(folder), '.new-'));
  try {
    for (const { path, name } of files) {
      const target = join(draft, name);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(path, target, constants.COPYFILE_FICLONE);
    }
    await verifyVersion(draft, manifest).catch((error: unknown) => {
      throw versionFailures.create(
        'AO667',
        `A file of ${manifest.model} changed while it was being frozen.`,
        { hint: 'ao deploy', cause: error },
      );
    });
    await writeFile(join(draft, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process froze the same contents at the same time, or left them here before.
    const there = (await listFolderVersions(project.folder, manifest.model)).find(
      ({ version, digest }) => version === manifest.version && digest === manifest.digest,
    );
    if (there !== undefined) return { manifest: there, folder, isNew: false };
    // Other contents took the number at the same time.
    const isTaken = ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '');
    if (isTaken)
      return writeVersion(project, { ...manifest, version: manifest.version + 1 }, files);
    throw error;
  }
  return { manifest, folder, isNew: true };
}
