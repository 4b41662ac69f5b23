import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { notFound } from '#base';
import { defineRoute } from '#surface';
import type { Hono } from 'hono';
import { BASIC, createTestApp, nothing, openTestStore, PUBLIC_KEY } from './testing.ts';
import type { TestStore } from './testing.ts';

const base = {
  operation: 'test.test',
  summary: 'Test',
  access: 'project',
  needs: nothing,
} as const;

const routes = [
  defineRoute({
    ...base,
    method: 'GET',
    path: '/api/public/things/:thingId',
    handler: async ({ params, scope }) => ({ json: { params, scope } }),
  }),
  defineRoute({
    ...base,
    method: 'GET',
    path: '/api/public/things/newest',
    handler: async () => ({ json: 'newest' }),
  }),
  defineRoute({
    ...base,
    method: 'GET',
    path: '/api/public/things',
    query: z.object({
      page: z.coerce.number().int().min(1).default(1),
      name: z.string().optional(),
      tags: z.array(z.string()).optional(),
      environment: z.union([z.string(), z.array(z.string())]).optional(),
    }),
    handler: async ({ query }) => ({ json: query }),
  }),
  defineRoute({
    ...base,
    method: 'DELETE',
    path: '/api/public/things/:id',
    status: 204,
    handler: async () => ({}),
  }),
  defineRoute({
    ...base,
    method: 'POST',
    path: '/api/public/things',
    body: z.object({ name: z.string() }),
    status: 201,
    handler: async ({ body }) => ({ json: body }),
  }),
  defineRoute({
    ...base,
    method: 'POST',
    access: 'scores',
    path: '/api/public/scores',
    body: z.object({ name: z.string() }),
    handler: async ({ scope }) => ({ json: { level: scope.level } }),
  }),
  defineRoute({
    ...base,
    method: 'GET',
    path: '/api/v1/projects/:projectId/things',
    access: 'page',
    query: z.object({ limit: z.coerce.number().optional() }),
    handler: async ({ params }) => ({ json: params }),
  }),
  defineRoute({
    ...base,
    method: 'GET',
    path: '/api/v1/missing',
    handler: async () => {
      throw notFound('Thing', 'x', 'coaia things');
    },
  }),
  defineRoute({
    ...base,
    method: 'GET',
    path: '/api/public/broken',
    handler: async () => {
      throw new Error('secret /var/lib/place and a password');
    },
  }),
];

