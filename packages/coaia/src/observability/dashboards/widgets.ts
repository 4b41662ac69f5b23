/** What can be done with widgets. */
import { createId, notFound, toPageMeta } from '#base';
import type { Scope } from '#base';
import type { DashboardWidgetRow } from '#store';
import type { DashboardWidget, Paged, WidgetContent } from '@coaia/client';
import type { ObservabilityPorts } from '../ports.ts';
import { listPlacements } from './dashboard.ts';
import { dashboardFailures } from './errors.ts';
import type { ListQuery, WidgetBody, WidgetPatch } from './schema.ts';
import { deleteRow, readCount, readDefinitions, readWidget, readWidgets } from './storage.ts';
import { requireAnswerable, toChartConfig, toWidget } from './widget.ts';

/** One page of widgets, the last changed first. */
export async function listWidgets(
  { db }: ObservabilityPorts,
  { projectId }: Scope,
  { page, limit }: ListQuery,
): Promise<Paged<DashboardWidget>> {
  const [rows, total] = await Promise.all([
    readWidgets(db, projectId, { limit, offset: (page - 1) * limit }),
    readCount(db, projectId, 'dashboard_widgets'),
  ]);
  return { data: rows.map(toWidget), meta: toPageMeta(page, limit, total) };
}

/** One widget. Fails with COAIA-0003. */
export async function getWidget(
  { db }: ObservabilityPorts,
  { projectId }: Scope,
  id: string,
): Promise<DashboardWidget> {
  const row = await readWidget(db, projectId, id);
  if (row === undefined) throw notFound('Dashboard widget', id);
  return toWidget(row);
}

/** Makes a widget. Fails with COAIA-1190 and the codes of metrics and filters when nothing could answer it. */
export async function createWidget(
  { db, clock }: ObservabilityPorts,
  { projectId }: Scope,
  body: WidgetBody,
): Promise<DashboardWidget> {
  const content = toContent(body);
  requireAnswerable(content, db.dialect);
  const now = clock();
  const row = toRow(content, { projectId, id: createId(), createdAt: now, updatedAt: now });
  await db.write((tx) => tx.upsert('dashboard_widgets', [row]));
  return toWidget(row);
}

/** Changes what is sent; another chart without settings gets its plain ones. Fails as `createWidget` does. */
export async function updateWidget(
  { db, clock }: ObservabilityPorts,
  { projectId }: Scope,
  id: string,
  patch: WidgetPatch,
): Promise<DashboardWidget> {
  return db.write(async (tx) => {
    await tx.lock([`widget:${projectId}:${id}`]);
    const row = await readWidget(tx, projectId, id);
    if (row === undefined) throw notFound('Dashboard widget', id);
    const old = toWidget(row);
    const content = toPatched(old, patch);
    requireAnswerable(content, db.dialect);
    const next = toRow(content, {
      projectId,
      id,
      createdAt: row.created_at,
      updatedAt: Math.max(clock(), row.updated_at + 1),
    });
    await tx.upsert('dashboard_widgets', [next]);
    return toWidget(next);
  });
}

/** Removes a widget. Fails with COAIA-1191 while it stands on a dashboard. */
export async function deleteWidget(
  { db }: ObservabilityPorts,
  { projectId }: Scope,
  id: string,
): Promise<void> {
  await db.write(async (tx) => {
    await tx.lock([`dashboards:${projectId}`]);
    if ((await readWidget(tx, projectId, id)) === undefined) throw notFound('Dashboard widget', id);
    const rows = await readDefinitions(tx, projectId);
    const users = rows.filter((row) =>
      listPlacements(row).some((one) => one.type === 'widget' && one.widgetId === id),
    );
    if (users.length > 0)
      throw dashboardFailures.create(
        'COAIA-1191',
        `The widget still stands on ${users.map(({ name }) => `"${name}"`).join(', ')}.`,
      );
    await deleteRow(tx, projectId, 'dashboard_widgets', id);
  });
}

/** The content of a body, with what was left out filled in. */
export function toContent(body: WidgetBody): WidgetContent {
  return {
    name: body.name,
    description: body.description ?? '',
    view: body.view,
    dimensions: body.dimensions,
    metrics: body.metrics,
    filters: body.filters,
    chartType: body.chartType,
    chartConfig: toChartConfig(body.chartType, body.chartConfig as WidgetContent['chartConfig']),
  };
}

function toPatched(old: DashboardWidget, patch: WidgetPatch): WidgetContent {
  const chartType = patch.chartType ?? old.chartType;
  const kept = chartType === old.chartType ? old.chartConfig : undefined;
  const sent = patch.chartConfig as WidgetContent['chartConfig'] | null | undefined;
  return {
    name: patch.name ?? old.name,
    description: patch.description ?? old.description,
    view: patch.view ?? old.view,
    dimensions: patch.dimensions ?? old.dimensions,
    metrics: patch.metrics ?? old.metrics,
    filters: (patch.filters as WidgetContent['filters'] | null | undefined) ?? old.filters,
    chartType,
    chartConfig: toChartConfig(chartType, sent ?? kept),
  };
}

/** The row that keeps a content. */
export function toRow(
  content: WidgetContent,
  facts: {
    readonly projectId: string;
    readonly id: string;
    readonly createdAt: number;
    readonly updatedAt: number;
  },
): DashboardWidgetRow {
  return {
    project_id: facts.projectId,
    id: facts.id,
    name: content.name,
    description: content.description,
    view: content.view,
    dimensions: JSON.stringify(content.dimensions),
    metrics: JSON.stringify(content.metrics),
    filters: JSON.stringify(content.filters),
    chart_type: content.chartType,
    chart_config: JSON.stringify(content.chartConfig),
    created_at: facts.createdAt,
    updated_at: facts.updatedAt,
  };
}
