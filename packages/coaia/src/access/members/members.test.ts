import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAdminApp } from '../testing.ts';
import type { AdminApp } from '../testing.ts';

describe.each(openTestDatabases())('memberships on $name', ({ open }) => {
  let admin: AdminApp;
  beforeEach(async () => {
    admin = await openAdminApp(await open());
  });
  afterEach(() => admin.close());

  const addUser = async (userName: string, roles?: readonly string[]): Promise<string> => {
    const body = { userName, name: { formatted: userName.split('@')[0] }, roles };
    const answer = await admin.asOrganization('POST', '/scim/Users', body);
    expect(answer.status).toBe(201);
    return answer.body.id;
  };

  it('gives, changes and takes roles in the organization', async () => {
    const ada = await addUser('Ada@Example.com', ['OWNER']);
    const bob = await addUser('bob@example.com');
    const { body } = await admin.asOrganization('GET', '/organizations/memberships');
    expect(body.memberships).toEqual([
      { userId: ada, role: 'OWNER', email: 'ada@example.com', name: 'Ada' },
      { userId: bob, role: 'NONE', email: 'bob@example.com', name: 'bob' },
    ]);
    const change = { userId: bob, role: 'ADMIN' };
    const changed = await admin.asOrganization('PUT', '/organizations/memberships', change);
    expect([changed.status, changed.body.role]).toEqual([200, 'ADMIN']);
    const removal = { userId: bob };
    const removed = await admin.asOrganization('DELETE', '/organizations/memberships', removal);
    expect([removed.status, removed.body.userId]).toEqual([200, bob]);
    const again = await admin.asOrganization('DELETE', '/organizations/memberships', removal);
    expect(again.status).toBe(200);
    const left = await admin.asOrganization('GET', '/organizations/memberships');
    expect(left.body.memberships).toHaveLength(1);
  });

  it('keeps the last owner', async () => {
    const ada = await addUser('ada@example.com', ['OWNER']);
    const lower = { userId: ada, role: 'MEMBER' };
    const calls = [
      await admin.asOrganization('PUT', '/organizations/memberships', lower),
      await admin.asOrganization('DELETE', '/organizations/memberships', { userId: ada }),
      await admin.asOrganization('DELETE', `/scim/Users/${ada}`),
    ];
    expect(calls.map(({ status }) => status)).toEqual([403, 403, 403]);
    await addUser('eve@example.com', ['OWNER']);
    const now = await admin.asOrganization('PUT', '/organizations/memberships', lower);
    expect(now.status).toBe(200);
  });

  it('lets a role in a project count before the one in the organization', async () => {
    const bob = await addUser('bob@example.com', ['VIEWER']);
    const path = '/projects/default/memberships';
    const set = await admin.asOrganization('PUT', path, { userId: bob, role: 'ADMIN' });
    expect(set.body).toEqual({ userId: bob, role: 'ADMIN', email: 'bob@example.com', name: 'bob' });
    expect((await admin.asOrganization('GET', path)).body.memberships).toEqual([set.body]);
    const stranger = { userId: 'nobody', role: 'ADMIN' };
    expect((await admin.asOrganization('PUT', path, stranger)).status).toBe(404);
    expect((await admin.asOrganization('PUT', path, { userId: bob, role: 'KING' })).status).toBe(
      400,
    );
    await admin.asOrganization('DELETE', path, { userId: bob });
    expect((await admin.asOrganization('GET', path)).body.memberships).toEqual([]);
  });

  it('writes a line for every change and none for a read', async () => {
    const bob = await addUser('bob@example.com');
    await admin.asOrganization('GET', '/organizations/memberships');
    await admin.asOrganization('PUT', '/organizations/memberships', {
      userId: bob,
      role: 'MEMBER',
    });
    await admin.asOrganization('DELETE', '/organizations/memberships', { userId: bob });
    const actor = 'key:pk-lf-organization';
    const organizationId = 'default';
    expect(admin.events).toEqual([
      { action: 'user.add', subject: bob, actor, organizationId, detail: 'NONE' },
      { action: 'member.update', subject: bob, actor, organizationId, detail: 'MEMBER' },
      { action: 'member.remove', subject: bob, actor, organizationId },
    ]);
  });
});
