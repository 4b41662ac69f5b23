/** Every route there is: closed without credentials, closed to foreign pages and hosts, headers on every answer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformRoutes } from '../../packages/coaia/src/http/routes/platform.ts';
import { loadRoutes } from '../../packages/coaia/src/main/route-tables.ts';
import { openHostileServer } from './hostile-server.ts';
import type { Answer, HostileServer } from './hostile-server.ts';
import { createCookie } from './program.ts';
import { sendRaw, toRawRequest } from './raw-request.ts';
import { expectRefusal } from './refusals.ts';

/** The only addresses that answer without credentials, with the page's own files. */
/** The addresses of media are signed, short-lived capabilities; signing in takes a password. Their own tests hold that. */
const OPEN = [
  'GET /api/public/health',
  'GET /api/public/ready',
  'PUT /api/v1/media-content/:token',
  'GET /api/v1/media-content/:token',
  'POST /api/v1/sign-in',
];
const ORIGINS = [
  'http://evil.example',
  'null',
  'http://127.0.0.1:1',
  'https://localhost.evil.example',
  'file://',
];
const HOSTS = [
  'evil.example',
  '127.0.0.1.evil.example',
  'localhost.evil.example:80',
  '169.254.169.254',
  '0.0.0.0',
  '',
];

const routes = [...platformRoutes, ...(await loadRoutes())].map(({ method, path, access }) => ({
  method,
  access,
  name: `${method} ${path}`,
  path: path.replace(':projectId', 'default').replaceAll(/:\w+/g, 'some-id'),
}));
const closed = routes.filter(({ name }) => !OPEN.includes(name));

describe('every route', () => {
  let server: HostileServer;
  let cookie: string;
  let rows: Readonly<Record<string, number>>;
  beforeAll(async () => {
    server = await openHostileServer();
    cookie = await createCookie(server.home);
    rows = server.countRows();
  });
  afterAll(() => server.stop());

  const call = async (
    route: { readonly method: string; readonly path: string },
    headers: Record<string, string>,
  ) => {
    const signal = AbortSignal.timeout(10_000);
    const body = route.method === 'GET' ? {} : { body: '{}' };
    const answer = await fetch(`${server.url}${route.path}`, {
      method: route.method,
      headers,
      signal,
      ...body,
    });
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
    if (isStream) await answer.body?.cancel();
    const text = isStream ? '' : await answer.text();
    return { status: answer.status, headers: answer.headers, text } satisfies Answer;
  };

  it('is open only where it is meant to be', () => {
    const open = routes.filter(({ access }) => access === 'open').map(({ name }) => name);
    expect(open.toSorted()).toEqual(OPEN.toSorted());
    expect(closed.length).toBeGreaterThan(20);
  });

  it.each(closed)('wants credentials: $name', async (route) => {
    const wrong = {
      none: {},
      'empty basic': { authorization: 'Basic ' },
      'broken basic': { authorization: 'Basic %%%' },
      'wrong secret': {
        authorization: `Basic ${Buffer.from('pk-lf-bench:sk-lf-wrong').toString('base64')}`,
      },
      'public key twice': {
        authorization: `Basic ${Buffer.from('pk-lf-bench:pk-lf-bench').toString('base64')}`,
      },
      'secret as bearer': { authorization: 'Bearer sk-lf-bench' },
      'unknown scheme': { authorization: 'Digest username="x"' },
      'wrong cookie': { cookie: 'coaia_session=AAAA' },
      'empty cookie': { cookie: 'coaia_session=' },
    };
    for (const [label, headers] of Object.entries(wrong)) {
      const answer = await call(route, headers);
      expectRefusal(answer, `${route.name} ${label}`, server.home);
      expect(answer.status, `${route.name} ${label}`).toBe(401);
    }
  });

  it.each(closed)('takes no credentials from the address: $name', async (route) => {
    const token = cookie.split('=')[1] ?? '';
    for (const query of [
      'public_key=pk-lf-bench&secret_key=sk-lf-bench',
      `authorization=${encodeURIComponent(server.authorization)}`,
      `token=${token}&coaia_session=${token}&access_token=${token}`,
      `k=${token}`,
    ]) {
      const answer = await call({ ...route, path: `${route.path}?${query}` }, {});
      expect([route.name, answer.status]).toEqual([route.name, 401]);
    }
  });

  it.each(closed)('answers no foreign host: $name', async (route) => {
    for (const host of HOSTS) {
      const authorization = server.authorization;
      const headers = {
        Host: host,
        Authorization: authorization,
        Connection: 'close',
        'Content-Length': '0',
      };
      const answer = await sendRaw(
        server.port,
        toRawRequest(`${route.method} ${route.path}`, headers),
      );
      expect([421, ...(host === '' ? [400] : [])], `${route.name} ${host}`).toContain(
        answer.status,
      );
    }
  });

  it.each(closed)('answers no foreign page that has the cookie: $name', async (route) => {
    const isChange = route.method !== 'GET';
    for (const origin of ORIGINS) {
      const answer = await call(route, { cookie, origin });
      expectRefusal(answer, `${route.name} ${origin}`, server.home);
      expect(answer.status, `${route.name} ${origin}`).toBe(403);
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
    for (const site of ['cross-site', 'same-site']) {
      const answer = await call(route, { cookie, 'sec-fetch-site': site });
      expect([route.name, site, answer.status]).toEqual([route.name, site, 403]);
    }
    if (isChange) expect((await call(route, { cookie })).status, route.name).toBe(403);
  });

  it('changed nothing by all of this', () => expect(server.countRows()).toEqual(rows));

  it('carries the protective headers on every kind of answer', async () => {
    const auth = { authorization: server.authorization };
    const kinds: readonly (readonly [number, string, RequestInit])[] = [
      [200, '/api/public/health', {}],
      [200, '/api/public/traces', { headers: auth }],
      [204, '/api/public/traces', { method: 'OPTIONS' }],
      [400, '/api/public/traces?page=0', { headers: auth }],
      [401, '/api/public/traces', {}],
      [403, '/api/v1/session', { headers: { cookie, origin: 'null' } }],
      [404, '/api/public/nothing', { headers: auth }],
      [405, '/api/public/health', { method: 'PUT' }],
      [200, '/api/v1/projects/default/events', { headers: { cookie } }],
      [302, '/?k=nothing', { redirect: 'manual' }],
    ];
    for (const [status, path, init] of kinds) {
      const answer = await fetch(`${server.url}${path}`, init);
      const { headers } = answer;
      await answer.body?.cancel();
      expect([path, answer.status]).toEqual([path, status]);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('content-security-policy'), path).toMatch(/default-src '(?:none|self)'/);
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy'), path).not.toMatch(/unsafe|\*/);
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
    }
    const broken = await sendRaw(server.port, 'GARBAGE\r\n\r\n');
    expect([broken.status, broken.head]).toEqual([400, expect.stringMatching(/nosniff/i)]);
  });
});
