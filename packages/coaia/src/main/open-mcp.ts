/** What the tools of `coaia mcp` call: the store of this home, or a server; the same for both. */
import { findProject } from '#access';
import { systemClock } from '#base';
import type { Scope } from '#base';
import { createFolder } from '#config';
import { createEgress } from '#egress';
import { openRemoteCalls, uploadLocalFile } from '#observability';
import type { UploadPlace, Uploaded } from '#observability';
import { openStash } from '#stash';
import type { Stash } from '#stash';
import type { Database } from '#store';
import type { HttpMethod, Route } from '#surface';
import type { CoaiaClient } from '@coaia/client';
import { openBlobs } from './open-blobs.ts';
import { openLocalMediaNeed, openRemoteMediaNeed } from './open-media.ts';
import type { OpenNeedOptions } from './open-options.ts';
import { createLocalCalls, openOperations } from './operations.ts';
import type { CallQuery } from './operations.ts';
import { loadRoutes } from './route-tables.ts';
import { openSecrets } from './open-secrets.ts';

export type { CallQuery } from './operations.ts';

/** One call below `/api/public`, by method and the segments of its address. */
export type Request = <T>(
  method: HttpMethod,
  segments: readonly string[],
  options?: { readonly query?: CallQuery; readonly body?: unknown },
) => Promise<T>;

export interface McpApi {
  /** Address under which traces have pages; undefined for the store of this home. */
  readonly baseUrl: string | undefined;
  readonly request: Request;
  /** The operations that the program declares; a server may have others. */
  readonly routes: () => Promise<readonly Route[]>;
  readonly upload: (
    path: string,
    place: UploadPlace,
    contentType: string | undefined,
  ) => Promise<Uploaded>;
  /** Always of this home: servers have no such operation. */
  readonly stash: () => Promise<Pick<Stash, 'read' | 'write'>>;
}

/** Over the store of this home. */
export async function openLocalMcp(
  db: Database,
  scope: Scope,
  options: OpenNeedOptions,
): Promise<McpApi> {
  const { env, ledgerPath, offline, settings } = options;
  const { values, paths } = settings;
  const egress = createEgress({ offline, ledgerPath, env });
  const blobs = openBlobs({ folder: paths.blobs, values, egress: () => egress });
  const secrets = openSecrets(paths.keys, values);
  const operations = await openOperations({ db, blobs, egress, secrets }, scope);
  const calls = createLocalCalls(operations);
  return {
    baseUrl: undefined,
    request: async (method, segments, call = {}) =>
      isProjectList(method, segments)
        ? ({ data: [await findProject(db, scope.projectId)] } as never)
        : calls.request(method, segments, call),
    routes: () => Promise.resolve(operations.routes),
    async upload(path, place, type) {
      return uploadLocalFile(await openLocalMediaNeed(db, scope, options), path, place, type);
    },
    stash: () => Promise.resolve(openStash(db, scope.projectId, systemClock)),
  };
}

/** The server answers it itself, so it is no operation of a room. */
function isProjectList(method: HttpMethod, [first, ...rest]: readonly string[]): boolean {
  return method === 'GET' && first === 'projects' && rest.length === 0;
}

/** Over a server; what is put away with the stash stays in this home. */
export async function openRemoteMcp(
  client: CoaiaClient,
  options: OpenNeedOptions,
): Promise<McpApi> {
  const { request } = await openRemoteCalls({
    request: (method: HttpMethod, segments: readonly string[], call = {}) =>
      client.request<unknown>(method, segments, call),
  });
  return {
    baseUrl: client.baseUrl,
    request: request as Request,
    routes: loadRoutes,
    async upload(path, place, type) {
      return uploadLocalFile(await openRemoteMediaNeed(client, options), path, place, type);
    },
    stash: () => openHomeStash(options),
  };
}

/** Opened for each use, because a server may own the store for the rest of the time. */
async function openHomeStash(options: OpenNeedOptions): Promise<Pick<Stash, 'read' | 'write'>> {
  const [{ localScope }, { openDatabase }] = await Promise.all([
    import('#access'),
    import('#store'),
  ]);
  const { store, durability, env } = options;
  createFolder(options.settings.paths.home);
  const use = async <T>(work: (stash: Stash) => Promise<T>): Promise<T> => {
    const db = await openDatabase(store, { mode: 'process', migrate: 'create', durability });
    try {
      const scope = await localScope(db, { env });
      return await work(openStash(db, scope.projectId, systemClock));
    } finally {
      await db.close();
    }
  };
  return {
    read: (key) => use((stash) => stash.read(key)),
    write: (key, value, lifeMs) => use((stash) => stash.write(key, value, lifeMs)),
  };
}
