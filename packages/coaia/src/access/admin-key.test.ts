import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAdminApp, PROJECT_PAIR, toBasic } from './testing.ts';
import type { AdminApp } from './testing.ts';

const KEY = 'the operator knows';

describe.each(openTestDatabases())('operator settings on $name', ({ open }) => {
  let admin: AdminApp;
  beforeEach(async () => {
    admin = await openAdminApp(await open(), {
      env: {
        ADMIN_API_KEY: KEY,
        LANGFUSE_INIT_ORG_ID: 'acme',
        LANGFUSE_INIT_ORG_NAME: 'Acme',
        LANGFUSE_INIT_PROJECT_ID: 'main',
        LANGFUSE_INIT_PROJECT_NAME: 'Main',
        LANGFUSE_INIT_USER_EMAIL: 'Boss@Example.com',
        LANGFUSE_INIT_USER_NAME: 'Boss',
        LANGFUSE_INIT_USER_PASSWORD: 'first password',
      },
    });
  });
  afterEach(() => admin.close());

  const bearer = (token: string, again: string, more: object = {}) =>
    admin.sendAs({ authorization: `Bearer ${token}`, 'x-langfuse-admin-api-key': again, ...more });

  it('opens every project with ADMIN_API_KEY, said twice', async () => {
    const { body } = await bearer(KEY, KEY)('POST', '/projects', { name: 'second', retention: 0 });
    expect(body.organization).toEqual({ id: 'acme', name: 'Acme' });
    const inSecond = bearer(KEY, KEY, { 'x-langfuse-project-id': body.id });
    expect((await inSecond('GET', '/projects')).body.data).toMatchObject([{ name: 'second' }]);
    expect((await inSecond('GET', '/traces')).status).toBe(200);
    expect((await bearer(KEY, KEY)('GET', '/projects')).body.data).toMatchObject([{ id: 'main' }]);
    const nowhere = bearer(KEY, KEY, { 'x-langfuse-project-id': 'not-there' });
    const refused = [
      await bearer(KEY, 'wrong')('GET', '/projects'),
      await bearer('wrong', KEY)('GET', '/projects'),
      await admin.sendAs({ authorization: `Bearer ${KEY}` })('GET', '/projects'),
      await nowhere('GET', '/projects'),
    ];
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
  });

  it('makes organization, project, keys and the first owner of the environment', async () => {
    const own = await admin.sendAs(toBasic(PROJECT_PAIR))('GET', '/projects');
    expect(own.body.data).toEqual([
      { id: 'main', name: 'Main', organization: { id: 'acme', name: 'Acme' }, metadata: {} },
    ]);
    const { body } = await admin.asOrganization('GET', '/organizations/memberships');
    expect(body.memberships).toMatchObject([
      { role: 'OWNER', email: 'boss@example.com', name: 'Boss' },
    ]);
    const signIn = { email: 'boss@example.com', password: 'first password' };
    expect((await admin.sendAs({})('POST', '/api/v1/sign-in', signIn)).status).toBe(200);
    const keys = await admin.asOrganization('GET', '/organizations/apiKeys');
    expect(keys.body.apiKeys).toMatchObject([{ publicKey: 'pk-lf-organization' }]);
    expect(JSON.stringify(keys.body)).not.toContain('sk-lf-organization');
  });
});
