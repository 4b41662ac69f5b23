/** For tests: the application over an empty store with an organization key, and ways to send as somebody. */
import type { Hono } from 'hono';
import { createApp } from '#http/app';
import { platformPorts } from '#http/routes/platform-ports';
import { platformRoutes } from '#http/routes/platform';
import { createProvider } from '#main/provide';
import { loadRoutes } from '#main/route-tables';
import type { Database } from '#store';
import type { Need } from '#surface';
import type { Access, AccessOptions, AccessPorts, AuditEvent } from './index.ts';
import { openAccess, toAccessPorts } from './index.ts';
import { openRemovalJob } from './projects/removal-job.ts';
import type { RemovalJob } from './projects/removal-job.ts';

export interface AdminAnswer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests check
  readonly body: any;
}

export type Send = (method: string, path: string, body?: unknown) => Promise<AdminAnswer>;

export interface AdminApp {
  readonly app: Hono;
  readonly access: Access;
  readonly ports: AccessPorts;
  readonly job: RemovalJob;
  readonly events: readonly AuditEvent[];
  /** With the key of the organization. */
  readonly asOrganization: Send;
  /** With the key of the first project. */
  readonly asProject: Send;
  /** With any header fields. */
  readonly sendAs: (headers: Readonly<Record<string, string>>) => Send;
  readonly close: () => Promise<void>;
}

export const ORGANIZATION_PAIR = ['pk-lf-organization', 'sk-lf-organization'] as const;
export const PROJECT_PAIR = ['pk-lf-project', 'sk-lf-project'] as const;

export const toBasic = ([publicKey, secretKey]: readonly [string, string]) => ({
  authorization: `Basic ${btoa(`${publicKey}:${secretKey}`)}`,
});

/** The cookie of a page session, as the page itself sends it. */
export const toCookie = (token: string) => ({
  cookie: `coaia_session=${token}`,
  'sec-fetch-site': 'same-origin',
});

/** Opens it. The clock goes on by a millisecond whenever it is asked, unless the test gives another one. */
export async function openAdminApp(db: Database, options: AccessOptions = {}): Promise<AdminApp> {
  const events: AuditEvent[] = [];
  let now = 1_790_000_000_000;
  const access = await openAccess(db, {
    clock: () => (now += 1),
    audit: (event) => events.push(event),
    ...options,
    env: {
      LANGFUSE_INIT_PROJECT_PUBLIC_KEY: PROJECT_PAIR[0],
      LANGFUSE_INIT_PROJECT_SECRET_KEY: PROJECT_PAIR[1],
      COAIA_INIT_ORG_PUBLIC_KEY: ORGANIZATION_PAIR[0],
      COAIA_INIT_ORG_SECRET_KEY: ORGANIZATION_PAIR[1],
      ...options.env,
    },
  });
  const job = openRemovalJob({
    db,
    clock: access.clock,
    graceMs: 0,
    removeMedia: async () => undefined,
    onDone: () => undefined,
    onFailed: (_id, error) => {
      throw error;
    },
  });
  const ports = toAccessPorts(access, () => job.wake());
  const { clock } = access;
  const provided = createProvider({ db, clock, blobs: undefined as never, administration: ports });
  const provide = (need: Need<unknown>) =>
    need.name === platformPorts.name ? { db, access } : findProvided(provided, need);
  const routes = [...(await loadRoutes()), ...platformRoutes];
  const app = createApp({ routes, provide, access });
  const sendAs =
    (headers: Readonly<Record<string, string>>): Send =>
    (method, path, body) =>
      request(app, headers, { method, path, body });
  return {
    app,
    access,
    ports,
    job,
    events,
    sendAs,
    asOrganization: sendAs(toBasic(ORGANIZATION_PAIR)),
    asProject: sendAs(toBasic(PROJECT_PAIR)),
    async close() {
      await job.close();
      await access.close();
      await db.close();
    },
  };
}

/** Rooms that need more than a store, such as a way out of the machine, get nothing here: only their door is open. */
function findProvided(provided: ReturnType<typeof createProvider>, need: Need<unknown>): unknown {
  try {
    return provided(need);
  } catch {
    return undefined;
  }
}

async function request(
  app: Hono,
  headers: Readonly<Record<string, string>>,
  call: { readonly method: string; readonly path: string; readonly body: unknown },
): Promise<AdminAnswer> {
  const path = call.path.startsWith('/api/') ? call.path : `/api/public${call.path}`;
  const answer = await app.request(`http://127.0.0.1${path}`, {
    method: call.method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
