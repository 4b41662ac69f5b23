/** From nothing to a server that answers: store, claim, access, routes, socket, record. */
import { openAccess } from '#access';
import type { Access } from '#access';
import { systemClock } from '#base';
import { createProvider } from '#main/provide';
import { loadRoutes } from '#main/route-tables';
import { openDatabase } from '#store';
import type { Database, StoreLocation } from '#store';
import { httpErrors } from './errors.ts';
import { isPortTaken, startServer } from './serve.ts';
import type { RunningServer, ServerOptions } from './serve.ts';
import type { Log } from './log.ts';
import { toOwnMark } from './process-mark.ts';
import { addServerClaim, removeServerClaim } from './server-claim.ts';
import { removeServerRecord, writeServerRecord } from './server-record.ts';

export interface OpenServerOptions {
  readonly location: StoreLocation;
  readonly durability: 'full' | 'relaxed';
  readonly host: string;
  /** Tried one after the other until one is free. */
  readonly ports: readonly number[];
  /** For LANGFUSE_INIT_*. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly credentialsPath: string;
  /** `server.json`. */
  readonly recordPath: string;
  readonly version: string;
  readonly publicUrl?: string;
  readonly log: Log;
}

export interface OpenServer {
  readonly server: RunningServer;
  readonly db: Database;
  readonly access: Access;
  /** Stops everything and takes the record away. */
  close(): Promise<void>;
}

/**
 * Opens the server. Rejects with COAIA-0409 when another server has the store, COAIA-0406 when no port is
 * free, and with what store and access report; nothing stays open then.
 */
export async function openServer(options: OpenServerOptions): Promise<OpenServer> {
  const { durability, location } = options;
  const db = await openDatabase(location, { mode: 'server', durability, migrate: 'upgrade' });
  try {
    return await openOver(db, options);
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function openOver(db: Database, options: OpenServerOptions): Promise<OpenServer> {
  const mark = toOwnMark();
  const isEmbedded = db.dialect.name === 'sqlite';
  const holder = isEmbedded ? await addServerClaim(db, mark) : undefined;
  if (holder !== undefined) throw toTakenError(holder.pid);
  const release = async () => {
    removeServerRecord(options.recordPath, mark);
    if (isEmbedded) await removeServerClaim(db, mark);
  };
  try {
    const opened = await start(db, options, release);
    const { host, port, url } = opened.server;
    const { version } = options;
    const startedAt = systemClock();
    const record = { ...mark, url, host, port, startedAt, version, store: db.dialect.name };
    writeServerRecord(options.recordPath, record);
    return opened;
  } catch (error) {
    await release();
    throw error;
  }
}

async function start(
  db: Database,
  options: OpenServerOptions,
  release: () => Promise<void>,
): Promise<OpenServer> {
  const { env, credentialsPath, host, log, ports, publicUrl, version } = options;
  const notice = (message: string) => {
    log.warn(message);
  };
  const access = await openAccess(db, { env, credentialsPath, log: notice });
  const server = await startOnFreePort(ports, {
    db,
    access,
    routes: await loadRoutes(),
    provide: createProvider(db, systemClock),
    host,
    version,
    log,
    beforeStoreCloses: release,
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  return { server, db, access, close: () => server.close() };
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

/** COAIA-0409, naming the process. */
export function toTakenError(pid: number) {
  return httpErrors.create('COAIA-0409', `A server already runs on this store (pid ${pid}).`, {
    hint: 'coaia down',
  });
}
