/** What every image of a project has in common, whoever makes it: our writer or an engine by its Dockerfile. */
import type { Project } from '../projects/project.ts';
import type { Language } from '../versions/version.ts';

export type ServiceName = 'api-service' | 'model-service';

export const SERVICES: readonly ServiceName[] = ['api-service', 'model-service'];

/** No account of any base image has this number; kubelets accept it as "not root". */
export const IMAGE_USER = '65532:65532';

/** The program, its Node and the project inside an image. */
export const NODE_PATH = '/opt/coaia/bin/node';
export const PROGRAM_FOLDER = '/opt/coaia/program';
export const PROJECT_FOLDER = '/srv/ao';

/** The only folders that are written to; with a read-only root they are volumes. */
export const STATE_FOLDER = '/var/lib/coaia';
export const WRITTEN_FOLDERS = ['/tmp', STATE_FOLDER] as const;

/** REST outside, gRPC between the two. */
export const API_PORT = 8000;
export const MODEL_PORT = 50_051;

export function toPort(service: ServiceName): number {
  return service === 'api-service' ? API_PORT : MODEL_PORT;
}

export const ENTRYPOINT: readonly string[] = [NODE_PATH, `${PROGRAM_FOLDER}/ao.js`];

/**
 * Arguments of the program. The gateway listens on every address of its container, so it does not start without keys
 * (`AO_API_KEYS`) unless `--insecure` is added by whoever knows that nobody else reaches it. `model` is the host name
 * of the model-service.
 */
export function toCommand(service: ServiceName, model = 'model-service'): readonly string[] {
  if (service === 'model-service')
    return ['serve', 'host', '--frozen', '--address', `0.0.0.0:${MODEL_PORT}`];
  const link = ['--link', 'grpc', '--link-address', `${model}:${MODEL_PORT}`];
  return ['serve', 'gateway', '--frozen', ...link, '--host', '0.0.0.0', '--port', String(API_PORT)];
}

/** Asks the service itself; ends with 0 when it is ready. */
export function toHealthCommand(service: ServiceName): readonly string[] {
  const option = service === 'api-service' ? '--http' : '--grpc';
  return [...ENTRYPOINT, 'serve', 'health', option, String(toPort(service))];
}

/** Seconds. A model with large packages takes a while to load. */
export const HEALTH = { interval: 10, timeout: 5, retries: 3, startPeriod: 60 } as const;

export const IMAGE_ENV: Readonly<Record<string, string>> = {
  PATH: '/opt/coaia/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: STATE_FOLDER,
  COAIA_HOME: `${STATE_FOLDER}/coaia`,
  NODE_ENV: 'production',
  PYTHONDONTWRITEBYTECODE: '1',
};

/** The public image that an engine starts from when the project names none; `scratch` needs no download. */
export function toDefaultBase(language: Language, version = ''): string {
  if (language === 'r') return `rocker/r-ver:${version === '' ? '4' : version}`;
  if (language === 'python')
    return `python:${/^\d+\.\d+/.exec(version)?.[0] ?? '3.11'}-slim-bookworm`;
  return 'scratch';
}

/** Name of an image without its tag: of the project, or what `[build] image` says, with a registry if it has one. */
export function toImageName(
  { name, build }: Pick<Project, 'name'> & { readonly build: { readonly image?: string } },
  service: ServiceName,
): string {
  const stem = build.image ?? name.toLowerCase().replaceAll(/[^a-z0-9._-]+/g, '-');
  return `${stem}-${service}`;
}
