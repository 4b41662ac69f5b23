import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAdminApp, toBasic } from '../testing.ts';
import type { AdminApp } from '../testing.ts';

describe.each(openTestDatabases())('keys on $name', ({ open }) => {
  let admin: AdminApp;
  beforeEach(async () => {
    admin = await openAdminApp(await open());
  });
  afterEach(() => admin.close());

  const path = '/projects/default/apiKeys';

  it('shows a secret once and opens the project with it until the key is deleted', async () => {
    const made = await admin.asOrganization('POST', path, { note: 'for the build' });
    expect(made.status).toBe(201);
    const { id, publicKey, secretKey } = made.body;
    expect(made.body).toEqual({
      id,
      createdAt: expect.any(String),
      note: 'for the build',
      publicKey: expect.stringMatching(/^pk-lf-[0-9a-f-]{36}$/),
      secretKey: expect.stringMatching(/^sk-lf-[0-9a-f-]{36}$/),
      displaySecretKey: `sk-lf-...${secretKey.slice(-4)}`,
    });
    const asNew = admin.sendAs(toBasic([publicKey, secretKey]));
    expect((await asNew('GET', '/projects')).status).toBe(200);
    const list = await admin.asOrganization('GET', path);
    expect(list.body.apiKeys[1]).toEqual({
      id,
      createdAt: made.body.createdAt,
      expiresAt: null,
      lastUsedAt: null,
      note: 'for the build',
      publicKey,
      displaySecretKey: made.body.displaySecretKey,
    });
    const rows = await admin.access.db.read('SELECT * FROM api_keys WHERE id = ?', [id]);
    expect(JSON.stringify(rows)).not.toContain(secretKey);
    expect((await admin.asOrganization('DELETE', `${path}/${id}`)).body).toEqual({ success: true });
    expect((await asNew('GET', '/projects')).status).toBe(401);
    expect((await admin.asOrganization('DELETE', `${path}/${id}`)).status).toBe(404);
  });

  it('takes a pair of the caller, whole and only once', async () => {
    const pair = { publicKey: 'pk-lf-mine', secretKey: 'sk-lf-mine' };
    expect((await admin.asOrganization('POST', path, pair)).body).toMatchObject(pair);
    const cases = [
      [pair, 409],
      [{ publicKey: 'pk-lf-other', secretKey: 'sk-lf-mine' }, 409],
      [{ publicKey: 'pk-lf-organization', secretKey: 'sk-lf-fresh' }, 409],
      [{ publicKey: 'pk-lf-half' }, 400],
      [{ publicKey: 'mine', secretKey: 'sk-lf-x' }, 400],
      [{ publicKey: 'pk-lf-x', secretKey: 'mine' }, 400],
    ] as const;
    for (const [body, status] of cases)
      expect([body, (await admin.asOrganization('POST', path, body)).status]).toEqual([
        body,
        status,
      ]);
    expect(
      (await admin.sendAs(toBasic(['pk-lf-mine', 'sk-lf-mine']))('GET', '/projects')).status,
    ).toBe(200);
  });

  it('makes keys that end, and keys of the organization', async () => {
    const made = await admin.asOrganization('POST', '/api/v1/organization/api-keys', {
      note: 'two',
    });
    expect(made.status).toBe(201);
    const asSecond = admin.sendAs(toBasic([made.body.publicKey, made.body.secretKey]));
    expect((await asSecond('GET', '/organizations/apiKeys')).body.apiKeys).toHaveLength(2);
    expect((await asSecond('GET', '/traces')).status).toBe(403);
    const bearer = admin.sendAs({ authorization: `Bearer ${made.body.publicKey}` });
    expect((await bearer('POST', '/scores', {})).status).toBe(401);
    await admin.asOrganization('DELETE', `/api/v1/organization/api-keys/${made.body.id}`);
    expect((await asSecond('GET', '/organizations/apiKeys')).status).toBe(401);
    const past = { expiresAt: '2020-01-01T00:00:00Z' };
    expect((await admin.asOrganization('POST', '/api/v1/organization/api-keys', past)).status).toBe(
      400,
    );
  });
});
