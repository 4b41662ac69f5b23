/** From nothing to a server that answers: lock, store, access, routes, socket. */
import type { Access } from '#access';
import { homePaths } from '#config';
import type { SettingValues } from '#config';
import { createEgress } from '#egress';
import type { Egress } from '#egress';
import { openAdministration } from '#main/open-administration';
import { openBlobs } from '#main/open-blobs';
import { openEvaluations } from '#main/open-evaluations';
import { toExportRules } from '#main/open-exports';
import { toTrainingFolder } from '#main/open-fine-tuning';
import { openJobs } from '#main/open-jobs';
import { openSecrets } from '#main/open-secrets';
import { createProvider } from '#main/provide';
import { loadRoutes } from '#main/route-tables';
import { openDatabase, openServerLock } from '#store';
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
}

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
    const { access, evaluations, jobs, server } = await start(db, egress, options);
    lock.publish({ url: server.url, port: server.port });
    const close = async () =>
      Promise.all([evaluations.close(), jobs.close()])
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

async function start(db: Database, egress: Egress, options: OpenServerOptions) {
  const { env, credentialsPath, host, log, ports, publicUrl, values, version } = options;
  const folder = homePaths(options.home).blobs;
  const blobs = openBlobs({ folder, values, egress: () => egress });
  const { access, ports: administration } = await openAdministration(db, {
    blobs,
    credentialsPath,
    env,
    log,
    requestsPerMinute: toRequestLimit(values.requests_per_minute, host),
  });
  const secrets = openSecrets(homePaths(options.home).keys, values);
  const exports = toExportRules(values, options.home, env);
  const server = await startOnFreePort(ports, {
    db,
    access,
    routes: await loadRoutes(),
    provide: createProvider({
      db,
      administration,
      blobs,
      publicUrl,
      isStrict: options.isStrict === true,
      egress,
      secrets,
      exports,
      training: { command: values.trainer_command, folder: toTrainingFolder(options.home) },
    }),
    host,
    version,
    log,
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  const evaluations = await openEvaluations({ db, egress, secrets }, (error) =>
    log.error('evaluations', error),
  );
  const jobs = openJobs({ db, blobs, egress, secrets, exports, log });
  return { access, evaluations, jobs, server };
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
