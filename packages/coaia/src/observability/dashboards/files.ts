/** Dashboards as files: the widgets stand in the file with their places, so one file is a whole dashboard. */
import { createId } from '#base';
import type { Scope } from '#base';
import type { Dashboard, DashboardFile, Placement, WidgetContent } from '@coaia/client';
import type { ObservabilityPorts } from '../ports.ts';
import { requireOnGrid, toDashboard } from './dashboard.ts';
import { getDashboard } from './dashboards.ts';
import { dashboardFailures } from './errors.ts';
import { dashboardFile } from './schema.ts';
import { readWidgetsById } from './storage.ts';
import { requireAnswerable, toWidget } from './widget.ts';
import { toContent, toRow } from './widgets.ts';

/** The file of a dashboard. Preset tiles have no content of their own and are left out. */
export async function exportDashboard(
  ports: ObservabilityPorts,
  scope: Scope,
  id: string,
): Promise<DashboardFile> {
  const { db } = ports;
  const dashboard = await getDashboard(ports, scope, id);
  const tiles = dashboard.definition.widgets.filter((one) => one.type === 'widget');
  const ids = tiles.map(({ widgetId }) => widgetId);
  const rows = await readWidgetsById(db, db, scope.projectId, [...new Set(ids)]);
  const widgets = new Map(rows.map((row) => [row.id, toWidget(row)]));
  return {
    coaia: 'dashboard/1',
    name: dashboard.name,
    description: dashboard.description,
    filters: dashboard.filters,
    widgets: tiles.flatMap(({ widgetId, x, y, width, height }) => {
      const widget = widgets.get(widgetId);
      if (widget === undefined) return [];
      const { id: _id, createdAt: _made, updatedAt: _changed, ...content } = widget;
      return [{ ...content, place: { x, y, width, height } }];
    }),
  };
}

/**
 * Makes the dashboard of a file with new widgets, all or nothing.
 * Fails with COAIA-1194 when it is no dashboard file, and as widgets and placements do.
 */
export async function importDashboard(
  { db, clock }: ObservabilityPorts,
  { projectId }: Scope,
  file: unknown,
): Promise<Dashboard> {
  const { name, description, filters, widgets } = parseFile(file);
  const contents = widgets.map((widget) => toContent(widget));
  for (const content of contents) requireAnswerable(content, db.dialect);
  requireOnGrid(widgets.map(({ place }) => place));
  const now = clock();
  const rows = contents.map((content: WidgetContent) =>
    toRow(content, { projectId, id: createId(), createdAt: now, updatedAt: now }),
  );
  const tiles: readonly Placement[] = rows.map((row, at) => ({
    type: 'widget',
    id: createId(),
    widgetId: row.id,
    ...(widgets[at]?.place ?? { x: 0, y: 0, width: 6, height: 6 }),
  }));
  const dashboard = {
    project_id: projectId,
    id: createId(),
    name,
    description,
    definition: JSON.stringify({ widgets: tiles }),
    filters: JSON.stringify(filters),
    created_at: now,
    updated_at: now,
  };
  await db.write(async (tx) => {
    await tx.upsert('dashboard_widgets', rows);
    await tx.upsert('dashboards', [dashboard]);
  });
  return toDashboard(dashboard);
}

function parseFile(file: unknown) {
  const result = dashboardFile.safeParse(file);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw dashboardFailures.create(
    'COAIA-1194',
    `This is no dashboard file; ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? ''}.`,
    { details: result.error.issues },
  );
}
