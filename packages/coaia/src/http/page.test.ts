import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { createSignInLink } from '#access';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPage, openPage } from './page.ts';
import { createTestApp, openTestStore } from './testing.ts';
import type { TestStore } from './testing.ts';

const APP = `console.log(${JSON.stringify('x'.repeat(2_000))});`;

describe('the page', () => {
  let store: TestStore;
  let app: Hono;
  let folder: string;

  beforeAll(async () => {
    store = await openTestStore();
    folder = await mkdtemp(join(tmpdir(), 'coaia-page-'));
    await mkdir(join(folder, 'web/assets'), { recursive: true });
    await writeFile(join(folder, 'secret.txt'), 'canary');
    await symlink(join(folder, 'secret.txt'), join(folder, 'web/link.txt'));
    await symlink(folder, join(folder, 'web/assets/up'));
    await writeFile(join(folder, 'web/.env'), 'canary');
    await writeFile(join(folder, 'web/index.html'), '<!doctype html><title>Coaia</title>');
    await writeFile(join(folder, 'web/favicon.svg'), '<svg/>');
    await writeFile(join(folder, 'web/assets/app-1a2B3c4D.js'), APP);
    await writeFile(join(folder, 'web/assets/pre-1a2B3c4D.js'), APP);
    await writeFile(join(folder, 'web/assets/pre-1a2B3c4D.js.gz'), gzipSync('built'));
    app = createTestApp(store, [], { page: openPage(join(folder, 'web')) });
  });

  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const html = { headers: { accept: 'text/html,*/*' } };

  it('gives index.html to every address a browser may open', async () => {
    for (const path of ['/', '/sign-in', '/p/default/traces/a.b', '/p/default/traces/a%2Fb']) {
      const answer = await app.request(path, html);
      expect([answer.status, await answer.text()]).toEqual([
        200,
        '<!doctype html><title>Coaia</title>',
      ]);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
    }
    expect((await app.request('/', { method: 'HEAD' })).status).toBe(200);
    expect((await app.request('/', { method: 'POST' })).status).toBe(405);
  });

  it('does not give it to programs that ask for files which are not there', async () => {
    const answer = await app.request('/assets/gone-1a2b3c4d.js');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  it('lets browsers keep hashed files and check the others', async () => {
    const hashed = await app.request('/assets/app-1a2B3c4D.js');
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(hashed.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const icon = await app.request('/favicon.svg');
    expect(icon.headers.get('cache-control')).toBe('no-cache');
    const etag = icon.headers.get('etag');
    const again = await app.request('/favicon.svg', {
      headers: { 'if-none-match': `W/"x", ${etag}` },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('compresses what gets smaller, and offers only what is accepted', async () => {
    const ask = async (accept: string) => {
      const answer = await app.request('/assets/app-1a2B3c4D.js', {
        headers: { 'accept-encoding': accept },
      });
      expect(answer.headers.get('vary')).toBe('accept-encoding');
      const bytes = Buffer.from(await answer.arrayBuffer());
      return [answer.headers.get('content-encoding'), bytes] as const;
    };
    const [br, brBytes] = await ask('gzip, deflate, br');
    expect([br, brotliDecompressSync(brBytes).toString()]).toEqual(['br', APP]);
    const [gzip, gzipBytes] = await ask('gzip, br;q=0');
    expect([gzip, gunzipSync(gzipBytes).toString()]).toEqual(['gzip', APP]);
    const [none, plain] = await ask('zstd');
    expect([none, plain.toString()]).toEqual([null, APP]);
  });

  it('prefers what the build has compressed already', async () => {
    const answer = await app.request('/assets/pre-1a2B3c4D.js', {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()).toBe('built');
    expect((await app.request('/assets/pre-1a2B3c4D.js.gz')).status).toBe(404);
  });

  it('never leaves its folder', async () => {
    const names = [
      '../secret.txt',
      '..%2fsecret.txt',
      '%2e%2e/secret.txt',
      '%2e%2e%2fsecret.txt',
      '..%252fsecret.txt',
      '..\\secret.txt',
      '..%5csecret.txt',
      '....//secret.txt',
      'assets/../../secret.txt',
      'assets/up/secret.txt',
      'assets/up/web/index.html',
      'link.txt',
      '.env',
      '%00',
      'link.txt%00.js',
      '/etc/passwd',
      'file:///etc/passwd',
      '%c0%ae%c0%ae/secret.txt',
      'index.html/../../secret.txt',
      'C:%5csecret.txt',
    ];
    for (const name of names) {
      const answer = await app.request(`/${name}`, html);
      const text = await answer.text();
      expect(`${name}: ${text}`).not.toMatch(/: .*(?:canary|root:)/s);
    }
  });

  it('carries the policy that keeps everything foreign out', async () => {
    const { headers } = await app.request('/', html);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    );
  });

  it('leads addresses of the page of Langfuse to its own', async () => {
    const cases = {
      '/project/p1': '/p/p1',
      '/project/p1/traces/a%2Fb?observation=o+1': '/p/p1/traces/a%2Fb?span=o+1',
      '/project/p1/traces?peek=t1&observation=o1': '/p/p1/traces/t1?span=o1',
      '/project/p1/traces': '/p/p1/traces',
      '/project/p1/sessions/s': '/p/p1/sessions/s',
      '/project/p1/prompts/team%2Fgreet': '/p/p1/prompts/team%2Fgreet',
      '/project/p1/datasets/d-1': '/p/p1/datasets',
      '/project/p1/datasets/d-1/runs/r-1': '/p/p1/experiments',
      '/project/p1/users/ada': '/p/p1/users',
      '/project//evil.example': undefined,
    };
    for (const [path, expected] of Object.entries(cases)) {
      const answer = await app.request(path, html);
      expect([path, answer.headers.get('location') ?? undefined]).toEqual([path, expected]);
      expect(answer.status).toBe(expected === undefined ? 200 : 302);
    }
  });

  it('notices a new build', async () => {
    await writeFile(join(folder, 'web/assets/new-1a2B3c4D.js'), APP);
    expect((await app.request('/assets/new-1a2B3c4D.js')).status).toBe(404);
    await writeFile(join(folder, 'web/index.html'), '<!doctype html><title>New</title>');
    expect(await (await app.request('/', html)).text()).toContain('New');
    expect((await app.request('/assets/new-1a2B3c4D.js')).status).toBe(200);
    await writeFile(join(folder, 'web/index.html'), '<!doctype html><title>Coaia</title>');
    await app.request('/', html);
  });

  it('says how to build it when it is missing', async () => {
    expect(findPage([join(folder, 'nowhere')])).toBeUndefined();
    const bare = createTestApp(store, []);
    const answer = await bare.request('/', html);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build');
  });

  it('signs a browser in by a link that works once', async () => {
    const link = await createSignInLink(store.db, 'default');
    expect((await app.request(link.path, { method: 'HEAD' })).status).toBe(200);
    const first = await app.request(`/p/default/traces/t?tab=log&k=${link.token}`, html);
    expect([first.status, first.headers.get('location')]).toEqual([
      302,
      '/p/default/traces/t?tab=log',
    ]);
    const cookie = first.headers.get('set-cookie');
    expect(cookie).toMatch(
      /^coaia_session=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=2592000$/,
    );
    expect(first.headers.get('cache-control')).toBe('no-store');
    const second = await app.request(link.path, html);
    expect([
      second.status,
      second.headers.get('location'),
      second.headers.get('set-cookie'),
    ]).toEqual([302, '/sign-in?expired=1', null]);
  });

  it('never sends a browser to another host', async () => {
    for (const path of ['//evil.example/', '/%5Cevil.example', '/\\evil.example']) {
      const { token } = await createSignInLink(store.db, 'default');
      const answer = await app.request(`http://localhost${path}?k=${token}`, html);
      const location = answer.headers.get('location') ?? '/';
      expect(new URL(location, 'http://localhost').host).toBe('localhost');
    }
  });
});
