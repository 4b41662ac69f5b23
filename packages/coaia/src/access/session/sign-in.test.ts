import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role, Scope } from '#base';
import { openSession } from '../sign-in.ts';
import { openAdminApp, toCookie } from '../testing.ts';
import type { AdminApp } from '../testing.ts';
import { createUser } from '../users/users.ts';

const LOCAL: Scope = { projectId: 'default', level: 'project', via: 'local' };
const PASSWORD = 'correct horse';

describe.each(openTestDatabases())('people on $name', ({ open }) => {
  let admin: AdminApp;
  beforeEach(async () => {
    admin = await openAdminApp(await open());
  });
  afterEach(() => admin.close());

  const add = (email: string, role: Role) =>
    createUser(admin.ports, LOCAL, { email, role, password: PASSWORD });
  const signIn = (email: string, password = PASSWORD) =>
    admin.sendAs({ 'sec-fetch-site': 'same-origin' })('POST', '/api/v1/sign-in', {
      email,
      password,
    });
  const openPage = async (email: string) => {
    const answer = await signIn(email);
    const token = /coaia_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '';
    return { token, send: admin.sendAs(toCookie(token)) };
  };

  it('signs in with address and password, and says who is there', async () => {
    const { user } = await add('Ada@example.com', 'MEMBER');
    const answer = await signIn('ada@EXAMPLE.com');
    expect([answer.status, answer.body]).toEqual([
      200,
      { user: { id: user.id, email: 'ada@example.com', name: null }, projectId: 'default' },
    ]);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^coaia_session=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=2592000$/,
    );
    const { send } = await openPage('ada@example.com');
    const { body } = await send('GET', '/api/v1/me');
    expect(body).toMatchObject({
      user: { email: 'ada@example.com' },
      role: 'MEMBER',
      organizations: [{ id: 'default', role: 'MEMBER' }],
      projects: [{ id: 'default', organizationId: 'default', role: 'MEMBER' }],
    });
    expect(body.permissions).toContain('prompts:write');
    expect(body.permissions).not.toContain('keys:write');
  });

  it('says the same about a wrong password and an unknown address, and stops guessing', async () => {
    await add('ada@example.com', 'MEMBER');
    const wrong = await signIn('ada@example.com', 'not it');
    const unknown = await signIn('eve@example.com', 'not it');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body.detail).toBe(unknown.body.detail);
    const answers = [];
    for (let n = 0; n < 5; n++) answers.push(await signIn('ada@example.com', `guess ${n}`));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 429]);
    expect(Number(answers[4]?.headers.get('retry-after'))).toBeGreaterThan(0);
    // Not even the right one now, and others are not held up.
    expect((await signIn('ada@example.com')).status).toBe(429);
    await add('bob@example.com', 'VIEWER');
    expect((await signIn('bob@example.com')).status).toBe(200);
  });

  it('is not opened from another page', async () => {
    await add('ada@example.com', 'MEMBER');
    const send = admin.sendAs({ 'sec-fetch-site': 'cross-site' });
    const body = { email: 'ada@example.com', password: PASSWORD };
    expect((await send('POST', '/api/v1/sign-in', body)).status).toBe(401);
  });

  it('changes the own password and ends the sessions that were open', async () => {
    await add('ada@example.com', 'VIEWER');
    const { send } = await openPage('ada@example.com');
    const path = '/api/v1/me/password';
    expect((await send('PUT', path, { current: 'no', next: 'another horse' })).status).toBe(401);
    expect((await send('PUT', path, { current: PASSWORD, next: 'short' })).status).toBe(400);
    expect((await send('PUT', path, { current: PASSWORD, next: 'another horse' })).status).toBe(
      204,
    );
    expect((await send('GET', '/api/v1/me')).status).toBe(401);
    expect((await signIn('ada@example.com', 'another horse')).status).toBe(200);
  });

  it('goes on in another project only where the person may', async () => {
    const make = { name: 'second', retention: 0 };
    const { id } = (await admin.asOrganization('POST', '/projects', make)).body;
    const { user } = await add('ada@example.com', 'VIEWER');
    await admin.asOrganization('PUT', `/projects/${id}/memberships`, {
      userId: user.id,
      role: 'NONE',
    });
    const { send } = await openPage('ada@example.com');
    expect((await send('PATCH', '/api/v1/session', { projectId: id })).status).toBe(404);
    await admin.asOrganization('PUT', `/projects/${id}/memberships`, {
      userId: user.id,
      role: 'ADMIN',
    });
    const moved = await send('PATCH', '/api/v1/session', { projectId: id });
    expect([moved.status, moved.body.projectId]).toEqual([200, id]);
    expect((await send('GET', '/api/v1/me')).body).toMatchObject({ projectId: id, role: 'ADMIN' });
    const settings = await send('GET', `/api/v1/projects/${id}`);
    expect([settings.status, settings.body.name]).toEqual([200, 'second']);
    expect((await send('GET', '/api/v1/projects/default')).status).toBe(404);
  });

  it('invites by address; the link in the answer signs in once', async () => {
    await add('ada@example.com', 'ADMIN');
    const { send } = await openPage('ada@example.com');
    const path = '/api/v1/projects/default/members';
    const made = await send('PUT', path, { email: 'new@example.com', role: 'MEMBER' });
    expect([made.status, made.body.role]).toEqual([200, 'MEMBER']);
    const token = made.body.signInPath.replace('/?k=', '');
    const session = (await openSession(admin.access, token)) ?? '';
    const asNew = admin.sendAs(toCookie(session));
    expect((await asNew('GET', '/api/v1/me')).body).toMatchObject({ role: 'MEMBER' });
    const { body } = await send('GET', path);
    expect(body.members).toMatchObject([
      { email: 'ada@example.com', role: 'ADMIN', projectRole: null },
      { email: 'new@example.com', role: 'MEMBER', organizationRole: 'NONE', projectRole: 'MEMBER' },
    ]);
    // An admin makes no owners.
    const owner = await send('PUT', path, { userId: made.body.userId, role: 'OWNER' });
    expect([owner.status, owner.body.code]).toEqual([403, 'COAIA-0325']);
    const gone = await send('DELETE', path, { userId: made.body.userId });
    expect(gone.status).toBe(200);
    expect((await asNew('GET', '/traces')).status).toBe(403);
    expect((await asNew('GET', '/api/v1/me')).body.permissions).toEqual([]);
  });
});
