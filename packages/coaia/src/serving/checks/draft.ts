/** A model as it stands, laid out like a version, so that a worker can load it before there is one. */
import { constants } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ModelSettings, Project } from '../projects/project.ts';
import type { SignatureReport } from '../signatures/read-signature.ts';
import { hashFiles, hashJson, listSourceFiles } from '../versions/source-files.ts';
import type { VersionManifest } from '../versions/version.ts';

export interface Draft {
  readonly manifest: VersionManifest;
  /** Absolute. */
  readonly folder: string;
  /** Of the files; see `toHonestyDigest`. */
  readonly digest: string;
  remove(): Promise<void>;
}

/** Under what the result of `proveHonesty` is kept: the files of a model by their hashes. */
export function toHonestyDigest(hashes: Readonly<Record<string, string>>): string {
  return hashJson(hashes);
}

/** Lies below `.ao/` until it is removed. */
export async function openDraft(
  project: Project,
  model: ModelSettings,
  report: SignatureReport,
): Promise<Draft> {
  const files = await listSourceFiles(project.folder, model);
  const hashes = await hashFiles(files);
  await mkdir(join(project.folder, '.ao'), { recursive: true });
  const folder = await mkdtemp(join(project.folder, '.ao', 'check-'));
  for (const { path, name } of files) {
    const target = join(folder, name);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(path, target, constants.COPYFILE_FICLONE);
  }
  const digest = toHonestyDigest(hashes);
  return {
    manifest: toManifest(project, model, { report, hashes, digest }),
    folder,
    digest,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

interface Parts {
  readonly report: SignatureReport;
  readonly hashes: Readonly<Record<string, string>>;
  readonly digest: string;
}

function toManifest(
  project: Project,
  model: ModelSettings,
  { report, hashes, digest }: Parts,
): VersionManifest {
  const { entry, artifact, examples } = model;
  const toCode = (file: string) => `code/${file.replace(/^model-service\//, '')}`;
  return {
    format: 1,
    project: project.name,
    model: model.name,
    version: 0,
    digest,
    sourceDigest: digest,
    language: model.language,
    platform: report.platform,
    ...(entry === undefined ? {} : { entry: { file: toCode(entry.file), name: entry.name } }),
    ...(artifact === undefined ? {} : { artifact: `artifact/${basename(artifact)}` }),
    ...(examples === undefined ? {} : { examples: `code/${basename(examples)}` }),
    style: report.style,
    signature: report.signature,
    ...(report.interpreter === undefined ? {} : { interpreter: report.interpreter }),
    rules: model.rules,
    workers: 1,
    preload: true,
    timeoutMs: model.timeoutMs,
    maxQueue: model.maxQueue,
    // Rows must not be merged while it is decided whether they may be.
    batch: { enabled: false, maxRows: 1, maxWaitMs: 0 },
    files: hashes,
    createdAt: new Date().toISOString(),
  };
}
