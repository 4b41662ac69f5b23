/** Catalogues: versions from the project's folder, traffic from the store or from a file beside them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeploymentsApi } from '@coaia/client';
import type { ModelSettings } from '../projects/project.ts';
import type { CatalogModel, ModelCatalog } from './catalog.ts';
import { listFolderVersions } from './folder.ts';
import type { Traffic } from './traffic.ts';
import type { VersionManifest } from './version.ts';

/** A catalogue that follows what others change. */
export interface OpenCatalog extends ModelCatalog {
  /** Looks now instead of at the next turn. */
  refresh(): Promise<void>;
  close(): void;
}

export interface CatalogOptions {
  /** The project. */
  readonly folder: string;
  /** How its models are run at present; a version's own settings count where a model is missing. */
  readonly models: readonly ModelSettings[];
  /** True when rows of a version may be predicted together, false when not, undefined when nobody tried. */
  readonly readHonesty?: (manifest: VersionManifest) => boolean | undefined;
  /** Loads versions that will answer from now on; while it fails its model stays as it is. */
  readonly prepare?: (model: string, version: number) => Promise<void>;
  /** One line about what could not be read; the last good state stays. */
  readonly onError?: (error: unknown) => void;
}

type ReadTraffic = () => Promise<ReadonlyMap<string, Traffic>>;

/** Traffic of the store behind `deployments`, asked every `pollMs`. */
export function openStoreCatalog(
  deployments: Pick<DeploymentsApi, 'listDeployments'>,
  options: CatalogOptions & { readonly pollMs: number },
): Promise<OpenCatalog> {
  const readTraffic: ReadTraffic = async () => {
    const { data } = await deployments.listDeployments();
    return new Map(
      data.flatMap(({ name, traffic }) => (traffic === null ? [] : [[name, traffic] as const])),
    );
  };
  return openCatalog(readTraffic, options, options.pollMs);
}

/** Name of the file in `.ao/` that says who gets which version where there is no store. */
export const TRAFFIC_FILE = 'traffic.json';

/** Traffic of `.ao/traffic.json`; models that it does not name have their newest version as champion. */
export function openFolderCatalog(options: CatalogOptions): Promise<OpenCatalog> {
  const path = join(options.folder, '.ao', TRAFFIC_FILE);
  const readTraffic: ReadTraffic = async () => {
    // Only a file that is not there says nothing; one that cannot be read must not change who answers.
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{}';
      throw error;
    });
    return new Map(Object.entries(JSON.parse(text) as Record<string, Traffic>));
  };
  return openCatalog(readTraffic, options, undefined);
}

async function openCatalog(
  readTraffic: ReadTraffic,
  options: CatalogOptions,
  pollMs: number | undefined,
): Promise<OpenCatalog> {
  const listeners = new Set<() => void>();
  const state = { models: new Map<string, CatalogModel>(), print: '' };
  const loader = createLoader(options);
  const tellAbsent = toTeller(options);
  const look = async (): Promise<void> => {
    const models = await readModels(options, await readTraffic(), tellAbsent);
    // At the start there is nothing to keep answering with, so nobody waits for a model to load.
    const isChange = state.print !== '' && toPrint(models) !== state.print;
    // Loading takes its time, and the rules may have changed meanwhile.
    if (isChange && (await loader.load(models, state.models))) return look();
    const print = toPrint(models);
    if (print === state.print) return;
    state.models = models;
    state.print = print;
    for (const listener of listeners) listener();
  };
  let last = Promise.resolve();
  let waiting = 0;
  // One after the other: an older state must not come after a newer one.
  const refresh = () => {
    waiting += 1;
    last = last
      .catch(() => undefined)
      .then(look)
      .finally(() => (waiting -= 1));
    return last;
  };
  await refresh();
  const poll = () => {
    if (waiting === 0) refresh().catch((error: unknown) => options.onError?.(error));
  };
  const timer = pollMs === undefined ? undefined : setInterval(poll, pollMs);
  timer?.unref();
  return {
    list: () => [...state.models.values()],
    find: (name) => state.models.get(name),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh,
    close: () => clearInterval(timer),
  };
}

/** A model whose new versions could not be loaded is tried again after this long, or when its rules change. */
const AGAIN_MS = 30_000;

