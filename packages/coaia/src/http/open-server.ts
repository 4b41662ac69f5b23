/** From nothing to a server that answers: lock, store, access, routes, socket. */
import { join } from 'node:path';
import type { Access } from '#access';
import { homePaths, withValues } from '#config';
import type { SettingValues } from '#config';
import { createEgress } from '#egress';
import type { Egress } from '#egress';
import { openAdministration } from '#main/open-administration';
import { openBlobs } from '#main/open-blobs';
import { toGatewayHosts } from '#main/open-calls';
import { openEvaluations } from '#main/open-evaluations';
import { toExportRules } from '#main/open-exports';
import { toTrainingFolder } from '#main/open-fine-tuning';
import { openJobs } from '#main/open-jobs';
import type { JobsOptions } from '#main/open-jobs';
import { openQueue } from '#main/open-queue';
import { openPipelines } from '#main/open-pipelines';
import type { Pipelines } from '#main/open-pipelines';
import { openRunRetention } from '#main/open-run-retention';
import { openSecrets } from '#main/open-secrets';
import { createProvider } from '#main/provide';
import { loadRoutes } from '#main/route-tables';
import { toDesk } from '#main/open-desk';
import { openDatabase, openServerLock } from '#store';
import type { Dispatcher } from '#queue';
import type { Database, ServerLock, StoreLocation } from '#store';
import type { Log } from './log.ts';
import { isLoopback } from './origin.ts';
import { isPortTaken, startServer } from './serve.ts';
import type { RunningServer, ServerOptions } from './serve.ts';

export interface OpenServerOptions {
  /** The home, which exists. One server runs on it at a time. */
  readonly home: string;
  readonly location: StoreLocation;
  readonly durability: 'full' | 'relaxed';
  readonly host: string;
  /** Tried one after the other until one is free. */
  readonly ports: readonly number[];
  /** For LANGFUSE_INIT_*. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly credentialsPath: string;
  readonly version: string;
  readonly publicUrl?: string;
  /** Apply the stricter limits of Langfuse. */
  readonly isStrict?: boolean;
  /** What else is set: the storage of large files, whether calls may leave this machine. */
  readonly values: SettingValues;
  readonly log: Log;
  /** What this process does; `all` when absent. A worker answers only about its health. */
  readonly role?: ServerRole;
  /** Redis that brings work to several processes. */
  readonly redisUrl?: string;
}

export type ServerRole = 'all' | 'web' | 'worker';

export interface OpenServer {
  readonly server: RunningServer;
  readonly db: Database;
  readonly access: Access;
  /** Stops everything; the lock goes last. */
  close(): Promise<void>;
}

/**
 * Opens the server and brings an older store up to date. Rejects with COAIA-0113 when another server has the
 * home, COAIA-0406 when no port is free, and with what store and access report; nothing stays open then.
 */
export async function openServer(options: OpenServerOptions): Promise<OpenServer> {
  const lock = openServerLock(options.home);
  try {
    return await openLocked(lock, options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openLocked(lock: ServerLock, options: OpenServerOptions): Promise<OpenServer> {
  const { durability, location } = options;
  const db = await openDatabase(location, { mode: 'server', durability, migrate: 'upgrade' });
  const egress = createEgress({
    offline: options.values.offline,
    ledgerPath: homePaths(options.home).egressLedger,
    env: options.env,
  });
  try {
    const { access, background, queue, server } = await start(db, egress, options);
    lock.publish({ url: server.url, port: server.port });
    const close = async () =>
      Promise.all(background.map((part) => part.close()))
        .then(() => queue?.close())
        .then(() => server.close())
        .finally(() => {
          egress.close();
          lock.release();
        });
    return { access, close, db, server };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Keys of whoever runs the server; steps of other people's pipelines do without. */
const KEYLESS = { openai_api_key: undefined, aws_secret_access_key: undefined };

async function start(db: Database, egress: Egress, options: OpenServerOptions) {
  const { env, credentialsPath, host, log, publicUrl, values, version } = options;
  const paths = homePaths(options.home);
  const blobs = openBlobs({ folder: paths.blobs, values, egress: () => egress });
  const { access, ports: administration } = await openAdministration(db, {
    blobs,
    credentialsPath,
    env,
    log,
    requestsPerMinute: toRequestLimit(values.requests_per_minute, host),
  });
  const secrets = openSecrets(paths.keys, values);
  const exports = toExportRules(values, options.home, env);
  const queue = await openQueueFor(db, options);
  const shared = { db, blobs, egress, secrets };
  const pipelines = await openPipelines({
    ...shared,
    home: { blobs: paths.blobs, work: join(options.home, 'work') },
    // What this process was started with is not the projects' to read.
    env: {},
    provide: (need) => provide(need),
    log: (message, error) => log.error(message, error),
    ...(queue === undefined ? {} : { dispatcher: queue }),
  });
  const provide = createProvider({
    ...shared,
    administration,
    publicUrl,
    isStrict: options.isStrict === true,
    exports,
    gatewayHosts: toGatewayHosts(values),
    pipelines,
    // Programs and addresses of this machine, for every project; keys are for their owner's own commands.
    audio: {
      settings: withValues(values, KEYLESS),
      env,
    },
    desk: toDesk(options.home, env),
    training: { command: values.trainer_command, folder: toTrainingFolder(options.home) },
  });
  try {
    const isHealthOnly = options.role === 'worker';
    const server = await startOnFreePort(options.ports, {
      db,
      access,
      routes: isHealthOnly ? [] : await loadRoutes(),
      provide,
      host,
      version,
      log,
      isHealthOnly,
      degraded: () => [queue?.findTrouble() ?? []].flat(),
      ...(publicUrl === undefined ? {} : { publicUrl }),
    });
    const background =
      options.role === 'web' ? [] : await openBackground({ ...shared, exports, log }, pipelines);
    return { access, background, queue, server };
  } catch (error) {
    await queue?.close();
    throw error;
  }
}

function openQueueFor(
  db: Database,
  { home, location, redisUrl, values }: OpenServerOptions,
): Promise<Dispatcher | undefined> {
  return openQueue(db, {
    redisUrl,
    isPostgres: location.kind === 'postgres',
    offline: values.offline,
    ledgerPath: homePaths(home).egressLedger,
  });
}

/** What is done without anybody asking: a process that only answers has none of it. */
async function openBackground(
  access: JobsOptions & { readonly log: Log },
  pipelines: Pipelines,
): Promise<readonly { close(): Promise<void> }[]> {
  const { db, egress, log, secrets } = access;
  return [
    await pipelines.openWorker({ isScheduling: true }),
    await openEvaluations({ db, egress, secrets }, (error) => log.error('evaluations', error)),
    openJobs(access),
    openRunRetention({ db, log: (message, error) => log.error(message, error) }),
  ];
}

/** Requests a minute for each key where nobody said a number; a server that only this machine reaches has no limit. */
const USUAL_LIMIT = 30_000;

function toRequestLimit(set: number | undefined, host: string): number | undefined {
  const limit = set ?? (isLoopback(host) ? 0 : USUAL_LIMIT);
  return limit === 0 ? undefined : limit;
}

async function startOnFreePort(
  ports: readonly number[],
  options: Omit<ServerOptions, 'port'>,
): Promise<RunningServer> {
  const [port = 0, ...others] = ports;
  try {
    return await startServer({ ...options, port });
  } catch (error) {
    if (!isPortTaken(error) || others.length === 0) throw error;
    return startOnFreePort(others, options);
  }
}
