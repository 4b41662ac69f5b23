/** Images without an engine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version as programVersion } from '#base';
import type { BaseImage } from './base-image.ts';
import { readBase } from './base-image.ts';
import type { BuildPlaces, BuiltImage, FrozenProject } from './build.ts';
import { toBasePath, toImageLabels, toInterpretedLanguage, toTaggedName } from './build.ts';
import { isForGateway } from './bundle.ts';
import { buildFailures } from './errors.ts';
import { toImageConfig } from './image.ts';
import { PROJECT_FOLDER } from './image-facts.ts';
import type { ServiceName } from './image-facts.ts';
import { writeLayer } from './layers.ts';
import { listBareRoot, listNode } from './node-runtime.ts';
import { listProgram } from './program.ts';
import { writeImage } from './write-image.ts';

/** Writes the image of a service into a file. AO503 when it needs a base and there is none, AO506 for a bad one. */
export async function writeServiceImage(
  places: BuildPlaces,
  frozen: FrozenProject,
  service: ServiceName,
): Promise<BuiltImage> {
  const scratch = await mkdtemp(join(tmpdir(), 'ao-base-'));
  try {
    const base = await openBase(frozen, service, scratch);
    const project = frozen.entries
      .filter((entry) => service === 'model-service' || isForGateway(entry))
      .map((entry) => ({ ...entry, path: `${PROJECT_FOLDER.slice(1)}/${entry.path}` }));
    const add = (entries: typeof project, note: string) => writeLayer(places.layers, entries, note);
    const layers = [
      ...(base?.layers ?? []),
      await add([...(base === undefined ? listBareRoot() : listNode())], 'Node'),
      await add([...(await listProgram(places.program))], `Coaia ${programVersion}`),
      await add(project, `${frozen.project.name} ${frozen.tag}`),
    ];
    const config = toImageConfig({
      service,
      layers,
      baseEnv: base?.env ?? [],
      labels: toImageLabels(frozen, service, programVersion),
      platform: frozen.platform,
      createdAt: frozen.createdAt,
    });
    const name = toTaggedName(frozen, service);
    const file = join(places.output, `${(name.split('/').at(-1) ?? name).replace(':', '-')}.tar`);
    const { digest, size } = await writeImage(file, name, config, layers);
    return { service, name, engine: 'none', file, digest, size };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function openBase(
  frozen: FrozenProject,
  service: ServiceName,
  scratch: string,
): Promise<BaseImage | undefined> {
  const language = toInterpretedLanguage(frozen, service);
  if (language === undefined) return undefined;
  const path = toBasePath(frozen.project);
  if (path !== undefined) return readBase(path, frozen.platform, scratch);
  const { base } = frozen.project.build;
  const name = language === 'r' ? 'R' : 'Python';
  throw buildFailures.create(
    'AO503',
    base === undefined
      ? `The image of the model-service needs ${name}, and without an engine it comes from a base on this machine: name an OCI archive or an archive of a root folder as [build] base in ao.toml, or install docker or podman. The bundle ${frozen.bundle.file} and the image of the api-service are made.`
      : `[build] base: there is no file or folder ${base}. Without an engine the base lies on this machine; \`skopeo copy docker://${base} oci-archive:base.tar\` fetches an image.`,
    { hint: 'ao build --engine podman' },
  );
}
