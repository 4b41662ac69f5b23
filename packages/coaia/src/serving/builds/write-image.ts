/** Writes an image as one file that docker, podman, skopeo and registries' tools load. */
import { createHash } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import type { ArchiveEntry } from './archive.ts';
import { writePlainArchive } from './archive.ts';
import type { ImageLayer } from './image.ts';

/**
 * Docker's names for the parts, which OCI tools read as well: podman keeps the health check of an image only under
 * these.
 */
const MEDIA = {
  manifest: 'application/vnd.docker.distribution.manifest.v2+json',
  config: 'application/vnd.docker.container.image.v1+json',
  compressed: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  plain: 'application/vnd.docker.image.rootfs.diff.tar',
} as const;

export interface WrittenImage {
  readonly file: string;
  /** Of the manifest, as registries name images: SHA-256 in hex. */
  readonly digest: string;
  /** Bytes of all layers. */
  readonly size: number;
}

/**
 * One archive that is an OCI image layout (`oci-layout`, `index.json`, `blobs/`) and what `docker load` reads
 * (`manifest.json`). It appears under its name when it is complete.
 */
export async function writeImage(
  file: string,
  name: string,
  config: object,
  layers: readonly ImageLayer[],
): Promise<WrittenImage> {
  const configBlob = toBlob(config);
  const manifest = toManifest(configBlob, layers);
  const index = {
    schemaVersion: 2,
    manifests: [
      {
        mediaType: MEDIA.manifest,
        digest: `sha256:${manifest.digest}`,
        size: manifest.size,
        annotations: {
          'io.containerd.image.name': `docker.io/library/${name}`,
          'org.opencontainers.image.ref.name': name,
        },
      },
    ],
  };
  const forDocker = [
    {
      Config: toBlobPath(configBlob.digest),
      RepoTags: [name],
      Layers: layers.map(({ digest }) => toBlobPath(digest)),
    },
  ];
  const blobs = new Map<string, ArchiveEntry>(
    [configBlob, manifest].map(({ digest, content }) => [
      digest,
      { path: toBlobPath(digest), content },
    ]),
  );
  for (const { digest, file: layer } of layers)
    blobs.set(digest, { path: toBlobPath(digest), content: layer });
  // Two builds at once write two drafts: the later image stays, and it is whole.
  const draft = `${file}.${process.pid}.part`;
  const entries = [
    { path: 'oci-layout', content: Buffer.from('{"imageLayoutVersion":"1.0.0"}') },
    { path: 'index.json', content: toBytes(index) },
    { path: 'manifest.json', content: toBytes(forDocker) },
    { path: 'blobs' },
    { path: 'blobs/sha256' },
    ...blobs.values(),
  ];
  try {
    await writePlainArchive(draft, entries);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const size = layers.reduce((sum, layer) => sum + layer.size, 0);
  return { file, digest: manifest.digest, size };
}

function toManifest(config: Blob, layers: readonly ImageLayer[]): Blob {
  return toBlob({
    schemaVersion: 2,
    mediaType: MEDIA.manifest,
    config: { mediaType: MEDIA.config, digest: `sha256:${config.digest}`, size: config.size },
    layers: layers.map(({ digest, size, isCompressed }) => ({
      mediaType: isCompressed ? MEDIA.compressed : MEDIA.plain,
      digest: `sha256:${digest}`,
      size,
    })),
  });
}

function toBytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

interface Blob {
  readonly content: Buffer;
  readonly digest: string;
  readonly size: number;
}

function toBlob(value: object): Blob {
  const content = toBytes(value);
  const digest = createHash('sha256').update(content).digest('hex');
  return { content, digest, size: content.length };
}

function toBlobPath(digest: string): string {
  return `blobs/sha256/${digest}`;
}