/**
 * Loads what will answer from now on. A model of which something cannot be loaded stays as it was, told once; the
 * others go on. `load` answers whether it took the time to load anything.
 */
function createLoader({ prepare, onError }: CatalogOptions) {
  const loaded = new Map<string, string>();
  const failed = new Map<string, { readonly rules: string; readonly until: number }>();
  const loadOne = async ({ name, traffic }: CatalogModel, now: CatalogModel | undefined) => {
    const rules = JSON.stringify(traffic);
    const before = failed.get(name);
    if (before?.rules === rules && Date.now() < before.until) return 'failed';
    const answering = new Set(listAnswering(now?.traffic));
    const fresh = listAnswering(traffic).filter((version) => !answering.has(version));
    if (prepare === undefined || fresh.length === 0 || loaded.get(name) === rules) return 'known';
    try {
      for (const version of fresh) await prepare(name, version);
      loaded.set(name, rules);
      return 'loaded';
    } catch (error) {
      failed.set(name, { rules, until: Date.now() + AGAIN_MS });
      onError?.(error);
      return 'failed';
    }
  };
  return {
    async load(next: Map<string, CatalogModel>, now: ReadonlyMap<string, CatalogModel>) {
      let hasLoaded = false;
      for (const [name, model] of next) {
        const current = now.get(name);
        const outcome = await loadOne(model, current);
        if (outcome === 'loaded') hasLoaded = true;
        if (outcome === 'failed' && current === undefined) next.delete(name);
        if (outcome === 'failed' && current !== undefined) next.set(name, current);
      }
      return hasLoaded;
    },
  };
}

/** Tells once of each champion that is not on this machine. */
function toTeller({ onError }: CatalogOptions) {
  const told = new Set<string>();
  return (name: string, champion: number, instead: number) => {
    const text = `version ${champion} of ${name} is not on this machine, so version ${instead} answers`;
    if (told.has(text)) return;
    told.add(text);
    onError?.(new Error(text));
  };
}

/** Versions that answer or watch under these rules. */
export function listAnswering(traffic: Traffic | undefined): readonly number[] {
  return [traffic?.champion, traffic?.canary?.version, traffic?.shadow].filter(
    (version) => version !== undefined,
  );
}

/** Changes when a version or any traffic does. */
function toPrint(models: ReadonlyMap<string, CatalogModel>): string {
  return JSON.stringify(
    [...models.values()].map(({ name, traffic, versions }) => [
      name,
      traffic,
      [...versions.values()].map(({ version, digest, batch }) => [version, digest, batch.enabled]),
    ]),
  );
}

async function readModels(
  { folder, models, readHonesty }: CatalogOptions,
  traffic: ReadonlyMap<string, Traffic>,
  tellAbsent: ReturnType<typeof toTeller>,
): Promise<Map<string, CatalogModel>> {
  const found = await Promise.all(
    models.map(async (settings) => {
      const manifests = await listFolderVersions(folder, settings.name);
      const latest = manifests.at(-1);
      if (latest === undefined) return undefined;
      const own = manifests.map((manifest) => applySettings(manifest, settings, readHonesty));
      const versions = new Map(own.map((manifest) => [manifest.version, manifest]));
      const rules = traffic.get(settings.name);
      // A champion that was made on another machine cannot answer here; the newest of ours does.
      const isHere = rules !== undefined && versions.has(rules.champion);
      if (rules !== undefined && !isHere) tellAbsent(settings.name, rules.champion, latest.version);
      const inForce = isHere ? rules : { champion: latest.version, revision: 0 };
      return { name: settings.name, traffic: inForce, versions } satisfies CatalogModel;
    }),
  );
  return new Map(found.flatMap((model) => (model === undefined ? [] : [[model.name, model]])));
}

/** A manifest with the settings of today: how many workers, how long, how many rows at once. */
export function applySettings(
  manifest: VersionManifest,
  settings: ModelSettings,
  readHonesty?: CatalogOptions['readHonesty'],
): VersionManifest {
  const { batch, workers, preload, timeoutMs, maxQueue } = settings;
  const isHonest = batch.enabled === 'auto' ? (readHonesty?.(manifest) ?? false) : batch.enabled;
  return {
    ...manifest,
    workers,
    preload,
    timeoutMs,
    maxQueue,
    batch: { ...batch, enabled: isHonest },
  };
}
