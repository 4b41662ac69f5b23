import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '#store';
import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authenticate, closeSession, createSignInLink, openAccess, openSession } from './index.ts';
import type { Access } from './index.ts';
import { toHash } from './keys.ts';

const PUBLIC = 'pk-lf-1234567890';
const SECRET = 'sk-lf-1234567890';
const basic = (text: string) => new Headers({ authorization: `Basic ${btoa(text)}` });
const cookie = (token: string) => new Headers({ cookie: `other=1; coaia_session=${token}; x=y` });

describe.each(openTestDatabases())('authenticate on $name', ({ open }) => {
  let db: Database;
  let access: Access;
  let folder: string;
  let now: number;
  let reads: number;
  let notices: string[];

  beforeEach(async () => {
    now = 1_700_000_000_000;
    reads = 0;
    notices = [];
    const real = await open();
    db = {
      ...real,
      read: (sql, parameters) => {
        reads++;
        return real.read(sql, parameters);
      },
    };
    folder = await mkdtemp(join(tmpdir(), 'coaia-access-'));
    access = await openAccess(db, {
      env: {
        LANGFUSE_INIT_PROJECT_PUBLIC_KEY: PUBLIC,
        LANGFUSE_INIT_PROJECT_SECRET_KEY: SECRET,
      },
      credentialsPath: join(folder, 'credentials.json'),
      clock: () => now,
      log: (message) => notices.push(message),
    });
  });

  afterEach(async () => {
    await access.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('says exactly what Langfuse says about missing and wrong credentials', async () => {
    await expect(authenticate(new Headers(), access)).rejects.toMatchObject({
      code: 'COAIA-0300',
      message: 'No authorization header',
    });
    const wrong = [
      basic(`${PUBLIC}:sk-lf-wrong`),
      basic('no colon'),
      basic(''),
      new Headers({ authorization: 'Basic %%%' }),
      new Headers({ authorization: 'Digest x' }),
      new Headers({ authorization: `Bearer ${SECRET}` }),
      new Headers({ authorization: 'Bearer' }),
      cookie('unknown'),
    ];
    for (const headers of wrong)
      await expect(authenticate(headers, access)).rejects.toMatchObject({
        code: 'COAIA-0301',
        message: "Invalid credentials. Confirm that you've configured the correct host.",
        definition: { status: 401 },
      });
  });

  it('lets the secret decide and only notes a wrong public key', async () => {
    const scope = await authenticate(basic(`pk-lf-other:${SECRET}`), access);
    expect(scope).toMatchObject({ projectId: 'default', level: 'project', publicKey: PUBLIC });
    expect(notices).toHaveLength(1);
    expect(notices[0]).not.toContain(SECRET);
    await authenticate(basic(`pk-lf-other:${SECRET}`), access);
    expect(notices).toHaveLength(1);
  });

  it('gives a Bearer public key the right to scores and nothing else', async () => {
    const scope = await authenticate(new Headers({ authorization: `bearer ${PUBLIC}` }), access);
    expect(scope).toMatchObject({ level: 'scores', via: 'key', projectId: 'default' });
  });

  it('asks the store once in five seconds, however many requests come at once', async () => {
    reads = 0;
    const headers = basic(`${PUBLIC}:${SECRET}`);
    await Promise.all(Array.from({ length: 100 }, () => authenticate(headers, access)));
    now += 4_999;
    await authenticate(headers, access);
    expect(reads).toBe(1);
    now += 1;
    await authenticate(headers, access);
    expect(reads).toBe(2);
  });

  it('notices a deleted key within five seconds and an expired one at once', async () => {
    const headers = basic(`${PUBLIC}:${SECRET}`);
    await authenticate(headers, access);
    await db.write((transaction) =>
      transaction.run('UPDATE api_keys SET expires_at = ?', [now + 6_000]),
    );
    now += 5_000;
    await authenticate(headers, access);
    now += 1_000;
    await expect(authenticate(headers, access)).rejects.toMatchObject({ code: 'COAIA-0301' });
    await db.write((transaction) => transaction.run('DELETE FROM api_keys'));
    now += 5_000;
    await expect(authenticate(headers, access)).rejects.toMatchObject({ code: 'COAIA-0301' });
  });

  it('does not trust an entry for ever when the clock is set back', async () => {
    const headers = basic(`${PUBLIC}:${SECRET}`);
    await authenticate(headers, access);
    await db.write((transaction) => transaction.run('DELETE FROM api_keys'));
    now -= 3 * 24 * 3_600_000;
    await expect(authenticate(headers, access)).rejects.toMatchObject({ code: 'COAIA-0301' });
  });

  it('writes the last use at most once a minute', async () => {
    const lastUse = async () =>
      (await db.read<{ last_used_at: number | null }>('SELECT last_used_at FROM api_keys'))[0]
        ?.last_used_at;
    const headers = basic(`${PUBLIC}:${SECRET}`);
    const first = now;
    await authenticate(headers, access);
    expect(await lastUse()).toBeNull();
    await access.close();
    expect(await lastUse()).toBe(first);
    now += 59_000;
    await authenticate(headers, access);
    await access.close();
    expect(await lastUse()).toBe(first);
    now += 1_000;
    await authenticate(headers, access);
    await access.close();
    expect(await lastUse()).toBe(now);
  });

  it('exchanges a sign-in link once, within ten minutes', async () => {
    const link = await createSignInLink(db, 'default', { clock: () => now });
    const [first, second] = await Promise.all([
      openSession(access, link.token),
      openSession(access, link.token),
    ]);
    const session = first ?? second;
    expect([first, second].filter((token) => token !== undefined)).toHaveLength(1);
    expect(await openSession(access, link.token)).toBeUndefined();
    expect(await authenticate(cookie(session!), access)).toEqual({
      projectId: 'default',
      level: 'project',
      via: 'page',
      organizationId: 'default',
    });
    const late = await createSignInLink(db, 'default', { clock: () => now });
    now += 600_000;
    expect(await openSession(access, late.token)).toBeUndefined();
  });

  it('never takes a link for a session or a session for a link', async () => {
    const link = await createSignInLink(db, 'default', { clock: () => now });
    await expect(authenticate(cookie(link.token), access)).rejects.toMatchObject({
      code: 'COAIA-0301',
    });
    const session = await openSession(access, link.token);
    expect(await openSession(access, session!)).toBeUndefined();
  });

  it('ends a session by sign-out at once and after thirty days by itself', async () => {
    const open30 = await openSession(
      access,
      (await createSignInLink(db, 'default', { clock: () => now })).token,
    );
    const other = await openSession(
      access,
      (await createSignInLink(db, 'default', { clock: () => now })).token,
    );
    await authenticate(cookie(open30!), access);
    await closeSession(access, open30!);
    await expect(authenticate(cookie(open30!), access)).rejects.toMatchObject({
      code: 'COAIA-0301',
    });
    now += 30 * 24 * 3_600_000;
    await expect(authenticate(cookie(other!), access)).rejects.toMatchObject({
      code: 'COAIA-0301',
    });
  });

  it('stores neither secrets nor tokens', async () => {
    const link = await createSignInLink(db, 'default', { clock: () => now });
    const session = await openSession(access, link.token);
    const rows = JSON.stringify([
      await db.read('SELECT * FROM api_keys'),
      await db.read('SELECT * FROM sign_ins'),
    ]);
    for (const secret of [SECRET, link.token, session!]) expect(rows).not.toContain(secret);
    expect(rows).toContain(toHash(session!));
  });
});
