/** A listening server of the room's routes over one store, with a folder for files and two projects. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccess } from '#access';
import { openFolderBlobs } from '#blobs';
import { createEgress } from '#egress';
import type { BlobStore } from '#blobs';
import { startServer } from '#http/serve';
import { createProvider } from '#main/provide';
import { loadRoutes } from '#main/route-tables';
import { openSecretBox } from '#models';
import type { Database } from '#store';

export interface RoomAnswer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- its form is what the tests check
  readonly body: any;
}

export interface RoomServer {
  readonly url: string;
  /** Folder of the files. */
  readonly folder: string;
  /** A call below `/api/public` (or anywhere, with `/api/`) as the first project. */
  send(method: string, path: string, body?: unknown): Promise<RoomAnswer>;
  /** The same as another project. */
  sendAsOther(method: string, path: string, body?: unknown): Promise<RoomAnswer>;
  close(): Promise<void>;
}

const PAIRS = { own: ['pk-lf-own', 'sk-lf-own'], other: ['pk-lf-other', 'sk-lf-other'] } as const;

/** Starts it; `close` also closes the store. Files lie in a folder unless a storage is given. */
export async function openRoomServer(
  db: Database,
  clock: () => number = Date.now,
  given?: BlobStore,
): Promise<RoomServer> {
  const folder = await mkdtemp(join(tmpdir(), 'coaia-room-'));
  const blobs = given ?? openFolderBlobs(folder);
  const access = await openAccess(db, {
    env: {
      LANGFUSE_INIT_PROJECT_PUBLIC_KEY: PAIRS.own[0],
      LANGFUSE_INIT_PROJECT_SECRET_KEY: PAIRS.own[1],
    },
  });
  await addOtherProject(db);
  const server = await startServer({
    db,
    access,
    routes: await loadRoutes(),
    provide: createProvider({
      db,
      blobs,
      clock,
      egress: createEgress({ offline: false, ledgerPath: join(folder, 'egress.jsonl') }),
      secrets: openSecretBox({ folder: join(folder, 'keys') }),
      exports: { exportFolder: join(folder, 'exports'), exportHosts: ['127.0.0.1'] },
    }),
    port: 0,
    version: '0.0.0',
  });
  const sendAs =
    (pair: readonly [string, string]) => (method: string, path: string, body?: unknown) =>
      request(server.url, pair, { method, path, body });
  return {
    url: server.url,
    folder,
    send: sendAs(PAIRS.own),
    sendAsOther: sendAs(PAIRS.other),
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function addOtherProject(db: Database): Promise<void> {
  const now = 1_760_000_000_000;
  const [publicKey, secretKey] = PAIRS.other;
  await db.write(async (tx) => {
    await tx.upsert('organizations', [{ id: 'org-2', name: 'other', created_at: now }]);
    await tx.upsert('projects', [
      {
        id: 'other',
        organization_id: 'org-2',
        name: 'other',
        metadata: '{}',
        retention_days: null,
        created_at: now,
        updated_at: now,
        strict: null,
      },
    ]);
    await tx.upsert('api_keys', [
      {
        id: 'key-2',
        project_id: 'other',
        public_key: publicKey,
        secret_hash: createHash('sha256').update(secretKey).digest('hex'),
        display_secret: 'sk-lf-...',
        note: null,
        created_at: now,
        last_used_at: null,
        expires_at: null,
        role: null,
        requests_per_minute: null,
        scopes: null,
      },
    ]);
  });
}

async function request(
  url: string,
  [publicKey, secretKey]: readonly [string, string],
  call: { readonly method: string; readonly path: string; readonly body: unknown },
): Promise<RoomAnswer> {
  const path = call.path.startsWith('/api/') ? call.path : `/api/public${call.path}`;
  const answer = await fetch(`${url}${path}`, {
    method: call.method,
    headers: {
      authorization: `Basic ${btoa(`${publicKey}:${secretKey}`)}`,
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
