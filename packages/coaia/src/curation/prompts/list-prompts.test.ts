import { openTestDatabases } from '#store/testing';
import type { Database } from '#store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromptServer } from './testing.ts';
import type { PromptServer } from './testing.ts';

describe.each(openTestDatabases())('lists and protection over $name', ({ open }) => {
  let db: Database;
  let server: PromptServer;
  const list = async (search: string) => (await server.send('GET', `/v2/prompts?${search}`)).body;
  const names = async (search: string) =>
    ((await list(search)).data as readonly { readonly name: string }[]).map(({ name }) => name);

  beforeAll(async () => {
    db = await open();
    server = await openPromptServer(db);
    for (let index = 0; index < 12; index++) {
      const name = `p${String(index).padStart(2, '0')}`;
      await server.create(name, 'one', {
        tags: index % 2 === 0 ? ['even'] : [],
        config: { index },
      });
    }
    await server.create('p03', 'two', { labels: ['production'], config: { newer: true } });
    await server.create('p03', 'three', { labels: ['staging'] });
  });
  afterAll(async () => {
    await server.close();
    await db.close();
  });

  it('shows names by page, ten at a time, with the same numbers twice', async () => {
    const page = await list('');
    expect(page.meta).toEqual({ page: 1, limit: 10, totalItems: 12, totalPages: 2 });
    expect(page.pagination).toEqual(page.meta);
    expect(page.data).toHaveLength(10);
    expect(page.data[3]).toEqual({
      name: 'p03',
      type: 'text',
      versions: [1, 2, 3],
      labels: ['latest', 'production', 'staging'],
      tags: [],
      lastUpdatedAt: expect.stringMatching(/Z$/),
      lastConfig: {},
    });
    expect(await names('page=2')).toEqual(['p10', 'p11']);
    expect(await names('limit=3&page=4')).toEqual(['p09', 'p10', 'p11']);
    for (const wrong of ['page=0', 'limit=0', 'limit=101', 'fromUpdatedAt=x'])
      expect((await server.send('GET', `/v2/prompts?${wrong}`)).status).toBe(400);
  });

  it('narrows names, and with labels and times the versions too', async () => {
    expect(await names('tag=even')).toEqual(['p00', 'p02', 'p04', 'p06', 'p08', 'p10']);
    expect(await names('name=p05')).toEqual(['p05']);
    const [labelled] = (await list('label=production')).data;
    expect(labelled).toMatchObject({ name: 'p03', versions: [2], lastConfig: { newer: true } });
    const { body } = await server.send('GET', '/v2/prompts/p03?version=3');
    const since = encodeURIComponent(body.createdAt);
    expect((await list(`fromUpdatedAt=${since}`)).data).toMatchObject([
      { name: 'p03', versions: [2, 3] },
    ]);
    expect((await list(`toUpdatedAt=${since}&label=production`)).meta.totalItems).toBe(0);
    expect((await list(`toUpdatedAt=${since}&limit=100`)).data).toHaveLength(12);
  });

  it('keeps protected labels from keys', async () => {
    const { createLocalPrompts } = await import('./local-prompts.ts');
    const { projectId } = (await server.send('GET', '/v2/prompts/p03')).body;
    const owner = createLocalPrompts(
      { db, clock: () => 0 },
      { projectId, level: 'project', via: 'local' },
    );
    const address = `/api/v1/projects/${projectId}/protected-prompt-labels`;
    expect((await server.send('PUT', address, { labels: [] })).status).toBe(403);
    await owner.updateProtectedLabels(['production']);
    expect((await server.send('GET', address)).body).toEqual({ labels: ['production'] });

    const refused = [
      server.create('p03', 'four', { labels: ['production'] }),
      server.send('PATCH', '/v2/prompts/p03/versions/1', { newLabels: ['production'] }),
      server.send('DELETE', '/v2/prompts/p03?version=2'),
      server.send('DELETE', '/v2/prompts/p03'),
    ];
    for (const { status, body } of await Promise.all(refused)) {
      expect(status).toBe(403);
      expect(body).toEqual({
        message: expect.stringContaining('production'),
        error: 'ForbiddenError',
      });
    }
    expect((await server.send('GET', '/v2/prompts/p03')).body.version).toBe(2);
    // Saying where it is already changes nothing; other labels move; the owner may move it.
    for (const newLabels of [['production'], ['other']]) {
      const { status } = await server.send('PATCH', '/v2/prompts/p03/versions/2', { newLabels });
      expect(status).toBe(200);
    }
    expect((await owner.addPromptLabels('p03', 1, ['production'])).labels).toEqual(['production']);
    await owner.updateProtectedLabels([]);
    expect((await server.send('DELETE', '/v2/prompts/p03')).status).toBe(204);
  });
});
