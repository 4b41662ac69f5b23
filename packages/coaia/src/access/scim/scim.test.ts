import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAdminApp } from '../testing.ts';
import type { AdminApp } from '../testing.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

describe.each(openTestDatabases())('SCIM on $name', ({ open }) => {
  let admin: AdminApp;
  beforeEach(async () => {
    admin = await openAdminApp(await open());
  });
  afterEach(() => admin.close());

  const send = (method: string, path: string, body?: unknown) =>
    admin.asOrganization(method, `/scim/${path}`, body);
  const create = async (userName: string, more: object = {}) =>
    (await send('POST', 'Users', { userName, name: { formatted: 'Some Body' }, ...more })).body;

  it('says what it can', async () => {
    expect((await send('GET', 'ServiceProviderConfig')).body.patch).toEqual({ supported: true });
    expect((await send('GET', 'ResourceTypes')).body.Resources[0].endpoint).toBe('/Users');
    const { body } = await send('GET', 'Schemas');
    expect(body.Resources[0].attributes.map(({ name }: { name: string }) => name)).toContain(
      'active',
    );
  });

  it('makes, finds and lists users by page', async () => {
    const made = await send('POST', 'Users', {
      schemas: [USER],
      userName: 'Ada@Example.com',
      name: { givenName: 'Ada', familyName: 'L' },
      emails: [{ primary: true, value: 'ada@example.com', type: 'work' }],
      active: true,
      password: 'is not taken',
      externalId: 'ext-1',
    });
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect(made.body).toEqual({
      schemas: [USER],
      id,
      externalId: 'ext-1',
      userName: 'ada@example.com',
      name: { formatted: 'Ada L' },
      emails: [{ primary: true, value: 'ada@example.com', type: 'work' }],
      active: true,
      meta: { resourceType: 'User', created: expect.any(String), lastModified: expect.any(String) },
    });
    expect((await send('GET', `Users/${id}`)).body).toEqual(made.body);
    for (const n of [1, 2, 3]) await create(`user${n}@example.com`);
    const page = await send('GET', 'Users?startIndex=2&count=2');
    expect(page.body).toMatchObject({ totalResults: 4, startIndex: 2, itemsPerPage: 2 });
    expect(page.body.Resources.map((one: { userName: string }) => one.userName)).toEqual([
      'user1@example.com',
      'user2@example.com',
    ]);
    const filter = encodeURIComponent('userName eq "ADA@example.com"');
    expect((await send('GET', `Users?filter=${filter}`)).body).toMatchObject({
      totalResults: 1,
      Resources: [{ id }],
    });
    const rows = await admin.access.db.read('SELECT password_hash FROM users WHERE id = ?', [id]);
    expect(rows).toEqual([{ password_hash: null }]);
  });

  it('refuses in the words of SCIM', async () => {
    await create('ada@example.com');
    const cases = [
      ['POST', 'Users', { userName: 'ADA@example.com', name: {} }, 409],
      ['POST', 'Users', { name: {} }, 400],
      ['POST', 'Users', { userName: 'x@example.com', name: {}, roles: ['KING'] }, 400],
      ['GET', 'Users/not-there', undefined, 404],
      ['GET', `Users?filter=${encodeURIComponent('name co "a"')}`, undefined, 400],
      [
        'PATCH',
        'Users/not-there',
        { schemas: [PATCH], Operations: [{ op: 'replace', value: { active: true } }] },
        404,
      ],
    ] as const;
    for (const [method, path, body, status] of cases) {
      const answer = await send(method, path, body);
      expect([method, path, answer.status]).toEqual([method, path, status]);
      expect(answer.body).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        detail: expect.any(String),
        status,
      });
    }
    expect((await admin.asProject('GET', '/scim/Users')).status).toBe(403);
  });

  it.each([
    [{ op: 'replace', value: { active: false } }],
    [{ op: 'Replace', path: 'active', value: 'False' }],
  ])('takes a user out with %j and back in', async (operation) => {
    const { id } = await create('bob@example.com', { roles: ['MEMBER'] });
    const out = await send('PATCH', `Users/${id}`, { schemas: [PATCH], Operations: [operation] });
    expect([out.status, out.body.active]).toEqual([200, false]);
    expect((await send('GET', `Users/${id}`)).status).toBe(404);
    expect(
      (await admin.asOrganization('GET', '/organizations/memberships')).body.memberships,
    ).toEqual([]);
    const back = await send('PUT', `Users/${id}`, { schemas: [USER], active: true });
    expect([back.status, back.body.active]).toEqual([200, true]);
    const { body } = await admin.asOrganization('GET', '/organizations/memberships');
    expect(body.memberships).toMatchObject([{ userId: id, role: 'NONE' }]);
  });

  it('leaves a role alone that a PUT does not name, and sets one that it names', async () => {
    const { id } = await create('bob@example.com', { roles: ['MEMBER'] });
    const readRole = async () =>
      (await admin.asOrganization('GET', '/organizations/memberships')).body.memberships[0].role;
    await send('PUT', `Users/${id}`, { schemas: [USER], active: true, displayName: 'Robert' });
    expect(await readRole()).toBe('MEMBER');
    expect((await send('GET', `Users/${id}`)).body.name).toEqual({ formatted: 'Robert' });
    await send('PUT', `Users/${id}`, { schemas: [USER], active: true, roles: ['ADMIN'] });
    expect(await readRole()).toBe('ADMIN');
    expect((await send('DELETE', `Users/${id}`)).status).toBe(204);
    expect((await send('DELETE', `Users/${id}`)).status).toBe(404);
  });

  it('knows nobody of another organization', async () => {
    const { id } = await create('bob@example.com');
    await admin.access.db.write(async (tx) => {
      await tx.upsert('organizations', [{ id: 'org-2', name: 'Two', created_at: 1 }]);
      await tx.run('UPDATE organization_memberships SET organization_id = ?', ['org-2']);
    });
    const change = { schemas: [USER], active: true };
    for (const [method, body] of [
      ['GET', undefined],
      ['PUT', change],
      ['DELETE', undefined],
    ] as const) {
      const answer = await send(method, `Users/${id}`, body);
      const unknown = await send(method, 'Users/not-there', body);
      expect([method, answer.status]).toEqual([method, 404]);
      expect(answer.body.detail.replace(id, 'not-there')).toBe(unknown.body.detail);
    }
  });
});
