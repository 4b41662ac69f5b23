/** What is built: a project with its versions frozen, and what every part of the build needs to know of it. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Project } from '../projects/project.ts';
import type { Language, VersionManifest } from '../versions/version.ts';
import type { ArchiveEntry, WrittenArchive } from './archive.ts';
import type { EngineName } from './engines.ts';
import { toLabels } from './image.ts';
import { toImageName } from './image-facts.ts';
import type { ServiceName } from './image-facts.ts';

export interface FrozenProject {
  readonly project: Project;
  readonly versions: readonly { readonly manifest: VersionManifest; readonly folder: string }[];
  /** Everything in the bundle. */
  readonly entries: readonly ArchiveEntry[];
  readonly bundle: WrittenArchive & { readonly file: string };
  readonly tag: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly platform: string;
}

/** An image that was made. */
export interface BuiltImage {
  readonly service: ServiceName;
  /** With its tag. */
  readonly name: string;
  readonly engine: EngineName | 'none';
  /** The image file that we wrote; engines keep images in a store of their own. */
  readonly file?: string;
  /** SHA-256 in hex: of the manifest, or what the engine calls the image. */
  readonly digest: string;
  /** Bytes of the image's layers, as far as known. */
  readonly size?: number;
}

/** Where the parts of the program and a user's caches are. */
export interface BuildPlaces {
  /** Folder of the built program. */
  readonly program: string;
  /** Folder in which layers are kept from build to build. */
  readonly layers: string;
  /** Absolute folder that results are written to. */
  readonly output: string;
}

/** `churn-api-service:3`, with `[build] image` in the place of the project's name. */
export function toTaggedName({ project, tag }: FrozenProject, service: ServiceName): string {
  return `${toImageName(project, service)}:${tag}`;
}

/** Labels of the image of a service. */
export function toImageLabels(frozen: FrozenProject, service: ServiceName, program: string) {
  const { project, versions, tag, bundle, createdAt } = frozen;
  return toLabels({
    project: project.name,
    description: project.description,
    service,
    tag,
    models: versions.map(({ manifest }) => `${manifest.model}=${manifest.version}`),
    digest: bundle.digest,
    gitCommit: versions.find(({ manifest }) => manifest.gitCommit !== undefined)?.manifest
      .gitCommit,
    createdAt,
    program,
  });
}

/** The language that an image needs an interpreter for; undefined when it needs none. */
export function toInterpretedLanguage(
  { versions }: Pick<FrozenProject, 'versions'>,
  service: ServiceName,
): Exclude<Language, 'onnx'> | undefined {
  if (service === 'api-service') return undefined;
  const languages = versions.map(({ manifest }) => manifest.language);
  return languages.find((language) => language !== 'onnx');
}

/** `[build] base` as an absolute path when there is such a file or folder. */
export function toBasePath({ folder, build }: Project): string | undefined {
  const path = build.base === undefined ? undefined : resolve(folder, build.base);
  return path !== undefined && existsSync(path) ? path : undefined;
}
