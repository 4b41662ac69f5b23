/** `ao build`: a project becomes a bundle, images and manifests. */
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelSettings, Project } from '../projects/project.ts';
import { renderInterface } from '../signatures/interface.ts';
import { readManifest, toVersionsFolder, verifyVersion } from '../versions/folder.ts';
import type { Traffic } from '../versions/traffic.ts';
import { writeArchive } from './archive.ts';
import type { BuildPlaces, BuiltImage, FrozenProject } from './build.ts';
import { toBasePath, toInterpretedLanguage } from './build.ts';
import { listBundle } from './bundle.ts';
import { readCommitTime } from './commit-time.ts';
import { buildServiceImage } from './engine-images.ts';
import { findEngine } from './engines.ts';
import type { EngineName, EnginePorts } from './engines.ts';
import { buildFailures } from './errors.ts';
import { SERVICES } from './image-facts.ts';
import { checkPlatform, toPlatform } from './node-runtime.ts';
import { writeProjectFiles } from './project-files.ts';
import { writeServiceImage } from './write-images.ts';

export interface BuildPorts extends EnginePorts {
  readonly places: BuildPlaces;
  /** Freezes a model as it stands. */
  readonly freeze: (model: ModelSettings) => Promise<FrozenProject['versions'][number]>;
  /** What is done next, in a few words. */
  readonly onStep: (text: string) => void;
}

export interface BuildOptions {
  readonly engine: EngineName | 'auto' | 'none';
  readonly tag?: string | undefined;
  /** `linux/amd64`. */
  readonly platform?: string | undefined;
}

export interface BuildResult {
  readonly project: string;
  readonly tag: string;
  readonly versions: readonly { readonly model: string; readonly version: number }[];
  readonly bundle: { readonly file: string; readonly digest: string; readonly size: number };
  readonly images: readonly BuiltImage[];
  /** Files of the project that were written or got new tags. */
  readonly files: readonly string[];
}

/**
 * Freezes every model, writes the bundle, the files of the project, and the images. What is made before a failure
 * stays. AO501 to AO508, and what freezing fails with.
 */
export async function buildProject(
  ports: BuildPorts,
  project: Project,
  options: BuildOptions,
): Promise<BuildResult> {
  const platform = options.platform ?? project.build.platforms[0] ?? toPlatform();
  checkTag(options.tag ?? project.build.tag);
  const engine = await findEngine(ports, options.engine);
  ports.onStep('Freezing the models');
  const frozen = await freezeProject(ports, project, options.tag, platform);
  const files = await writeProjectFiles(project, frozen.tag);
  checkPlatform(platform);
  const images: BuiltImage[] = [];
  for (const service of SERVICES) {
    ports.onStep(
      `Making the image of the ${service} ${engine === undefined ? '' : `by ${engine}`}`.trim(),
    );
    if (engine === undefined) checkWriter(frozen, service, options.engine);
    images.push(
      engine === undefined
        ? await writeServiceImage(ports.places, frozen, service)
        : await buildServiceImage(ports, engine, frozen, service),
    );
  }
  const { file, digest, size } = frozen.bundle;
  return {
    project: project.name,
    tag: frozen.tag,
    versions: frozen.versions.map(({ manifest: { model, version } }) => ({ model, version })),
    bundle: { file, digest, size },
    images,
    files,
  };
}

/** AO508 for a tag that no engine takes (Docker's reference grammar). */
function checkTag(tag: string | undefined): void {
  if (tag === undefined || /^\w[\w.-]{0,127}$/.test(tag)) return;
  const plain = tag
    .replaceAll(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 128);
  throw buildFailures.create(
    'AO508',
    `"${tag}" cannot be the tag of an image: it takes letters, digits, underscores, dots and dashes, at most 128, and begins with none of the last two.`,
    { hint: `ao build --tag ${plain === '' ? '1' : plain}` },
  );
}

/** AO501 when an engine was looked for and the image cannot be made without. */
function checkWriter(
  frozen: FrozenProject,
  service: (typeof SERVICES)[number],
  wanted: BuildOptions['engine'],
): void {
  const isPossible =
    toInterpretedLanguage(frozen, service) === undefined ||
    toBasePath(frozen.project) !== undefined;
  if (wanted !== 'auto' || isPossible) return;
  throw buildFailures.create(
    'AO501',
    `No container engine found (docker, podman, buildah), and the image of the ${service} needs one: its interpreter comes from a base. Not needed to run; the bundle ${frozen.bundle.file} holds everything. Without an engine, [build] base can name a base on this machine.`,
    { hint: 'ao run up' },
  );
}

async function freezeProject(
  { places, env, freeze }: BuildPorts,
  project: Project,
  wantedTag: string | undefined,
  platform: string,
): Promise<FrozenProject> {
  const current = [];
  const versions: FrozenProject['versions'][number][] = [];
  const traffic: Record<string, Traffic> = {};
  for (const model of project.models) {
    const frozen = await freeze(model);
    current.push(frozen);
    const rules = toTraffic(project, frozen.manifest.version);
    traffic[model.name] = rules;
    versions.push(
      frozen,
      ...(await readOthers(project, model.name, rules, frozen.manifest.version)),
    );
  }
  const commit = versions.find(({ manifest }) => manifest.gitCommit !== undefined);
  const createdAt = await readCommitTime(project.folder, commit?.manifest.gitCommit);
  const documents = renderInterface(
    project,
    current.map(({ manifest: { model, signature } }) => ({ name: model, signature })),
  );
  const entries = await listBundle({ project, versions, traffic, documents, createdAt, env });
  await mkdir(places.output, { recursive: true });
  const draft = join(places.output, `.bundle-${process.pid}.part`);
  const written = await writeArchive(draft, entries);
  const tag = wantedTag ?? project.build.tag ?? toTag(project, traffic, written.digest);
  const file = join(places.output, `${project.name}-${tag}.tar.gz`);
  await rename(draft, file);
  return { project, versions, entries, bundle: { ...written, file }, tag, createdAt, platform };
}

/** The number of the version; of several models the beginning of the bundle's digest. */
function toTag(
  project: Project,
  traffic: Readonly<Record<string, Traffic>>,
  digest: string,
): string {
  const [first] = Object.values(traffic);
  return project.models.length === 1 && first !== undefined
    ? String(first.champion)
    : digest.slice(0, 12);
}

/** What is built answers everybody; what ao.toml says of one model's traffic holds beside it. */
function toTraffic({ models, traffic }: Project, current: number): Traffic {
  const { canary, shadow, sticky } = traffic;
  const isAlone = models.length === 1;
  const champion = isAlone ? (traffic.champion ?? current) : current;
  return {
    champion,
    ...(isAlone && canary !== undefined && canary.version !== champion ? { canary } : {}),
    ...(isAlone && shadow !== undefined && shadow !== champion ? { shadow } : {}),
    ...(sticky === undefined ? {} : { sticky }),
    revision: 0,
  };
}

/** Versions besides the current one that the traffic needs. */
async function readOthers(
  { folder }: Project,
  model: string,
  { champion, canary, shadow }: Traffic,
  current: number,
): Promise<FrozenProject['versions']> {
  const numbers = new Set([champion, canary?.version, shadow]);
  const others = [...numbers].filter((number) => number !== undefined && number !== current);
  return Promise.all(
    others.map(async (number) => {
      const place = join(toVersionsFolder(folder, model), String(number));
      const manifest = await readManifest(place);
      await verifyVersion(place, manifest);
      return { manifest, folder: place };
    }),
  );
}
