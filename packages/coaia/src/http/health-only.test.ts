/** A process that only works: it answers about its health and nothing else. */
import { expect, test } from 'vitest';
import { getAbout } from './routes/about.ts';
import { BASIC, openTestStore, startTestServer } from './testing.ts';

test('health, what is away, and nothing else', async () => {
  const store = await openTestStore();
  const trouble = ['Redis cannot be reached.'];
  const server = await startTestServer(store, [getAbout], {
    isHealthOnly: true,
    degraded: () => trouble,
  });
  const ask = (path: string) => fetch(server.url + path, { headers: { authorization: BASIC } });
  expect(await (await ask('/api/public/health')).json()).toMatchObject({ degraded: trouble });
  expect((await ask('/api/public/ready')).status).toBe(200);
  for (const path of ['/api/v1/about', '/api/public/projects', '/api/public/mcp'])
    expect((await ask(path)).status).toBe(404);
  expect((await ask('/')).ok).toBe(false);
  await server.close();
  await store.close();
});
