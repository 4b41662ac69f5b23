/** Images by docker, podman or buildah from the project's own Dockerfiles. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { version as programVersion } from '#base';
import type { BuildPlaces, BuiltImage, FrozenProject } from './build.ts';
import { toBasePath, toImageLabels, toInterpretedLanguage, toTaggedName } from './build.ts';
import { isForGateway } from './bundle.ts';
import { writeContext } from './context-folder.ts';
import { renderDockerfile } from './dockerfile.ts';
import { buildByEngine } from './engines.ts';
import type { EngineName, EnginePorts } from './engines.ts';
import { buildFailures } from './errors.ts';
import type { ServiceName } from './image-facts.ts';
import { listLocks } from './lock.ts';
import { listBareRoot, listNode } from './node-runtime.ts';
import { listProgram } from './program.ts';

/** Fills the build folder of a service and has the engine make its image. AO502 when it fails. */
export async function buildServiceImage(
  ports: EnginePorts & { readonly places: BuildPlaces },
  engine: EngineName,
  frozen: FrozenProject,
  service: ServiceName,
): Promise<BuiltImage> {
  const { project, versions, entries, platform } = frozen;
  const language = toInterpretedLanguage(frozen, service);
  const base = language === undefined ? undefined : toBaseName(frozen, engine);
  const context = join(project.folder, '.ao/build/context', service);
  await writeContext(context, {
    runtime: language === undefined ? listBareRoot() : listNode(),
    program: await listProgram(ports.places.program),
    project: entries.filter((entry) => service === 'model-service' || isForGateway(entry)),
    lock: await listLocks(versions),
  });
  const name = toTaggedName(frozen, service);
  const packages = project.build.systemPackages.join(' ');
  const digest = await buildByEngine(ports, engine, {
    dockerfile: await findDockerfile(frozen, service, context),
    context,
    name,
    labels: toImageLabels(frozen, service, programVersion),
    args: {
      ...(base === undefined ? {} : { BASE: base }),
      ...(language === undefined || packages === '' ? {} : { SYSTEM_PACKAGES: packages }),
      ...project.build.args,
    },
    // Engines take what they run on as it is; some have to be set up before they accept it in words.
    platform: project.build.platforms.length === 0 ? undefined : platform,
  });
  return { service, name, engine, digest };
}

/** Engines start from images by name. AO503 when the base is a file. */
function toBaseName({ project }: FrozenProject, engine: EngineName): string | undefined {
  const path = toBasePath(project);
  if (path === undefined) return project.build.base;
  throw buildFailures.create(
    'AO503',
    `[build] base: ${path} is a file, and ${engine} starts from images by name. Load it first and write the name that it gets, or build without an engine.`,
    { hint: engine === 'docker' ? `docker load -i ${path}` : `podman load -i ${path}` },
  );
}

/** The user's own, or in a project without one what `ao init` would write, beside the build folder. */
async function findDockerfile(
  { project, versions }: FrozenProject,
  service: ServiceName,
  context: string,
): Promise<string> {
  const own = join(project.folder, service, 'Dockerfile');
  if (existsSync(own)) return own;
  const language = toInterpretedLanguage({ versions }, service) ?? 'onnx';
  const made = versions.find(({ manifest }) => manifest.language === language);
  const version = made?.manifest.interpreter?.version;
  const file = `${context}.Dockerfile`;
  await writeFile(
    file,
    renderDockerfile(service, {
      project: project.name,
      language,
      ...(version === undefined ? {} : { interpreterVersion: version }),
    }),
  );
  return file;
}
