/** An image before it is written: layers, what they are based on, and how it is run. */
import {
  ENTRYPOINT,
  HEALTH,
  IMAGE_ENV,
  IMAGE_USER,
  PROJECT_FOLDER,
  toCommand,
  toHealthCommand,
  toPort,
  WRITTEN_FOLDERS,
} from './image-facts.ts';
import type { ServiceName } from './image-facts.ts';

/** A layer as a file. Digests are SHA-256 in hex, `contentDigest` of what was compressed. */
export interface ImageLayer {
  readonly file: string;
  readonly digest: string;
  readonly contentDigest: string;
  readonly size: number;
  readonly isCompressed: boolean;
  /** For the image's history. */
  readonly note: string;
}

export interface ImageInput {
  readonly service: ServiceName;
  /** From the lowest on. */
  readonly layers: readonly ImageLayer[];
  /** Variables of the base. */
  readonly baseEnv: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly platform: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

export interface LabelInput {
  readonly project: string;
  readonly description?: string | undefined;
  readonly service: ServiceName;
  readonly tag: string;
  /** `churn=3` for each model. */
  readonly models: readonly string[];
  /** Digest of the bundle. */
  readonly digest: string;
  readonly gitCommit?: string | undefined;
  readonly createdAt: string;
  /** Of the program. */
  readonly program: string;
}

/** Labels by the annotations of the OCI image specification, and what they have no word for under `dev.coaia.`. */
export function toLabels(input: LabelInput): Readonly<Record<string, string>> {
  const { project, service, tag, models, digest, gitCommit, description } = input;
  return {
    'org.opencontainers.image.title': `${project} ${service}`,
    ...(description === undefined ? {} : { 'org.opencontainers.image.description': description }),
    'org.opencontainers.image.version': tag,
    'org.opencontainers.image.created': input.createdAt,
    ...(gitCommit === undefined ? {} : { 'org.opencontainers.image.revision': gitCommit }),
    'dev.coaia.project': project,
    'dev.coaia.service': service,
    'dev.coaia.models': models.join(','),
    'dev.coaia.bundle': `sha256:${digest}`,
    'dev.coaia.program': input.program,
  };
}

/** The image's configuration (OCI image specification 1.1, config.md) with Docker's health check. */
export function toImageConfig(input: ImageInput): object {
  const { service, layers, labels, platform, createdAt } = input;
  const [os, architecture] = platform.split('/');
  const second = 1_000_000_000;
  return {
    created: createdAt,
    architecture,
    os,
    config: {
      User: IMAGE_USER,
      ExposedPorts: { [`${toPort(service)}/tcp`]: {} },
      Env: mergeEnv(input.baseEnv),
      Entrypoint: ENTRYPOINT,
      Cmd: toCommand(service),
      WorkingDir: PROJECT_FOLDER,
      Volumes: Object.fromEntries(WRITTEN_FOLDERS.map((folder) => [folder, {}])),
      Labels: labels,
      StopSignal: 'SIGTERM',
      Healthcheck: {
        Test: ['CMD', ...toHealthCommand(service)],
        Interval: HEALTH.interval * second,
        Timeout: HEALTH.timeout * second,
        StartPeriod: HEALTH.startPeriod * second,
        Retries: HEALTH.retries,
      },
    },
    rootfs: {
      type: 'layers',
      diff_ids: layers.map(({ contentDigest }) => `sha256:${contentDigest}`),
    },
    history: layers.map(({ note }) => ({ created: createdAt, created_by: note })),
  };
}

/** Ours over those of the base; programs of the base stay on the path. */
function mergeEnv(base: readonly string[]): readonly string[] {
  const own = new Map(Object.entries(IMAGE_ENV));
  const basePath = base.find((pair) => pair.startsWith('PATH='))?.slice('PATH='.length);
  if (basePath !== undefined) own.set('PATH', `/opt/coaia/bin:${basePath}`);
  const kept = base.filter((pair) => !own.has(pair.split('=')[0] ?? ''));
  return [...kept, ...[...own].map(([name, value]) => `${name}=${value}`)];
}
