/** The project as it stands, kept in front of callers while somebody works on it. */
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join } from 'node:path';
import type { DeploymentsApi, DeploymentTraffic } from '@coaia/client';
import type { ModelSettings, Project } from '../projects/project.ts';
import { readSecrets } from '../projects/read-secrets.ts';
import type { Env } from '../projects/read-secrets.ts';
import { freezeVersion } from '../versions/freeze.ts';
import { ensureHonesty } from './honesty.ts';
import { listKnownVersions } from '../versions/known-versions.ts';
import { CODE_FOLDER } from '../versions/source-files.ts';

/** Editors write a file in several steps. */
const QUIET_MS = 150;

export interface WorkingCopyOptions {
  readonly project: Project;
  readonly deployments: DeploymentsApi;
  /** Whether contents with this SHA-256 (hex) may be opened. */
  readonly isTrusted: (sha256: string) => boolean;
  readonly isSandboxed: boolean | 'auto';
  /** Where values of `[secrets]` are looked up. */
  readonly env: Env;
  /** Makes the change visible to this gateway at once. */
  readonly onChange: () => Promise<void>;
  /** What could not be frozen; the version before goes on. */
  readonly onError: (model: string, error: unknown) => void;
  readonly onVersion?: (model: string, version: number) => void;
  /** A new version that does not answer, and why. */
  readonly onHeld?: (model: string, version: number, reason: string) => void;
}

/**
 * Freezes every model. New contents become champion unless somebody has settled who answers; contents that are known
 * leave the traffic as it is. A model
 * that is not in order is told to `onError` where an earlier version can answer, and fails the start otherwise.
 */
export async function freezeAll(options: WorkingCopyOptions): Promise<Standing> {
  const standing: Standing = new Map();
  for (const model of options.project.models) {
    try {
      standing.set(model.name, await freezeOne(options, model));
    } catch (error) {
      const known = await listKnownVersions(options.deployments, model.name);
      if (known.length === 0) throw error;
      options.onError(model.name, error);
    }
  }
  return standing;
}

/** The version of each model that its files are. */
export type Standing = Map<string, number>;

/** Answers the version that stands now. One that is known becomes champion again where a save went back to it. */
async function freezeOne(
  options: WorkingCopyOptions,
  model: ModelSettings,
  before?: number,
): Promise<number> {
  const { project, deployments } = options;
  const known = await listKnownVersions(deployments, model.name);
  const { manifest, folder, isNew } = await freezeVersion(project, model, {
    known,
    isTrusted: options.isTrusted,
  });
  const { version } = manifest;
  await ensureHonesty({
    project: project.folder,
    model,
    manifest,
    folder,
    isSandboxed: options.isSandboxed,
    env: readSecrets(project, options.env).values,
  });
  await deployments.registerVersion({
    manifest: manifest as unknown as Readonly<Record<string, unknown>>,
    folder,
    ...(model.gate === undefined ? {} : { gate: model.gate }),
  });
  options.onVersion?.(model.name, version);
  const isBack = before !== undefined && before !== version;
  if ((!isNew && !isBack) || known.length === 0) return version;
  const { traffic } = await deployments.getDeployment(model.name);
  const settled = traffic === null ? undefined : findSettled(traffic, before);
  if (settled !== undefined) options.onHeld?.(model.name, version, settled);
  else
    await deployments.changeTraffic(model.name, {
      change: { champion: version },
      action: 'reload',
      ...(traffic === null ? {} : { ifRevision: traffic.revision }),
      // Whoever saves sees it at once, also where an evaluation of these contents was against them.
      force: true,
      reason: 'the project was changed',
    });
  return version;
}

/** What somebody has decided about who answers; a save does not go over it. `before`: what the files were. */
function findSettled(
  { canary, champion, shadow }: DeploymentTraffic,
  before: number | undefined,
): string | undefined {
  if (canary !== undefined) return `version ${canary.version} is a canary`;
  if (shadow !== undefined) return `version ${shadow} is a shadow`;
  if (before === undefined || champion === before) return undefined;
  return `version ${champion} was put in front of the files as they were`;
}

/** Freezes again after every save. Close it to stop. */
export function watchWorkingCopy(
  options: WorkingCopyOptions,
  standing: Standing,
): { close(): void } {
  const { folder } = options.project;
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  const change = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(async () => reload(options, standing));
    }, QUIET_MS);
  };
  const watcher = watchFolder(join(folder, CODE_FOLDER), change);
  return {
    close() {
      clearTimeout(timer);
      watcher?.close();
    },
  };
}

async function reload(options: WorkingCopyOptions, standing: Standing): Promise<void> {
  for (const model of options.project.models) {
    try {
      standing.set(model.name, await freezeOne(options, model, standing.get(model.name)));
    } catch (error) {
      options.onError(model.name, error);
    }
  }
  // The catalog looks again by itself; what a look failed with must not end the watching.
  await options.onChange().catch((error: unknown) => options.onError(options.project.name, error));
}

/** Undefined where the folder is not there. */
function watchFolder(folder: string, onChange: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { recursive: true }, (_event, file) => {
      if (file !== null && !/__pycache__|\.pyc$|~$|\.sw.$/.test(file)) onChange();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
