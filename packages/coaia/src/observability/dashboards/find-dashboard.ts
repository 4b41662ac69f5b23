/** Names a dashboard as people do: by its id, or by its name. */
import { notFound } from '#base';
import type { Dashboard, DashboardsApi } from '@coaia/client';
import { dashboardFailures } from './errors.ts';

/** Fails with COAIA-0003 when there is none and COAIA-1195 when several have the name. */
export async function findDashboard(api: DashboardsApi, idOrName: string): Promise<Dashboard> {
  const data = await listAll(api);
  const byId = data.find(({ id }) => id === idOrName);
  if (byId !== undefined) return byId;
  const [first, second] = data.filter(({ name }) => name === idOrName);
  if (first === undefined) throw notFound('Dashboard', idOrName);
  if (second !== undefined)
    throw dashboardFailures.create(
      'COAIA-1195',
      `Several dashboards are named "${idOrName}"; give the id of one.`,
      { hint: 'coaia dashboards list' },
    );
  return first;
}

async function listAll(api: DashboardsApi): Promise<readonly Dashboard[]> {
  const all: Dashboard[] = [];
  for (let page = 1; ; page++) {
    const { data, meta } = await api.listDashboards({ page, limit: 100 });
    all.push(...data);
    if (page >= meta.totalPages) return all;
  }
}
