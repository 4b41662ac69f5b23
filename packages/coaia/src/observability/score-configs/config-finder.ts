/** Finding score configs by name or id: in the embedded store at once, of a server through a cache of a day. */
import { join } from 'node:path';
import { isCoaiaError, EXIT, systemClock, toIso } from '#base';
import { findHome, homePaths } from '#config';
import type { CommandContext } from '#surface';
import type { ScoreConfig, ScoresApi } from '@coaia/client';
import {
  FRESH_MS,
  isWithin,
  MISS_MS,
  moveOldCache,
  readConfigCache,
  toCacheName,
  writeConfigCache,
} from './cache-file.ts';
import type { CachedConfig, ConfigCache, FoundCache } from './cache-file.ts';
import { readKnownProject, toProjectsPath, writeKnownProject } from './known-projects.ts';
import type { KnownProject } from './known-projects.ts';
import { listAllConfigs } from './list-all.ts';
import { matchConfig } from './match-config.ts';

type Context = Pick<CommandContext<ScoresApi>, 'env' | 'cwd' | 'out'>;

export interface ConfigFinder {
  /** The config with this id or name, with `cached_at` when it came from the cache; undefined when there is none. */
  find(nameOrId: string): Promise<ScoreConfig | CachedConfig | undefined>;
  /** All configs, fresh from the store or the server; they replace the cache. */
  listFresh(): Promise<readonly ScoreConfig[]>;
  /** What the cache has, however old. */
  listCached(): Promise<readonly CachedConfig[]>;
}

/** What the finder knows about the place of its project's file. */
interface Place {
  readonly project: KnownProject;
  /** Undefined for projects whose id makes no file name. */
  readonly path: string | undefined;
}

/** Opens nothing before it is asked. With `skipCache` the cache is written and not read. */
export function createConfigFinder(
  context: Context,
  api: ScoresApi,
  { skipCache = false }: { readonly skipCache?: boolean } = {},
): ConfigFinder {
  let place: Promise<Place> | undefined;
  const findOnce = () => (place ??= findPlace(context, api));
  const listFresh = async () => {
    const configs = await listAllConfigs(api);
    remember(context, api, await findOnce(), configs);
    return configs;
  };
  return {
    listFresh,
    async listCached() {
      return readFound(context, await findOnce())?.cache.configs ?? [];
    },
    async find(nameOrId) {
      const isRemote = api.origin.kind === 'remote';
      if (!isRemote || skipCache) return matchConfig(await listFresh(), nameOrId);
      return findThroughCache({ context, api, place: await findOnce(), listFresh }, nameOrId);
    },
  };
}

interface Search {
  readonly context: Context;
  readonly api: ScoresApi;
  readonly place: Place;
  readonly listFresh: () => Promise<readonly ScoreConfig[]>;
}

async function findThroughCache(
  { context, api, place, listFresh }: Search,
  nameOrId: string,
): Promise<ScoreConfig | CachedConfig | undefined> {
  const now = systemClock();
  const found = readFound(context, place);
  const entry = found === undefined ? undefined : matchConfig(found.cache.configs, nameOrId);
  if (entry !== undefined && isWithin(entry.cached_at, now, FRESH_MS)) {
    complete(api, place, found);
    return entry;
  }
  if (entry === undefined && isWithin(found?.cache.misses[nameOrId], now, MISS_MS))
    return undefined;
  try {
    const config = matchConfig(await listFresh(), nameOrId);
    if (config === undefined) rememberMiss(context, place, nameOrId, now);
    return config;
  } catch (error) {
    const isAway = isCoaiaError(error) && error.definition.exit === EXIT.unreachable;
    if (entry === undefined || !isAway) throw error;
    context.out.notice(
      `Note: the server does not answer; "${entry.name}" is used as it was on ${entry.cached_at}.`,
    );
    return entry;
  }
}

async function findPlace(context: Context, api: ScoresApi): Promise<Place> {
  const { home, cache, scoreConfigs } = homePaths(findHome(context));
  const project = await findProject(api, toProjectsPath(cache));
  const name = toCacheName(project.id);
  if (name === undefined) return { project, path: undefined };
  moveOldCache(home, scoreConfigs, name);
  return { project, path: join(scoreConfigs, name) };
}

async function findProject(api: ScoresApi, path: string): Promise<KnownProject> {
  const { origin } = api;
  if (origin.kind === 'remote') {
    const known = readKnownProject(path, origin.baseUrl, origin.publicKey);
    if (known !== undefined) return known;
  }
  const [first] = (await api.listProjects()).data;
  const project = { id: first?.id ?? '', name: first?.name ?? null };
  if (origin.kind === 'remote' && project.id !== '') {
    writeKnownProject(path, origin.baseUrl, origin.publicKey, project);
  }
  return project;
}

function readFound(context: Context, { path, project }: Place): FoundCache | undefined {
  if (path === undefined) return undefined;
  return readConfigCache(path, project.id, (text) => context.out.notice(text));
}

function toBaseUrl(api: ScoresApi): string | null {
  return api.origin.kind === 'remote' ? api.origin.baseUrl : null;
}

/** Writes what was read from the server, unless the file says the same and is young. */
function remember(
  context: Context,
  api: ScoresApi,
  place: Place,
  configs: readonly ScoreConfig[],
): void {
  const { path, project } = place;
  if (path === undefined) return;
  const now = toIso(systemClock());
  const found = readFound(context, place);
  if (found !== undefined && isSame(found, configs)) return;
  writeConfigCache(path, {
    schema: 1,
    project_id: project.id,
    project_name: project.name,
    base_url: toBaseUrl(api),
    last_sync: now,
    configs: configs.map((config) => ({ ...config, cached_at: now })),
    misses: {},
  });
}

/** A copy whose entries live on for at least half a day and say the same need not be written again. */
function isSame({ cache, isComplete }: FoundCache, configs: readonly ScoreConfig[]): boolean {
  const now = systemClock();
  const isYoung = cache.configs.every(({ cached_at }) => isWithin(cached_at, now, FRESH_MS / 2));
  const plain = cache.configs.map(({ cached_at: _, ...config }) => config);
  return isComplete && isYoung && JSON.stringify(plain) === JSON.stringify(configs);
}

/** Adds the fields that files of CoAiAPy lack. */
function complete(api: ScoresApi, { path, project }: Place, found: FoundCache | undefined): void {
  if (found === undefined || found.isComplete || path === undefined) return;
  const cache: ConfigCache = {
    ...found.cache,
    project_name: project.name,
    base_url: toBaseUrl(api),
  };
  writeConfigCache(path, cache);
}

function rememberMiss(context: Context, place: Place, nameOrId: string, now: number): void {
  const found = readFound(context, place);
  if (found === undefined || place.path === undefined) return;
  const young = Object.entries(found.cache.misses).filter(([, at]) => isWithin(at, now, MISS_MS));
  const misses = { ...Object.fromEntries(young), [nameOrId]: toIso(now) };
  writeConfigCache(place.path, { ...found.cache, misses });
}
