import { openTestDatabases } from '#store/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAdminApp, toBasic } from '../testing.ts';
import type { AdminApp } from '../testing.ts';

describe.each(openTestDatabases())('projects of an organization on $name', ({ open }) => {
  let admin: AdminApp;
  beforeEach(async () => {
    admin = await openAdminApp(await open());
  });
  afterEach(() => admin.close());

  const create = async (name: string, more: object = {}) =>
    (await admin.asOrganization('POST', '/projects', { name, retention: 0, ...more })).body;

  it('makes, lists, changes and finds projects', async () => {
    const made = await admin.asOrganization('POST', '/projects', {
      name: 'second',
      retention: 30,
      metadata: { team: 'blue' },
    });
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect(made.body).toEqual({
      id,
      name: 'second',
      organization: { id: 'default', name: 'default' },
      metadata: { team: 'blue' },
      retentionDays: 30,
    });
    const { body } = await admin.asOrganization('GET', '/organizations/projects');
    expect(body.projects).toMatchObject([{ id: 'default' }, { id, metadata: { team: 'blue' } }]);

    const changed = await admin.asOrganization('PUT', `/projects/${id}`, { name: 'renamed' });
    expect(changed.body).toMatchObject({
      name: 'renamed',
      retentionDays: 30,
      metadata: { team: 'blue' },
    });
    const off = { name: 'renamed', retention: 0, metadata: {} };
    const kept = await admin.asOrganization('PUT', `/projects/${id}`, off);
    expect(kept.body).toEqual({
      id,
      name: 'renamed',
      organization: { id: 'default', name: 'default' },
      metadata: {},
    });
    expect(admin.events.map(({ action }) => action)).toEqual([
      'project.create',
      'project.update',
      'project.update',
    ]);
    expect(admin.events[0]).toMatchObject({ actor: 'key:pk-lf-organization', detail: 'second' });
  });

  it.each([
    [{ name: 'ab', retention: 0 }, 400],
    [{ name: 'x'.repeat(61), retention: 0 }, 400],
    [{ name: 'fine', retention: 2 }, 400],
    [{ name: 'fine', retention: 3.5 }, 400],
    [{ name: 'fine', retention: 0, metadata: [] }, 400],
    [{ name: 'default', retention: 0 }, 409],
    [{ retention: 0 }, 400],
  ])('refuses %j with %i', async (body, status) => {
    expect((await admin.asOrganization('POST', '/projects', body)).status).toBe(status);
  });

  it('keeps keys of projects, and other organizations, out', async () => {
    const { id } = await create('second');
    expect(
      await admin.asProject('POST', '/projects', { name: 'third', retention: 0 }),
    ).toMatchObject({
      status: 403,
      body: { error: 'ForbiddenError' },
    });
    const now = 1;
    await admin.access.db.write(async (tx) => {
      await tx.upsert('organizations', [{ id: 'org-2', name: 'Two', created_at: now }]);
      await tx.run('UPDATE projects SET organization_id = ? WHERE id = ?', ['org-2', id]);
    });
    for (const [method, path, body] of [
      ['PUT', `/projects/${id}`, { name: 'mine now' }],
      ['DELETE', `/projects/${id}`, undefined],
      ['GET', `/projects/${id}/apiKeys`, undefined],
      ['POST', `/projects/${id}/apiKeys`, {}],
      ['GET', `/projects/${id}/memberships`, undefined],
    ] as const) {
      const foreign = await admin.asOrganization(method, path, body);
      const unknown = await admin.asOrganization(method, path.replace(id, 'not-there'), body);
      expect([method, path, foreign.status]).toEqual([method, path, 404]);
      expect(unknown.body.message).toBe(foreign.body.message.replace(id, 'not-there'));
    }
  });

  it('closes a project at once and removes what it held, and nothing else', async () => {
    const { id } = await create('second');
    const { body: key } = await admin.asOrganization('POST', `/projects/${id}/apiKeys`, {});
    const asSecond = admin.sendAs(toBasic([key.publicKey, key.secretKey]));
    const batch = Array.from({ length: 40 }, (_, n) => [
      { id: `t${n}`, type: 'trace-create', timestamp: TIME, body: { id: `trace-${n}`, name: 'x' } },
      {
        id: `s${n}`,
        type: 'score-create',
        timestamp: TIME,
        body: { traceId: `trace-${n}`, name: 'a', value: n },
      },
    ]).flat();
    for (const send of [asSecond, admin.asProject])
      expect((await send('POST', '/ingestion', { batch })).body.errors).toEqual([]);
    await asSecond('POST', '/v2/prompts', { name: 'p', type: 'text', prompt: 'hello' });

    const gone = await admin.asOrganization('DELETE', `/projects/${id}`);
    expect([gone.status, gone.body.success]).toEqual([202, true]);
    expect((await asSecond('GET', '/traces')).status).toBe(401);
    expect((await admin.asOrganization('DELETE', `/projects/${id}`)).status).toBe(404);
    await admin.job.idle();

    const left = await admin.access.db.read<{ n: number }>(
      `SELECT (SELECT COUNT(*) FROM traces WHERE project_id = ?) + (SELECT COUNT(*) FROM scores WHERE project_id = ?)
        + (SELECT COUNT(*) FROM prompts WHERE project_id = ?) + (SELECT COUNT(*) FROM counters WHERE project_id = ?) AS n`,
      [id, id, id, id],
    );
    expect(Number(left[0]?.n)).toBe(0);
    expect((await admin.asProject('GET', '/traces?limit=1')).body.meta.totalItems).toBe(40);
    const removals = await admin.asOrganization('GET', '/api/v1/project-removals');
    expect(removals.body.data).toMatchObject([
      { projectId: id, name: 'second', state: 'done', step: null },
    ]);
    expect(removals.body.data[0].rowCount).toBeGreaterThan(81);
  });

  it('does not delete the only project, and hands the place of the first one on', async () => {
    expect((await admin.asOrganization('DELETE', '/projects/default')).status).toBe(409);
    const { id } = await create('second');
    expect((await admin.asOrganization('DELETE', '/projects/default')).status).toBe(202);
    const rows = await admin.access.db.read(
      "SELECT value FROM store_settings WHERE name = 'access.first_project'",
    );
    expect(rows).toEqual([{ value: id }]);
  });
});

const TIME = '2026-03-01T10:00:00.000Z';
