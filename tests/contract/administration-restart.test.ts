/** Projects, keys and people after a crash, and a removal that was cut off, on both databases. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../packages/coaia/src/store/index.ts';
import { startServer } from '../../bench/lib/server.ts';
import type { BenchServer } from '../../bench/lib/server.ts';
import { toApiServer } from './api-server.ts';
import { createPlace, DATABASES } from './places.ts';
import type { Place } from './places.ts';

const TIME = '2026-03-01T10:00:00.000Z';

describe.each(DATABASES)('on %s', (kind) => {
  let place: Place;
  let running: BenchServer | undefined;
  beforeEach(async () => {
    place = await createPlace(kind);
  });
  afterEach(async () => {
    await running?.stop();
    await place.remove();
  });

  const start = async () => {
    running = await startServer(place);
    return { api: toApiServer(running), server: running };
  };
  const send = (body: unknown) => ({ body: JSON.stringify(body) });

  test('projects, keys and memberships outlive a crash; a deleted key stays deleted', async () => {
    const { api, server } = await start();
    const project = await api.send('POST', '/projects', send({ name: 'second', retention: 7 }));
    const { id } = project.body;
    const key = (await api.send('POST', `/projects/${id}/apiKeys`, send({ note: 'kept' }))).body;
    const gone = (await api.send('POST', `/projects/${id}/apiKeys`, send({}))).body;
    await api.send('DELETE', `/projects/${id}/apiKeys/${gone.id}`);
    const user = await api.send(
      'POST',
      '/scim/Users',
      send({ userName: 'ada@example.com', name: { formatted: 'Ada' }, roles: ['ADMIN'] }),
    );
    const member = { userId: user.body.id, role: 'VIEWER' };
    await api.send('PUT', `/projects/${id}/memberships`, send(member));
    await server.crash();

    const { api: after, server: second } = await start();
    const basic = (pair: { publicKey: string; secretKey: string }) => ({
      headers: { authorization: `Basic ${btoa(`${pair.publicKey}:${pair.secretKey}`)}` },
    });
    const own = await after.send('GET', '/projects', basic(key));
    expect(own.body.data).toMatchObject([{ id, name: 'second', retentionDays: 7 }]);
    expect((await after.send('GET', '/projects', basic(gone))).status).toBe(401);
    expect((await after.read('/organizations/memberships')).body.memberships).toMatchObject([
      { email: 'ada@example.com', role: 'ADMIN' },
    ]);
    const settings = await after.send('GET', `/api/v1/projects/${id}/members`, basic(key));
    // A key without a role does not list people.
    expect(settings.status).toBe(403);
    expect((await after.read(`/projects/${id}/memberships`)).body.memberships).toMatchObject([
      { userId: user.body.id, role: 'VIEWER' },
    ]);
    expect((await after.read('/scim/Users')).body.totalResults).toBe(1);
    expect(second.url).not.toBe('');
  });

  test('a removal that a crash cut off is finished by the next start, and touches nothing else', async () => {
    const { api, server } = await start();
    const { id } = (await api.send('POST', '/projects', send({ name: 'doomed', retention: 0 })))
      .body;
    const key = (await api.send('POST', `/projects/${id}/apiKeys`, send({}))).body;
    const headers = { authorization: `Basic ${btoa(`${key.publicKey}:${key.secretKey}`)}` };
    const batch = Array.from({ length: 1500 }, (_, n) => ({
      id: `e${n}`,
      type: 'trace-create',
      timestamp: TIME,
      body: { id: `t${n}`, name: 'doomed' },
    }));
    for (const init of [{ headers }, {}])
      await api.send('POST', '/ingestion', { ...init, ...send({ batch }) });
    expect((await api.send('DELETE', `/projects/${id}`)).status).toBe(202);
    // At once: the removal waits some seconds for other processes before its last round.
    await server.crash();
    const { data: before } = (await readRemovals(await start())).body;
    expect(before).toMatchObject([{ projectId: id, name: 'doomed' }]);

    const { api: after, server: last } = { api: toApiServer(running!), server: running! };
    const done = await waitForRemoval(last);
    expect(done).toMatchObject({ projectId: id, state: 'done', step: null });
    expect((await after.read('/traces?limit=1')).body.meta.totalItems).toBe(1500);
    await last.stop();
    running = undefined;
    const location =
      kind === 'sqlite'
        ? ({ kind: 'sqlite', path: `${place.home}/coaia.db` } as const)
        : ({ kind: 'postgres', url: place.env['DATABASE_URL'] ?? '' } as const);
    const db = await openDatabase(location, { mode: 'process', migrate: 'create' });
    const rows = await db.read<{ n: number }>(
      'SELECT COUNT(*) AS n FROM traces WHERE project_id = ?',
      [id],
    );
    await db.close();
    expect(rows).toEqual([{ n: 0 }]);
  });
});

const readRemovals = ({
  api,
  server,
}: {
  api: ReturnType<typeof toApiServer>;
  server: BenchServer;
}) =>
  api.send('GET', '/api/v1/project-removals', {
    headers: { authorization: server.organizationAuthorization },
  });

async function waitForRemoval(server: BenchServer): Promise<unknown> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { body } = await readRemovals({ api: toApiServer(server), server });
    if (body.data[0]?.state === 'done') return body.data[0];
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The removal did not end within 20 s.');
}
