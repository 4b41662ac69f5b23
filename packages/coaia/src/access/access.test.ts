import { mkdtemp, readFile, rm, stat, writeFile, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authenticate, localScope, openAccess } from './index.ts';
import type { Access } from './index.ts';
import { toHash } from './keys.ts';

const basic = (publicKey: string, secretKey: string) =>
  new Headers({ authorization: `Basic ${btoa(`${publicKey}:${secretKey}`)}` });

const INIT = {
  LANGFUSE_INIT_ORG_ID: 'acme',
  LANGFUSE_INIT_ORG_NAME: 'Acme',
  LANGFUSE_INIT_PROJECT_ID: 'shop',
  LANGFUSE_INIT_PROJECT_NAME: 'Shop',
  LANGFUSE_INIT_PROJECT_PUBLIC_KEY: 'pk-lf-1234567890',
  LANGFUSE_INIT_PROJECT_SECRET_KEY: 'sk-lf-1234567890',
};

describe.each(openTestDatabases())('access on $name', ({ open }) => {
  let db: Database;
  let folder: string;
  let credentialsPath: string;
  let now: number;
  const clock = () => now;
  const opened: Access[] = [];
  const openHere = async (env = {}) => {
    const access = await openAccess(db, { env, credentialsPath, clock });
    opened.push(access);
    return access;
  };

  beforeEach(async () => {
    now = 1_700_000_000_000;
    db = await open();
    folder = await mkdtemp(join(tmpdir(), 'coaia-access-'));
    credentialsPath = join(folder, 'credentials.json');
  });

  afterEach(async () => {
    for (const access of opened.splice(0)) await access.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('makes one project and one random pair on first start and keeps both', async () => {
    const first = await openHere();
    const pair = await first.findCredentials();
    expect(pair?.publicKey).toMatch(/^pk-lf-[0-9a-f-]{36}$/);
    expect(pair?.secretKey).toMatch(/^sk-lf-[0-9a-f-]{36}$/);
    expect(pair?.projectId).toBe('default');
    const second = await openHere();
    expect(await second.findCredentials()).toEqual(pair);
    const rows = await db.read<{ secret_hash: string }>('SELECT secret_hash FROM api_keys');
    expect(rows).toEqual([{ secret_hash: toHash(pair!.secretKey) }]);
  });

  it('keeps the pair readable for its owner only', async () => {
    await openHere();
    expect((await stat(credentialsPath)).mode & 0o777).toBe(0o600);
    await chmod(credentialsPath, 0o644);
    await openHere().then((access) => access.findCredentials());
    expect((await stat(credentialsPath)).mode & 0o777).toBe(0o600);
  });

  it('agrees on one pair when fifty open a new store at once', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => openHere()));
    const pairs = await Promise.all(all.map((access) => access.findCredentials()));
    expect(new Set(pairs.map((pair) => pair?.secretKey)).size).toBe(1);
    expect(pairs[0]).toBeDefined();
    expect(await db.read('SELECT id FROM api_keys')).toHaveLength(1);
    expect(await db.read('SELECT id FROM projects')).toHaveLength(1);
  });

  it('puts the pair of a start that was killed after writing the file into the store', async () => {
    const left = { projectId: 'default', publicKey: 'pk-lf-left', secretKey: 'sk-lf-left' };
    await writeFile(credentialsPath, JSON.stringify(left), { mode: 0o600 });
    const access = await openHere();
    expect(await access.findCredentials()).toEqual(left);
    const scope = await authenticate(basic('pk-lf-left', 'sk-lf-left'), access);
    expect(scope.projectId).toBe('default');
  });

  it('moves a damaged credentials file aside instead of writing over it', async () => {
    await writeFile(credentialsPath, '{"publicKey": "pk-', { mode: 0o600 });
    const access = await openHere();
    expect(await access.findCredentials()).toBeDefined();
    const { readdir } = await import('node:fs/promises');
    const aside = (await readdir(folder)).find((name) => name.includes('.damaged-'));
    expect(await readFile(join(folder, aside!), 'utf8')).toBe('{"publicKey": "pk-');
  });

  it('takes project and keys from LANGFUSE_INIT_*, as often as it is started', async () => {
    for (let start = 0; start < 3; start++) await openHere(INIT);
    const access = await openHere(INIT);
    expect(access.projectId).toBe('shop');
    const headers = basic('pk-lf-1234567890', 'sk-lf-1234567890');
    expect(await authenticate(headers, access)).toEqual({
      projectId: 'shop',
      level: 'project',
      via: 'key',
      publicKey: 'pk-lf-1234567890',
    });
    expect(await db.read('SELECT name FROM projects')).toEqual([{ name: 'Shop' }]);
    expect(await db.read('SELECT id, name FROM organizations')).toEqual([
      { id: 'acme', name: 'Acme' },
    ]);
    expect(await db.read('SELECT public_key FROM api_keys')).toHaveLength(1);
  });

  it('adds the keys of LANGFUSE_INIT_* to a store that already has a random pair', async () => {
    const before = await openHere();
    const pair = await before.findCredentials();
    const { LANGFUSE_INIT_PROJECT_PUBLIC_KEY, LANGFUSE_INIT_PROJECT_SECRET_KEY } = INIT;
    const access = await openHere({
      LANGFUSE_INIT_PROJECT_PUBLIC_KEY,
      LANGFUSE_INIT_PROJECT_SECRET_KEY,
    });
    for (const headers of [
      basic(pair!.publicKey, pair!.secretKey),
      basic('pk-lf-1234567890', 'sk-lf-1234567890'),
    ])
      expect((await authenticate(headers, access)).projectId).toBe('default');
  });

  it('changes the secret of a chosen public key when the operator does', async () => {
    await openHere(INIT);
    const access = await openHere({ ...INIT, LANGFUSE_INIT_PROJECT_SECRET_KEY: 'sk-lf-new' });
    expect(await authenticate(basic('pk-lf-1234567890', 'sk-lf-new'), access)).toBeDefined();
    await expect(
      authenticate(basic('pk-lf-1234567890', 'sk-lf-1234567890'), access),
    ).rejects.toMatchObject({ code: 'COAIA-0301' });
  });

  it('refuses half a pair', async () => {
    await expect(openHere({ LANGFUSE_INIT_PROJECT_PUBLIC_KEY: 'pk-lf-1' })).rejects.toMatchObject({
      code: 'COAIA-0303',
    });
  });

  it('gives the command line the first project, also on a new store', async () => {
    expect(await localScope(db)).toEqual({ projectId: 'default', level: 'project', via: 'local' });
    const access = await openHere();
    expect(access.projectId).toBe('default');
    await expect(localScope(db, { publicKey: 'pk-lf-none' })).rejects.toMatchObject({
      code: 'COAIA-0304',
    });
    const pair = await access.findCredentials();
    const scope = await localScope(db, { publicKey: pair!.publicKey });
    expect(scope.projectId).toBe('default');
  });
});
