/** Every route against every role: what the table says is what the server does, also for routes yet to come. */
import { loadRoutes } from '#main/route-tables';
import type { Role, Scope } from '#base';
import type { Route } from '#surface';
import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProjectKey } from '../api-keys/api-keys.ts';
import { createSignInLink, openSession } from '../sign-in.ts';
import { openAdminApp, ORGANIZATION_PAIR, PROJECT_PAIR, toBasic, toCookie } from '../testing.ts';
import type { AdminApp } from '../testing.ts';
import { createUser } from '../users/users.ts';
import { hasPermission } from './permissions.ts';
import type { Holder } from './permissions.ts';
import { ROLES } from './role.ts';
import { toPermission } from './route-permission.ts';

const LOCAL: Scope = { projectId: 'default', level: 'project', via: 'local' };
const routes = (await loadRoutes()).filter(({ access }) => access !== 'open');
const [database] = openTestDatabases();

/** Codes of refusals by kind of credential and by role. */
const REFUSALS = new Set(['COAIA-0302', 'COAIA-0320', 'COAIA-0321', 'COAIA-0322']);

/** What the route itself answers after it let the caller in does not count here. */
function isExpected(route: Route, holder: Holder): boolean {
  const isKey = holder === 'KEY';
  if (route.access === 'organization' && isKey) return false;
  const isForOrganizations = route.access === 'organization' || route.access === 'either';
  if (holder === 'ORGANIZATION_KEY' && !isForOrganizations) return false;
  const permission = toPermission(route);
  return permission === undefined || hasPermission(holder, permission);
}

describe('roles and routes', () => {
  let admin: AdminApp;
  const headers = new Map<Holder, Readonly<Record<string, string>>>();

  beforeAll(async () => {
    admin = await openAdminApp(await database!.open());
    headers.set('KEY', toBasic(PROJECT_PAIR)).set('ORGANIZATION_KEY', toBasic(ORGANIZATION_PAIR));
    for (const role of ROLES) {
      const { user } = await createUser(admin.ports, LOCAL, { email: `${role}@example.com`, role });
      const link = await createSignInLink(admin.access.db, 'default', {
        clock: admin.access.clock,
        userId: user.id,
      });
      headers.set(role, toCookie((await openSession(admin.access, link.token)) ?? ''));
    }
  });
  afterAll(() => admin.close());

  /** Only who is refused at the door is sent: others would do what the route does. */
  const refused = routes.flatMap((route) =>
    [...ROLES, 'KEY' as const, 'ORGANIZATION_KEY' as const]
      .filter((holder) => !isExpected(route, holder))
      .map((holder) => ({ route, holder, name: `${route.method} ${route.path}` })),
  );

  it('refuses each route to each role that lacks its permission, before looking at the request', async () => {
    const wrong = [];
    for (const { route, holder, name } of refused) {
      const answer = await send(admin, route, headers.get(holder) ?? {});
      const isOwn = route.path.startsWith('/api/v1');
      const isRefused = answer.status === 403 && (!isOwn || REFUSALS.has(answer.body.code));
      if (!isRefused) wrong.push({ name, holder, status: answer.status });
    }
    expect(wrong).toEqual([]);
    expect(refused.length).toBeGreaterThan(routes.length);
  });

  it('lets each reader in', async () => {
    const readers = routes.filter(
      ({ method, path }) => method === 'GET' && !path.endsWith('/events'),
    );
    const wrong = [];
    for (const route of readers)
      for (const holder of [...ROLES, 'KEY' as const, 'ORGANIZATION_KEY' as const]) {
        if (!isExpected(route, holder)) continue;
        const answer = await send(admin, route, headers.get(holder) ?? {});
        if (answer.status === 403 || answer.status === 401)
          wrong.push({ path: route.path, holder, status: answer.status });
      }
    expect(wrong).toEqual([]);
  });

  it('binds a key to a role', async () => {
    const make = (role: Role) => createProjectKey(admin.ports, LOCAL, 'default', { role });
    const viewer = await make('VIEWER');
    const asViewer = admin.sendAs(toBasic([viewer.publicKey, viewer.secretKey]));
    expect((await asViewer('GET', '/traces')).status).toBe(200);
    const trace = { id: 'e', type: 'trace-create', timestamp: TIME, body: { id: 't' } };
    const refusal = await asViewer('POST', '/ingestion', { batch: [trace] });
    expect([refusal.status, refusal.body.error]).toEqual([403, 'ForbiddenError']);
    expect((await asViewer('GET', '/api/v1/projects/default/api-keys')).status).toBe(403);
    const owner = await make('ADMIN');
    const asAdmin = admin.sendAs(toBasic([owner.publicKey, owner.secretKey]));
    expect((await asAdmin('GET', '/api/v1/projects/default/api-keys')).body.apiKeys).toHaveLength(
      3,
    );
  });

  it('lets owners and admins move protected labels, and nobody else', async () => {
    const as = (role: Role) => admin.sendAs(headers.get(role) ?? {});
    const change = { protectedLabels: ['production'] };
    const path = '/api/v1/projects/default';
    expect((await as('MEMBER')('PATCH', path, change)).status).toBe(403);
    expect((await as('ADMIN')('PATCH', path, change)).body.protectedLabels).toEqual(['production']);
    const prompt = { name: 'p', type: 'text', prompt: 'hi', labels: ['production'] };
    expect((await as('MEMBER')('POST', '/v2/prompts', prompt)).status).toBe(403);
    expect((await admin.asProject('POST', '/v2/prompts', prompt)).status).toBe(403);
    expect((await as('ADMIN')('POST', '/v2/prompts', prompt)).status).toBe(201);
  });
});

const TIME = '2026-03-01T10:00:00.000Z';

function send(admin: AdminApp, route: Route, fields: Readonly<Record<string, string>>) {
  const path = route.path
    .replace(':projectId', 'default')
    .replaceAll(/:\w+(?:\{[^}]*\})?/g, 'not-there');
  const body = route.method === 'GET' ? undefined : {};
  return admin.sendAs(fields)(route.method, path, body);
}
