import { openTestDatabases } from '#store/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DashboardsApi } from '@coaia/client';
import { createLocalDashboards } from './local-api.ts';
import { findDashboard } from './find-dashboard.ts';
import type { Scope } from '#base';
import type { Database } from '#store';

const scope: Scope = { projectId: 'p', level: 'project', via: 'key' };

describe.each(openTestDatabases())('dashboard files on $name', ({ open }) => {
  let db: Database;
  let api: DashboardsApi;
  beforeAll(async () => {
    db = await open();
    let now = Date.parse('2026-03-01T10:00:00.000Z');
    api = createLocalDashboards({ db, clock: () => (now += 1000) }, scope);
  });
  afterAll(() => db.close());

  it('every ready dashboard can be added, and what is exported is what was imported', async () => {
    const { data } = await api.listReadyDashboards();
    expect(data.map(({ name }) => name)).toEqual(['cost', 'quality', 'reliability']);
    for (const { name, widgets } of data) {
      const made = await api.addReadyDashboard(name);
      expect(made.definition.widgets).toHaveLength(widgets);
      const file = await api.exportDashboard(made.id);
      const again = await api.importDashboard(structuredClone(file));
      expect(again.id).not.toBe(made.id);
      expect(await api.exportDashboard(again.id)).toEqual(file);
    }
  });

  it('no tiles of a ready dashboard lie on each other', async () => {
    for (const { name } of (await api.listReadyDashboards()).data) {
      const { definition } = await api.addReadyDashboard(name);
      const cells = definition.widgets.flatMap(({ x, y, width, height }) =>
        Array.from(
          { length: width * height },
          (_, at) => `${x + (at % width)} ${y + Math.floor(at / width)}`,
        ),
      );
      expect(new Set(cells).size).toBe(cells.length);
    }
  });

  it('a file with one wrong widget makes nothing', async () => {
    const [ready] = (await api.listReadyDashboards()).data;
    const made = await api.addReadyDashboard(ready?.name ?? '');
    const file = await api.exportDashboard(made.id);
    const before = await api.listDashboards({});
    const wrong = file.widgets.map((one, at) =>
      at === 1 ? { ...one, metrics: [{ measure: 'nope', agg: 'sum' }] } : one,
    );
    await expect(api.importDashboard({ ...file, widgets: wrong })).rejects.toThrow('"nope"');
    await expect(api.importDashboard({ name: 'x' })).rejects.toMatchObject({ code: 'COAIA-1194' });
    expect(await api.listDashboards({})).toEqual(before);
  });

  it('a dashboard is found beyond the first hundred', async () => {
    const empty = { coaia: 'dashboard/1', widgets: [] };
    const { id } = await api.importDashboard({ ...empty, name: 'Oldest' });
    for (let at = 0; at < 101; at++) await api.importDashboard({ ...empty, name: `Later ${at}` });
    expect((await findDashboard(api, id)).name).toBe('Oldest');
    expect((await findDashboard(api, 'Oldest')).id).toBe(id);
  });

  it('a name stands for a dashboard while only one has it', async () => {
    const { id } = await api.importDashboard({ coaia: 'dashboard/1', name: 'Only', widgets: [] });
    expect((await findDashboard(api, 'Only')).id).toBe(id);
    await api.importDashboard({ coaia: 'dashboard/1', name: 'Only', widgets: [] });
    await expect(findDashboard(api, 'Only')).rejects.toMatchObject({ code: 'COAIA-1195' });
    await expect(findDashboard(api, 'None')).rejects.toMatchObject({ code: 'COAIA-0003' });
  });
});
