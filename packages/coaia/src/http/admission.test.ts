import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { defineRoute } from '#surface';
import { describe, expect, it } from 'vitest';
import { openAdmission } from './admission.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { BASIC, createTestApp, nothing, openTestStore } from './testing.ts';

const busy = { code: 'COAIA-0006', headers: { 'retry-after': '1' } };

describe('admission', () => {
  it('takes on as many requests as allowed, and new ones when some have ended', () => {
    const admission = openAdmission({ ...DEFAULT_LIMITS, inFlight: 2 });
    const first = admission.add();
    admission.add();
    expect(() => admission.add()).toThrow(expect.objectContaining(busy));
    expect(admission.reasons()).toHaveLength(1);
    first.close();
    first.close();
    expect(admission.inFlight).toBe(1);
    admission.add();
    expect(() => admission.add()).toThrow(expect.objectContaining(busy));
    admission.close();
  });

  it('counts the bytes of all bodies together', () => {
    const admission = openAdmission({ ...DEFAULT_LIMITS, inFlightBytes: 100 });
    const first = admission.add();
    const second = admission.add();
    first.reserve(60);
    expect(() => {
      second.reserve(41);
    }).toThrow(expect.objectContaining(busy));
    first.close();
    second.reserve(100);
    admission.close();
  });

  it('refuses work when the loop is late, but never the few requests of a calm server', async () => {
    const admission = openAdmission({ ...DEFAULT_LIMITS, loopDelayMs: 100, calmInFlight: 1 });
    const block = () => {
      const end = performance.now() + 700;
      while (performance.now() < end);
    };
    block();
    await sleep(20);
    const calm = admission.add();
    expect(() => admission.add()).toThrow(expect.objectContaining(busy));
    await expect.poll(() => admission.reasons()).toEqual([]);
    calm.close();
    admission.close();
  });

  it('answers 503 with Retry-After, keeps health open and recovers', async () => {
    const store = await openTestStore();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const base = { operation: 'test.test', summary: 'Test', needs: nothing } as const;
    const routes = [
      defineRoute({
        ...base,
        access: 'project',
        method: 'GET',
        path: '/api/public/slow',
        handler: async () => {
          await held;
          return { json: 1 };
        },
      }),
      defineRoute({
        ...base,
        access: 'open',
        method: 'GET',
        path: '/api/public/health',
        query: z.object({}),
        handler: async () => ({ json: 'here' }),
      }),
    ];
    const app = createTestApp(store, routes, { limits: { inFlight: 1 } });
    const ask = () => app.request('/api/public/slow', { headers: { authorization: BASIC } });
    const first = ask();
    const second = await ask();
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await second.json()).toMatchObject({ error: 'ServiceUnavailableError' });
    expect((await app.request('/api/public/health')).status).toBe(200);
    release();
    expect((await first).status).toBe(200);
    expect((await ask()).status).toBe(200);
    await store.close();
  });
});
