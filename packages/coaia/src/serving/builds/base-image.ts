/** The base of an image as a file or folder on this machine, taken apart into layers. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { buildFailures } from './errors.ts';
import { hashLayer, isGzip } from './hash-layer.ts';
import type { ImageLayer } from './image.ts';

export interface BaseImage {
  readonly layers: readonly ImageLayer[];
  /** `NAME=value` of its configuration. */
  readonly env: readonly string[];
}

interface Descriptor {
  readonly digest: string;
  readonly mediaType?: string;
  readonly platform?: { readonly os?: string; readonly architecture?: string };
}

interface Config {
  readonly config?: { readonly Env?: readonly string[] };
}

/**
 * Reads an OCI archive, a docker archive, a folder with an OCI layout, or an archive of a root folder. Parts of an
 * archive are unpacked into `scratch`, which the caller removes. AO506 when it is none of these.
 */
export async function readBase(
  path: string,
  platform: string,
  scratch: string,
): Promise<BaseImage> {
  const found = await stat(path).catch((error: unknown) => {
    throw toFailure(path, 'is not there', error);
  });
  if (found.isDirectory()) return readLayout(path, path, platform);
  const names = await listTopNames(path);
  if (!names.has('manifest.json') && !names.has('index.json')) {
    if (!names.has('bin') && !names.has('usr'))
      throw toFailure(path, 'holds neither an image nor a root folder');
    return { layers: [await hashLayer(path, 'base')], env: [] };
  }
  await unpackImage(path, scratch);
  return names.has('index.json')
    ? readLayout(scratch, path, platform)
    : readDockerArchive(scratch, path);
}

async function readLayout(folder: string, path: string, platform: string): Promise<BaseImage> {
  const readBlob = async (digest: string) => readJson(toBlob(folder, digest), path);
  let found = (await readJson(join(folder, 'index.json'), path)) as Partial<Index>;
  // An index may name further indexes, one for each platform.
  for (let depth = 0; found.manifests !== undefined && depth < 3; depth += 1) {
    const { manifests } = found;
    const fitting = manifests.find(
      ({ platform: one }) => one === undefined || `${one.os}/${one.architecture}` === platform,
    );
    if (fitting === undefined) throw toFailure(path, `has no image for ${platform}`);
    found = (await readBlob(fitting.digest)) as Partial<Index>;
  }
  if (found.config === undefined || found.layers === undefined)
    throw toFailure(path, 'has an index that leads to no image');
  if (found.layers.some(({ mediaType }) => mediaType?.endsWith('zstd') === true))
    throw toFailure(path, 'has layers compressed by zstd, not by gzip');
  const { config } = (await readBlob(found.config.digest)) as Config;
  const layers = await hashLayers(found.layers.map(({ digest }) => toBlob(folder, digest)));
  return { layers, env: config?.Env ?? [] };
}

interface Index {
  readonly manifests: readonly Descriptor[];
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

async function readDockerArchive(folder: string, path: string): Promise<BaseImage> {
  const [image] = (await readJson(join(folder, 'manifest.json'), path)) as readonly {
    readonly Config: string;
    readonly Layers: readonly string[];
  }[];
  if (image === undefined) throw toFailure(path, 'holds no image');
  const outside = [image.Config, ...image.Layers].find((name) => !isPlain(name));
  if (outside !== undefined) throw toFailure(path, `names a part outside of itself: ${outside}`);
  const { config } = (await readJson(join(folder, image.Config), path)) as Config;
  const layers = await hashLayers(image.Layers.map((layer) => join(folder, layer)));
  return { layers, env: config?.Env ?? [] };
}

/** One after another: a layer may be large. */
async function hashLayers(files: readonly string[]): Promise<readonly ImageLayer[]> {
  const layers: ImageLayer[] = [];
  for (const file of files) layers.push(await hashLayer(file, 'base'));
  return layers;
}

/** `sha256:...` as a path; anything else could lead out of the folder. */
function toBlob(folder: string, digest: string): string {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1] ?? 'none';
  return join(folder, 'blobs', 'sha256', hex);
}

async function readJson(file: string, path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw toFailure(path, 'is damaged: a part of the image is missing or no JSON', error);
  }
}

async function openArchive(path: string) {
  const entries = extract();
  const file = createReadStream(path);
  const reading = (await isGzip(path))
    ? pipeline(file, createGunzip(), entries)
    : pipeline(file, entries);
  reading.catch(() => undefined);
  return entries;
}

/** First parts of all names in an archive. */
async function listTopNames(path: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  try {
    for await (const entry of await openArchive(path)) {
      names.add(toName(entry.header.name).split('/')[0] ?? '');
      entry.resume();
    }
  } catch (error) {
    throw toFailure(path, 'is no archive, or is compressed otherwise than by gzip', error);
  }
  return names;
}

function toName(name: string): string {
  return name.replace(/^(?:\.?\/)+/, '');
}

function isPlain(name: string): boolean {
  return /^[\w.-]+(?:\/[\w.-]+)*$/.test(name) && !name.split('/').includes('..');
}

/** Only plain files under plain names; links and devices are nothing that an image's parts need. */
async function unpackImage(path: string, folder: string): Promise<void> {
  for await (const entry of await openArchive(path)) {
    const name = toName(entry.header.name);
    if (entry.header.type !== 'file' || !isPlain(name)) {
      entry.resume();
      continue;
    }
    const target = join(folder, name);
    await mkdir(dirname(target), { recursive: true });
    await pipeline(entry, createWriteStream(target));
  }
}

function toFailure(path: string, what: string, cause?: unknown) {
  return buildFailures.create('AO506', `[build] base: ${path} ${what}.`, {
    hint: 'ao config build.base --show-origin',
    cause,
  });
}
