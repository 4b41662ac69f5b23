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
  readonly baseUrl: string;
  /** Undefined for projects whose id makes no file name. */
  readonly path: string | undefined;
}

/**
 * Opens nothing before it is asked. With `skipCache` the cache is written and not read. The embedded store has no
 * cache, since its configs are as near.
 */
export function createConfigFinder(
  context: Context,
  api: ScoresApi,
  { skipCache = false }: { readonly skipCache?: boolean } = {},
): ConfigFinder {
  const { origin } = api;
  if (origin.kind === 'local') {
    const list = () => listAllConfigs(api);
    return {
      find: async (nameOrId) => matchConfig(await list(), nameOrId),
      listFresh: list,
      listCached: async () => toStamped(await list()),
    };
  }
  let place: Promise<Place> | undefined;
  const findOnce = () => (place ??= findPlace(context, api, origin));
  const listFresh = async () => {
    const configs = await listAllConfigs(api);
    remember(context, await findOnce(), configs);
    return configs;
  };
  return {
    listFresh,
    async listCached() {
      return readFound(context, await findOnce())?.cache.configs ?? [];
    },
    async find(nameOrId) {
      if (skipCache) return matchConfig(await listFresh(), nameOrId);
      return findThroughCache({ context, place: await findOnce(), listFresh }, nameOrId);
    },
  };
}

interface Search {
  readonly context: Context;
  readonly place: Place;
  readonly listFresh: () => Promise<readonly ScoreConfig[]>;
}

async function findThroughCache(
  { context, place, listFresh }: Search,
  nameOrId: string,
): Promise<ScoreConfig | CachedConfig | undefined> {
  const now = systemClock();
  const found = readFound(context, place);
  const entry = found === undefined ? undefined : matchConfig(found.cache.configs, nameOrId);
  if (entry !== undefined && isWithin(entry.cached_at, now, FRESH_MS)) {
    complete(place, found);
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

type Remote = Extract<ScoresApi['origin'], { readonly kind: 'remote' }>;

async function findPlace(context: Context, api: ScoresApi, origin: Remote): Promise<Place> {
  const { home, cache, scoreConfigs } = homePaths(findHome(context));
  const project = await findProject(api, origin, toProjectsPath(cache));
  const { baseUrl } = origin;
  const name = toCacheName(project.id);
  if (name === undefined) return { project, baseUrl, path: undefined };
  moveOldCache(home, scoreConfigs, name);
  return { project, baseUrl, path: join(scoreConfigs, name) };
}

async function findProject(
  api: ScoresApi,
  { baseUrl, publicKey }: Remote,
  path: string,
): Promise<KnownProject> {
  const known = readKnownProject(path, baseUrl, publicKey);
  if (known !== undefined) return known;
  const [first] = (await api.listProjects()).data;
  const project = { id: first?.id ?? '', name: first?.name ?? null };
  if (project.id !== '') writeKnownProject(path, baseUrl, publicKey, project);
  return project;
}

/** The copy of this project on this server: another server may have a project of the same id. */
function readFound(context: Context, { path, project, baseUrl }: Place): FoundCache | undefined {
  if (path === undefined) return undefined;
  const found = readConfigCache(path, project.id, (text) => context.out.notice(text));
  return found?.isComplete === true && found.cache.base_url !== baseUrl ? undefined : found;
}

function toStamped(configs: readonly ScoreConfig[]): readonly CachedConfig[] {
  const now = toIso(systemClock());
  return configs.map((config) => ({ ...config, cached_at: now }));
}

/** Writes what was read from the server, unless the file says the same and is young. */
function remember(context: Context, place: Place, configs: readonly ScoreConfig[]): void {
  const { path, project, baseUrl } = place;
  if (path === undefined) return;
  const now = toIso(systemClock());
  const found = readFound(context, place);
  if (found !== undefined && isSame(found, configs)) return;
  writeConfigCache(path, {
    schema: 1,
    project_id: project.id,
    project_name: project.name,
    base_url: baseUrl,
    last_sync: now,
    configs: toStamped(configs),
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
function complete({ path, project, baseUrl }: Place, found: FoundCache | undefined): void {
  if (found === undefined || found.isComplete || path === undefined) return;
  const cache: ConfigCache = {
    ...found.cache,
    project_name: project.name,
    base_url: baseUrl,
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