describe('the application', () => {
  let store: TestStore;
  let app: Hono;
  const logged: string[] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (message: string, error: unknown, fields?: object) => {
      logged.push(`${message} ${String(error)} ${JSON.stringify(fields)}`);
    },
  };
  const get = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', BASIC);
    return app.request(path, { ...init, headers });
  };

  beforeAll(async () => {
    store = await openTestStore();
    app = createTestApp(store, routes, { log });
  });

  afterAll(() => store.close());

  it('answers with and without a slash at the end', async () => {
    for (const path of ['/api/public/things', '/api/public/things/', '/api/public/things/?page=2'])
      expect((await get(path)).status).toBe(200);
  });

  it('prefers literal paths and keeps slashes inside an id', async () => {
    expect(await (await get('/api/public/things/newest')).json()).toBe('newest');
    for (const id of ['a/b', 'ä ö', '%2F', 'a?b#c', 'a+b', '💡', '...']) {
      const answer = await get(`/api/public/things/${encodeURIComponent(id)}`);
      expect(await answer.json()).toMatchObject({ params: { thingId: id } });
    }
    expect((await get('/api/public/things/a%00b')).status).toBe(400);
  });

  it('gives lists where the schema wants lists and nowhere else', async () => {
    const one = await (await get('/api/public/things?tags=a,b&environment=x&name=n')).json();
    expect(one).toEqual({ page: 1, tags: ['a,b'], environment: ['x'], name: 'n' });
    const two = await (await get('/api/public/things?tags=a&tags=b')).json();
    expect(two).toEqual({ page: 1, tags: ['a', 'b'] });
    expect((await get('/api/public/things?name=a&name=b')).status).toBe(400);
  });

  it('answers invalid data as Langfuse does', async () => {
    const query = await get('/api/public/things?page=0');
    expect(query.status).toBe(400);
    expect(await query.json()).toMatchObject({
      message: 'Invalid request data',
      error: [{ path: ['page'], code: 'too_small' }],
    });
    const body = await get('/api/public/things', { method: 'POST', body: '{"name":1}' });
    expect(body.status).toBe(400);
    expect(await body.json()).toMatchObject({ error: [{ path: ['name'] }] });
  });

  it('answers the statuses of the route', async () => {
    const created = await get('/api/public/things', { method: 'POST', body: '{"name":"n"}' });
    expect([created.status, await created.json()]).toEqual([201, { name: 'n' }]);
    const deleted = await get('/api/public/things/x', { method: 'DELETE' });
    expect([deleted.status, await deleted.text()]).toEqual([204, '']);
  });

  it('names the methods an address takes', async () => {
    const wrong = await get('/api/public/things/x', { method: 'PUT' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('GET, DELETE, HEAD, OPTIONS');
    expect(await wrong.json()).toMatchObject({ error: 'MethodNotAllowedError' });
    const options = await app.request('/api/public/things/x', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([
      204,
      'GET, DELETE, HEAD, OPTIONS',
    ]);
    const head = await get('/api/public/things', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('answers unknown addresses of the API as JSON', async () => {
    const langfuse = await get('/api/public/nothing');
    expect(langfuse.status).toBe(404);
    expect(await langfuse.json()).toMatchObject({ error: 'LangfuseNotFoundError' });
    const own = await get('/api/v1/nothing', { headers: { accept: 'text/html' } });
    expect(own.headers.get('content-type')).toContain('application/problem+json');
    expect((await get('/v1/models')).status).toBe(404);
    expect((await get('/api')).headers.get('content-type')).toContain('json');
  });

  it('writes problems of its own API as RFC 9457', async () => {
    const answer = await get('/api/v1/missing', { headers: { 'x-request-id': 'abc-1' } });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'Thing x not found within authorized project',
      code: 'COAIA-0003',
      hint: 'coaia things',
      requestId: 'abc-1',
    });
    expect(answer.headers.get('x-request-id')).toBe('abc-1');
    const invalid = await get('/api/v1/projects/default/things?limit=x');
    expect(await invalid.json()).toMatchObject({
      code: 'COAIA-0002',
      details: [{ path: ['limit'] }],
    });
  });

  it('says nothing about its inside when it breaks', async () => {
    const answer = await get('/api/public/broken');
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toMatch(/secret|\/var|password|at /);
    const { requestId } = JSON.parse(text) as { requestId: string };
    expect(answer.headers.get('x-request-id')).toBe(requestId);
    expect(logged.join('\n')).toContain('secret /var/lib/place');
    expect(logged.join('\n')).toContain(requestId);
  });

  it('does not let a caller choose a request id that could forge a log line', async () => {
    const answer = await get('/api/public/things', { headers: { 'x-request-id': 'a b"c' } });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('hides other projects exactly like unknown ones', async () => {
    expect((await get('/api/v1/projects/default/things')).status).toBe(200);
    const other = await get('/api/v1/projects/other/things');
    expect(other.status).toBe(404);
  });

  it('carries the security headers on every answer', async () => {
    for (const path of ['/api/public/things', '/api/public/nothing', '/api/public/broken', '/']) {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('needs credentials for everything but open routes', async () => {
    const answer = await app.request('/api/public/things');
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({
      message: 'No authorization header',
      error: 'UnauthorizedError',
    });
  });

  it('lets a public key write scores from any page, and nothing else', async () => {
    const bearer = { authorization: `Bearer ${PUBLIC_KEY}`, origin: 'https://shop.example' };
    const score = await app.request('/api/public/scores', {
      method: 'POST',
      body: '{"name":"n"}',
      headers: bearer,
    });
    expect([score.status, await score.json()]).toEqual([200, { level: 'scores' }]);
    expect(score.headers.get('access-control-allow-origin')).toBe('*');
    expect(score.headers.get('access-control-allow-credentials')).toBeNull();
    const other = await app.request('/api/public/things', { headers: bearer });
    expect([other.status, other.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  });

  it('answers preflights for scores only', async () => {
    const ask = (path: string, method: string) =>
      app.request(path, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://shop.example',
          'access-control-request-method': method,
          'access-control-request-headers': 'authorization,x-langfuse-sdk-name',
        },
      });
    const score = await ask('/api/public/scores', 'POST');
    expect(score.headers.get('access-control-allow-origin')).toBe('*');
    expect(score.headers.get('access-control-allow-methods')).toBe('POST');
    expect(score.headers.get('access-control-allow-headers')).toBe(
      'authorization,x-langfuse-sdk-name',
    );
    expect(
      (await ask('/api/public/things', 'POST')).headers.has('access-control-allow-origin'),
    ).toBe(false);
  });

  it('refuses two routes for one address', () => {
    expect(() => createTestApp(store, [...routes, routes[0]!])).toThrow(/two routes/);
  });
});
