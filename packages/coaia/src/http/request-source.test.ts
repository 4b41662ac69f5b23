import { defineRoute } from '#surface';
import { expect, it, onTestFinished } from 'vitest';
import { BASIC, nothing, openTestStore, startTestServer } from './testing.ts';

const route = defineRoute({
  operation: 'test.test',
  summary: 'Test',
  access: 'project',
  needs: nothing,
  method: 'GET',
  path: '/api/v1/from',
  handler: async ({ from = 'unknown' }) => ({ json: from }),
});

it('a route knows where a request comes from, unless a proxy stands between', async () => {
  const open = async (options: { readonly publicUrl?: string } = {}) => {
    const server = await startTestServer(await openTestStore(), [route], options);
    onTestFinished(() => server.close());
    return async (headers: Readonly<Record<string, string>> = {}) => {
      const all = { authorization: BASIC, ...headers };
      return (await fetch(`${server.url}/api/v1/from`, { headers: all })).json();
    };
  };
  const ask = await open();
  expect(await ask()).toBe('127.0.0.1');
  for (const name of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'Via'])
    expect(await ask({ [name]: '127.0.0.1' })).toBe('unknown');
  expect(await (await open({ publicUrl: 'https://ai.example' }))()).toBe('unknown');
  expect(await (await open({ publicUrl: 'http://localhost:1' }))()).toBe('127.0.0.1');
});
