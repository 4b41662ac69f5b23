/** What can be done with dashboards. */
import { createId, notFound, toPageMeta } from '#base';
import type { Scope } from '#base';
import type { DashboardRow, Database, Transaction } from '#store';
import type { Dashboard, Paged, Placement } from '@coaia/client';
import type { ObservabilityPorts } from '../ports.ts';
import { requireOnGrid, toDashboard } from './dashboard.ts';
import { dashboardFailures } from './errors.ts';
import type { DashboardBody, DashboardPatch, ListQuery } from './schema.ts';
import { deleteRow, readCount, readDashboard, readDashboards, readWidgetsById } from './storage.ts';

/** One page of dashboards, the last changed first. */
export async function listDashboards(
  { db }: ObservabilityPorts,
  { projectId }: Scope,
  { page, limit }: ListQuery,
): Promise<Paged<Dashboard>> {
  const [rows, total] = await Promise.all([
    readDashboards(db, projectId, { limit, offset: (page - 1) * limit }),
    readCount(db, projectId, 'dashboards'),
  ]);
  return { data: rows.map(toDashboard), meta: toPageMeta(page, limit, total) };
}

/** One dashboard. Fails with COAIA-0003. */
export async function getDashboard(
  { db }: ObservabilityPorts,
  { projectId }: Scope,
  id: string,
): Promise<Dashboard> {
  const row = await readDashboard(db, projectId, id);
  if (row === undefined) throw notFound('Dashboard', id);
  return toDashboard(row);
}

/** Makes a dashboard. Fails with COAIA-1193 for placements of widgets that are not there. */
export async function createDashboard(
  { db, clock }: ObservabilityPorts,
  { projectId }: Scope,
  body: DashboardBody,
): Promise<Dashboard> {
  const now = clock();
  const widgets = body.definition?.widgets ?? [];
  const row: DashboardRow = {
    project_id: projectId,
    id: createId(),
    name: body.name,
    description: body.description ?? '',
    definition: JSON.stringify({ widgets }),
    filters: JSON.stringify(body.filters ?? []),
    created_at: now,
    updated_at: now,
  };
  await db.write(async (tx) => {
    await tx.lock([`dashboards:${projectId}`]);
    await requirePlaceable(tx, db, projectId, widgets);
    await tx.upsert('dashboards', [row]);
  });
  return toDashboard(row);
}

/** Changes what is sent. Fails as `createDashboard` does. */
export async function updateDashboard(
  ports: ObservabilityPorts,
  scope: Scope,
  id: string,
  patch: DashboardPatch,
): Promise<Dashboard> {
  const { db } = ports;
  return changeDashboard(ports, scope, id, async (row, tx) => {
    const widgets = patch.definition?.widgets;
    if (widgets !== undefined) await requirePlaceable(tx, db, scope.projectId, widgets);
    return {
      ...row,
      name: patch.name ?? row.name,
      description: patch.description ?? row.description,
      definition: widgets === undefined ? row.definition : JSON.stringify({ widgets }),
      filters: patch.filters ? JSON.stringify(patch.filters) : row.filters,
    };
  });
}

/** Removes a dashboard; its widgets stay. Fails with COAIA-0003. */
export async function deleteDashboard(
  { db }: ObservabilityPorts,
  { projectId }: Scope,
  id: string,
): Promise<void> {
  await db.write(async (tx) => {
    await tx.lock([`dashboards:${projectId}`]);
    if ((await readDashboard(tx, projectId, id)) === undefined) throw notFound('Dashboard', id);
    await deleteRow(tx, projectId, 'dashboards', id);
  });
}

/** Reads, changes and writes one dashboard while nobody else does. */
export async function changeDashboard(
  { db, clock }: ObservabilityPorts,
  { projectId }: Scope,
  id: string,
  change: (row: DashboardRow, tx: Transaction) => Promise<DashboardRow> | DashboardRow,
): Promise<Dashboard> {
  return db.write(async (tx) => {
    await tx.lock([`dashboards:${projectId}`]);
    const row = await readDashboard(tx, projectId, id);
    if (row === undefined) throw notFound('Dashboard', id);
    const changed = await change(row, tx);
    const next = { ...changed, updated_at: Math.max(clock(), row.updated_at + 1) };
    await tx.upsert('dashboards', [next]);
    return toDashboard(next);
  });
}

/** Fails with COAIA-1192 for an id that is there twice and COAIA-1193 for an unknown widget or a tile outside. */
export async function requirePlaceable(
  tx: Transaction,
  db: Database,
  projectId: string,
  widgets: readonly Placement[],
): Promise<void> {
  const ids = widgets.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw dashboardFailures.create('COAIA-1192', `The placement "${twice}" is there twice.`);
  requireOnGrid(widgets);
  const asked = [
    ...new Set(widgets.flatMap((one) => (one.type === 'widget' ? [one.widgetId] : []))),
  ];
  const known = new Set((await readWidgetsById(tx, db, projectId, asked)).map(({ id }) => id));
  const missing = asked.filter((id) => !known.has(id));
  if (missing.length > 0)
    throw dashboardFailures.create(
      'COAIA-1193',
      `There is no dashboard widget ${missing.join(', ')} in this project.`,
    );
}
