/** One server in this process with two organizations: what A owns, B must not find. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccess, toAccessPorts } from '../../../packages/coaia/src/access/index.ts';
import { openFolderBlobs } from '../../../packages/coaia/src/blobs/index.ts';
import { createEgress } from '../../../packages/coaia/src/egress/index.ts';
import { platformRoutes } from '../../../packages/coaia/src/http/routes/platform.ts';
import { startServer } from '../../../packages/coaia/src/http/serve.ts';
import { createProvider } from '../../../packages/coaia/src/main/provide.ts';
import { loadRoutes } from '../../../packages/coaia/src/main/route-tables.ts';
import { openSecretBox } from '../../../packages/coaia/src/models/index.ts';
import { listProjectTables } from '../../../packages/coaia/src/store/index.ts';
import type { Database } from '../../../packages/coaia/src/store/index.ts';
import type { Route } from '../../../packages/coaia/src/surface/index.ts';
import { toApiServer } from '../api-server.ts';
import type { ApiServer } from '../api-server.ts';

export interface Tenants {
  readonly routes: readonly Route[];
  readonly a: ApiServer;
  readonly b: ApiServer;
  /** Authorization of B's organization, for what project keys do not open. */
  readonly organizationB: string;
  readonly close: () => Promise<void>;
}

type Pair = readonly [string, string];
const PAIRS = {
  a: ['pk-lf-tenant-a', 'sk-lf-tenant-a'],
  b: ['pk-lf-tenant-b', 'sk-lf-tenant-b'],
  organizationA: ['pk-lf-org-a', 'sk-lf-org-a'],
  organizationB: ['pk-lf-org-b', 'sk-lf-org-b'],
} as const satisfies Readonly<Record<string, Pair>>;

export const TENANT_B = 'tenant-b';

/** Takes away all that B wrote: its project and organization are as they were made. */
export async function resetTenantB(db: Database): Promise<void> {
  await db.write(async (tx) => {
    for (const table of listProjectTables())
      if (table !== 'api_keys')
        await tx.run(`DELETE FROM ${table} WHERE project_id = ?`, [TENANT_B]);
    await tx.run('DELETE FROM api_keys WHERE project_id = ? AND id NOT LIKE ?', [
      TENANT_B,
      OWN_KEY,
    ]);
    await tx.run('DELETE FROM organization_keys WHERE organization_id = ? AND id NOT LIKE ?', [
      TENANT_B,
      OWN_KEY,
    ]);
    await tx.run('DELETE FROM organization_memberships WHERE organization_id = ?', [TENANT_B]);
    await tx.run(
      'DELETE FROM users WHERE id NOT IN (SELECT user_id FROM organization_memberships)',
    );
    await tx.run('DELETE FROM projects WHERE organization_id = ? AND id <> ?', [
      TENANT_B,
      TENANT_B,
    ]);
    await tx.run("UPDATE projects SET name = 'Tenant B', metadata = '{}' WHERE id = ?", [TENANT_B]);
  });
}

const OWN_KEY = 'key-of-%';

/** Starts it. Requests that leave this machine are refused. `close` also closes the store. */
export async function openTenants(db: Database): Promise<Tenants> {
  const folder = await mkdtemp(join(tmpdir(), 'coaia-tenants-'));
  const access = await openAccess(db, {
    env: {
      LANGFUSE_INIT_PROJECT_PUBLIC_KEY: PAIRS.a[0],
      LANGFUSE_INIT_PROJECT_SECRET_KEY: PAIRS.a[1],
      COAIA_INIT_ORG_PUBLIC_KEY: PAIRS.organizationA[0],
      COAIA_INIT_ORG_SECRET_KEY: PAIRS.organizationA[1],
    },
  });
  await addTenantB(db);
  const loaded = await loadRoutes();
  const server = await startServer({
    db,
    access,
    routes: loaded,
    provide: createProvider({
      db,
      administration: toAccessPorts(access),
      blobs: openFolderBlobs(folder),
      egress: createEgress({ offline: true, ledgerPath: join(folder, 'egress.jsonl') }),
      secrets: openSecretBox({ folder: join(folder, 'keys') }),
    }),
    port: 0,
    version: '0.0.0',
  });
  const toServer = (own: Pair, organization: Pair) =>
    toApiServer({
      url: server.url,
      authorization: toBasic(own),
      organizationAuthorization: toBasic(organization),
      stop: async () => undefined,
    });
  return {
    routes: [...loaded, ...platformRoutes],
    a: toServer(PAIRS.a, PAIRS.organizationA),
    b: toServer(PAIRS.b, PAIRS.organizationB),
    organizationB: toBasic(PAIRS.organizationB),
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function addTenantB(db: Database): Promise<void> {
  const now = Date.now();
  const toKey = ([publicKey, secretKey]: Pair) => ({
    id: `key-of-${publicKey}`,
    public_key: publicKey,
    secret_hash: createHash('sha256').update(secretKey).digest('hex'),
    display_secret: 'sk-lf-...',
    note: null,
    created_at: now,
    last_used_at: null,
    expires_at: null,
  });
  await db.write(async (tx) => {
    await tx.upsert('organizations', [{ id: TENANT_B, name: 'Tenant B', created_at: now }]);
    await tx.upsert('projects', [
      {
        id: TENANT_B,
        organization_id: TENANT_B,
        name: 'Tenant B',
        metadata: '{}',
        retention_days: null,
        created_at: now,
        updated_at: now,
        strict: null,
      },
    ]);
    await tx.upsert('api_keys', [
      {
        ...toKey(PAIRS.b),
        project_id: TENANT_B,
        role: 'OWNER',
        requests_per_minute: null,
        scopes: null,
      },
    ]);
    await tx.upsert('organization_keys', [
      { ...toKey(PAIRS.organizationB), organization_id: TENANT_B },
    ]);
  });
}

function toBasic([publicKey, secretKey]: Pair): string {
  return `Basic ${btoa(`${publicKey}:${secretKey}`)}`;
}
