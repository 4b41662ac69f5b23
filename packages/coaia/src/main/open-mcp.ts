/** What the tools of `coaia mcp` call: the store of this home, or a server; the same for both. */
import { findProject } from '#access';
import type { Scope } from '#base';
import { createEgress } from '#egress';
import { openRemoteCalls, uploadLocalFile } from '#observability';
import type { UploadPlace, Uploaded } from '#observability';
import type { Database } from '#store';
import type { HttpMethod, Route } from '#surface';
import type { CoaiaClient } from '@coaia/client';
import { openBlobs } from './open-blobs.ts';
import { toGatewayHosts } from './open-calls.ts';
import { openLocalTextStash, openRemoteTextStash } from './open-mcp-stash.ts';
import type { TextStash } from './open-mcp-stash.ts';
import { openLocalMcpModels, openRemoteMcpModels } from './open-mcp-models.ts';
import type { McpModels } from './open-mcp-models.ts';
import { openLocalMcpPipelines, openRemoteMcpPipelines } from './open-mcp-pipelines.ts';
import type { McpPipelines } from './open-mcp-pipelines.ts';
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
  /** Templates, and runs of them. */
  readonly pipelines: () => Promise<McpPipelines>;
  /** Served models. */
  readonly models: () => Promise<McpModels>;
  /** Where `coaia tash` keeps things; of this home where a server keeps none. */
  readonly stash: () => Promise<TextStash>;
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
  const gatewayHosts = toGatewayHosts(values);
  const operations = await openOperations({ db, blobs, egress, secrets, gatewayHosts }, scope);
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
    pipelines: () => openLocalMcpPipelines(db, scope, options),
    models: () => openLocalMcpModels(db, scope, { egress, secrets, gatewayHosts }),
    stash: () => Promise.resolve(openLocalTextStash(db, scope, options)),
  };
}

/** The server answers it itself, so it is no operation of a room. */
function isProjectList(method: HttpMethod, [first, ...rest]: readonly string[]): boolean {
  return method === 'GET' && first === 'projects' && rest.length === 0;
}

/** Over a server. */
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
    pipelines: () => openRemoteMcpPipelines(client),
    models: () => openRemoteMcpModels(client),
    stash: () => Promise.resolve(openRemoteTextStash(client, options)),
  };
}
