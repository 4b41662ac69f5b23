/** The project as it stands, kept in front of callers while somebody works on it. */
import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join } from 'node:path';
import type { DeploymentsApi } from '@coaia/client';
import type { ModelSettings, Project } from '../projects/project.ts';
import { readSecrets } from '../projects/read-secrets.ts';
import type { Env } from '../projects/read-secrets.ts';
import { freezeVersion } from '../versions/freeze.ts';
import { ensureHonesty } from './honesty.ts';
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
}

/**
 * Freezes every model. New contents become champion; contents that are known leave the traffic as it is. A model
 * that is not in order is told to `onError` where an earlier version can answer, and fails the start otherwise.
 */
export async function freezeAll(options: WorkingCopyOptions): Promise<void> {
  for (const model of options.project.models) {
    try {
      await freezeOne(options, model);
    } catch (error) {
      const known = await listKnown(options.deployments, model.name);
      if (known.length === 0) throw error;
      options.onError(model.name, error);
    }
  }
}

async function listKnown(api: DeploymentsApi, model: string) {
  return api.getDeployment(model).then(
    ({ versions }) => versions,
    () => [],
  );
}

async function freezeOne(options: WorkingCopyOptions, model: ModelSettings): Promise<void> {
  const { project, deployments } = options;
  const known = await listKnown(deployments, model.name);
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
  });
  options.onVersion?.(model.name, version);
  if (!isNew || known.length === 0) return;
  await deployments.changeTraffic(model.name, {
    change: { champion: version },
    action: 'reload',
    reason: 'the project was changed',
  });
}

/** Freezes again after every save. Close it to stop. */
export function watchWorkingCopy(options: WorkingCopyOptions): { close(): void } {
  const { folder } = options.project;
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  const change = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(async () => reload(options));
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

async function reload(options: WorkingCopyOptions): Promise<void> {
  for (const model of options.project.models) {
    try {
      await freezeOne(options, model);
    } catch (error) {
      options.onError(model.name, error);
    }
  }
  await options.onChange();
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
