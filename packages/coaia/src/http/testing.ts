/** For tests of the shell: an application or a real server over an empty store, with fixed keys. */
import { openAccess } from '#access';
import type { Access } from '#access';
import { needs } from '#surface';
import type { Route } from '#surface';
import type { Database } from '#store';
import { openTestDatabases } from '#store/testing';
import type { Hono } from 'hono';
import { createApp } from './app.ts';
import type { AppOptions } from './app.ts';
import { startServer } from './serve.ts';
import type { RunningServer, ServerOptions } from './serve.ts';

export const PUBLIC_KEY = 'pk-lf-1234567890';
export const SECRET_KEY = 'sk-lf-1234567890';

/** Authorization header of the test project. */
export const BASIC = `Basic ${btoa(`${PUBLIC_KEY}:${SECRET_KEY}`)}`;

/** A need that gives routes nothing. */
export const nothing = needs<undefined>('nothing');

export interface TestStore {
  readonly db: Database;
  readonly access: Access;
  readonly close: () => Promise<void>;
}

/** An empty store with the test project `default`. */
export async function openTestStore(clock?: () => number): Promise<TestStore> {
  const [kind] = openTestDatabases();
  if (kind === undefined) throw new TypeError('there is no test store');
  const db = await kind.open();
  const env = {
    LANGFUSE_INIT_PROJECT_PUBLIC_KEY: PUBLIC_KEY,
    LANGFUSE_INIT_PROJECT_SECRET_KEY: SECRET_KEY,
  };
  const access = await openAccess(db, { env, ...(clock === undefined ? {} : { clock }) });
  return {
    db,
    access,
    close: async () => {
      await access.close();
      await db.close();
    },
  };
}

/** The application of some routes without a socket. */
export function createTestApp(
  store: TestStore,
  routes: readonly Route[],
  options: Partial<AppOptions> = {},
): Hono {
  return createApp({ routes, provide: () => undefined, access: store.access, ...options });
}

/** A listening server of some routes on a free port. */
export function startTestServer(
  store: TestStore,
  routes: readonly Route[],
  options: Partial<ServerOptions> = {},
): Promise<RunningServer> {
  return startServer({
    db: store.db,
    access: store.access,
    routes,
    provide: () => undefined,
    port: 0,
    version: '0.0.0',
    ...options,
  });
}
