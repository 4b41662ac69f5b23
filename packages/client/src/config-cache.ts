/**
 * Score configs kept for a day in the file that the command line uses, under the names that CoAiAPy's library has
 * for these calls. Node only.
 */
import type { CoaiaClient } from './client.ts';
import { ClientError } from './client-error.ts';
import type { ScoreConfig } from './scores-api.ts';
import { createScoresApi } from './scores-api.ts';
import type { Project } from './wire.ts';

export type CachedScoreConfig = ScoreConfig & {
  /** ISO 8601. */
  readonly cached_at: string;
};

/** The file of one project. Files of CoAiAPy have only `configs` and `last_sync`. */
export interface ProjectCache {
  readonly schema?: 1;
  readonly project_id?: string;
  readonly project_name?: string | null;
  readonly base_url?: string | null;
  readonly last_sync?: string | null;
  readonly configs: readonly CachedScoreConfig[];
  /** Names that were asked for in vain, with the time. */
  readonly misses?: Readonly<Record<string, string>>;
}

export interface CachePlace {
  /** Coaia's home; COAIA_HOME, else `~/.coaia`. */
  readonly home?: string;
}

const HOUR_MS = 3_600_000;

/** The project that the client's keys open. Rejects with ClientError of kind `not-found` when they open none. */
export async function getCurrentProjectInfo(client: CoaiaClient): Promise<Project> {
  const [project] = (await client.listProjects()).data;
  if (project !== undefined) return project;
  throw new ClientError(`The keys open no project of ${client.baseUrl}.`, { kind: 'not-found' });
}

/** Projects of the clients that asked, so that a config from the file needs no request after the first. */
const projects = new WeakMap<CoaiaClient, Promise<Project>>();

function findProject(client: CoaiaClient): Promise<Project> {
  const known = projects.get(client);
  if (known !== undefined) return known;
  const asked = getCurrentProjectInfo(client);
  projects.set(client, asked);
  asked.catch(() => projects.delete(client));
  return asked;
}

/** Where a project's file lies. Rejects with ClientError of kind `rejected` for ids that could lead elsewhere. */
export async function getProjectCachePath(
  projectId: string,
  place: CachePlace = {},
): Promise<string> {
  if (projectId === '' || /\.\.|[/\\]/.test(projectId))
    throw new ClientError(`The project id ${JSON.stringify(projectId)} names no file.`, {
      kind: 'rejected',
    });
  const [path, os] = await Promise.all([import('node:path'), import('node:os')]);
  // oxlint-disable-next-line node/no-process-env -- the same home as the command line
  const home = place.home ?? (process.env['COAIA_HOME'] || path.join(os.homedir(), '.coaia'));
  const name = `${projectId.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 100)}.json`;
  return path.join(home, 'cache', 'score-configs', name);
}

/** What the file of a project holds; undefined when there is none that can be read. */
export async function loadProjectCache(
  projectId: string,
  place: CachePlace = {},
): Promise<ProjectCache | undefined> {
  return readCache(await getProjectCachePath(projectId, place));
}

async function readCache(path: string): Promise<ProjectCache | undefined> {
  const { readFile } = await import('node:fs/promises');
  try {
    const value = JSON.parse(await readFile(path, 'utf8')) as ProjectCache;
    return Array.isArray(value.configs) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** True when an entry is older than that, or its time cannot be read. */
export function isCacheStale(
  config: { readonly cached_at?: string },
  maxAgeHours = 24,
  now = Date.now(),
): boolean {
  const age = now - Date.parse(config.cached_at ?? '');
  return !(age < maxAgeHours * HOUR_MS);
}

/** Puts a config into a file in place of the one with its id or name. The file is replaced in one step, mode 0600. */
export async function cacheScoreConfig(path: string, config: ScoreConfig): Promise<void> {
  const now = new Date().toISOString();
  const { configs = [], ...rest } = (await readCache(path)) ?? {};
  const others = configs.filter(({ id, name }) => id !== config.id && name !== config.name);
  await writeCache(path, {
    ...rest,
    last_sync: now,
    configs: [...others, { ...config, cached_at: now }],
  });
}

/** A folder for its owner only, and a file that is never seen half written. */
async function writeCache(path: string, cache: ProjectCache): Promise<void> {
  const { mkdir, rename, writeFile } = await import('node:fs/promises');
  const paths = await import('node:path');
  await mkdir(paths.dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${globalThis.crypto.randomUUID()}.tmp`;
  await writeFile(draft, `${JSON.stringify(cache, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

/**
 * The config with this id or name: from the file while it is younger than a day, otherwise from the server, which
 * refreshes the whole file. Undefined when the server has none. While the server is away an old entry still serves.
 */
export async function getConfigWithAutoRefresh(
  client: CoaiaClient,
  nameOrId: string,
  place: CachePlace = {},
): Promise<ScoreConfig | undefined> {
  const project = await findProject(client);
  const path = await getProjectCachePath(project.id, place);
  const kept = findKept(await readCache(path), client.baseUrl, nameOrId);
  if (kept !== undefined && !isCacheStale(kept)) return kept;
  try {
    const configs = await listAll(client);
    // A file that cannot be written costs speed, nothing else.
    await writeCache(path, toCache(client, project, configs)).catch(() => undefined);
    return findConfig(configs, nameOrId);
  } catch (error) {
    if (kept !== undefined && error instanceof ClientError && error.exitCode === 4) return kept;
    throw error;
  }
}

function toCache(
  client: CoaiaClient,
  project: Project,
  configs: readonly ScoreConfig[],
): ProjectCache {
  const now = new Date().toISOString();
  return {
    schema: 1,
    project_id: project.id,
    project_name: project.name,
    base_url: client.baseUrl,
    last_sync: now,
    configs: configs.map((config) => ({ ...config, cached_at: now })),
    misses: {},
  };
}

/** Files of CoAiAPy name no server; another server may have a project of the same id. */
function findKept(
  cache: ProjectCache | undefined,
  baseUrl: string,
  nameOrId: string,
): CachedScoreConfig | undefined {
  const isOwn = (cache?.base_url ?? baseUrl) === baseUrl;
  return isOwn ? findConfig(cache?.configs ?? [], nameOrId) : undefined;
}

function findConfig<T extends ScoreConfig>(configs: readonly T[], nameOrId: string): T | undefined {
  return configs.find(({ id }) => id === nameOrId) ?? configs.find(({ name }) => name === nameOrId);
}

async function listAll(client: CoaiaClient): Promise<readonly ScoreConfig[]> {
  const api = createScoresApi(client);
  const configs: ScoreConfig[] = [];
  for (let page = 1; ; page++) {
    const { data, meta } = await api.listScoreConfigs({ page, limit: 100 });
    configs.push(...data);
    if (data.length === 0 || page >= (meta.totalPages ?? 0)) return configs;
  }
}
