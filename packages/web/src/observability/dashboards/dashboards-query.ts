import type {
  Dashboard,
  DashboardFile,
  DashboardWidget,
  ReadyDashboard,
  WidgetContent,
} from '@coaia/client';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { sendRequest } from '../../lib/api.ts';
import { readAll } from '../../lib/read-all.ts';

const base = '/api/public/unstable';

interface Listed<T> {
  readonly data: readonly T[];
}

/** What a view of the metrics can be asked. */
export interface MetricsView {
  readonly view: string;
  readonly dimensions: readonly string[];
  readonly measures: readonly { readonly name: string; readonly kind: 'number' | 'text' }[];
}

/** Dashboards of the project, the last changed first. */
export function dashboardsQuery(project: string) {
  return queryOptions({
    queryKey: ['dashboards', project, 'list'] as const,
    queryFn: ({ signal }) => readAll<Dashboard>(`${base}/dashboards`, signal),
  });
}

/** One dashboard. */
export function dashboardQuery(project: string, id: string) {
  return queryOptions({
    queryKey: ['dashboards', project, 'one', id] as const,
    queryFn: ({ signal }) =>
      sendRequest<Dashboard>(`${base}/dashboards/${encodeURIComponent(id)}`, { signal }),
  });
}

/** Widgets of the project. */
export function widgetsQuery(project: string) {
  return queryOptions({
    queryKey: ['dashboards', project, 'widgets'] as const,
    queryFn: ({ signal }) => readAll<DashboardWidget>(`${base}/dashboard-widgets`, signal),
  });
}

/** The dashboards that come with the program. */
export const readyQuery = queryOptions({
  queryKey: ['ready-dashboards'] as const,
  queryFn: async ({ signal }) =>
    (await sendRequest<Listed<ReadyDashboard>>('/api/v1/ready-dashboards', { signal })).data,
  staleTime: Infinity,
});

/** What widgets can ask. */
export const viewsQuery = queryOptions({
  queryKey: ['metrics-views'] as const,
  queryFn: async ({ signal }) =>
    (await sendRequest<Listed<MetricsView>>('/api/v1/metrics-views', { signal })).data,
  staleTime: Infinity,
});

/** Everything that is read about dashboards is read anew. */
export function refreshDashboards(client: QueryClient, project: string): Promise<void> {
  return client.invalidateQueries({ queryKey: ['dashboards', project] });
}

/** The writing calls; they reject with ApiError. */
export const dashboardCalls = {
  addReady: (name: string) =>
    sendRequest<Dashboard>(`/api/v1/ready-dashboards/${encodeURIComponent(name)}`, {
      method: 'POST',
    }),
  create: (name: string) =>
    sendRequest<Dashboard>(`${base}/dashboards`, { method: 'POST', body: { name } }),
  update: (
    id: string,
    body: Partial<Pick<Dashboard, 'name' | 'description' | 'definition'>>,
    keepalive = false,
  ) =>
    sendRequest<Dashboard>(`${base}/dashboards/${encodeURIComponent(id)}`, {
      method: 'PATCH',
      body,
      keepalive,
    }),
  remove: (id: string, keepalive = false) =>
    sendRequest(`${base}/dashboards/${encodeURIComponent(id)}`, { method: 'DELETE', keepalive }),
  readFile: (id: string) =>
    sendRequest<DashboardFile>(`/api/v1/dashboards/${encodeURIComponent(id)}/file`),
  importFile: (body: unknown) =>
    sendRequest<Dashboard>('/api/v1/dashboards/file', { method: 'POST', body }),
  createWidget: (body: WidgetContent) =>
    sendRequest<DashboardWidget>(`${base}/dashboard-widgets`, { method: 'POST', body }),
  updateWidget: (id: string, body: WidgetContent) =>
    sendRequest<DashboardWidget>(`${base}/dashboard-widgets/${encodeURIComponent(id)}`, {
      method: 'PATCH',
      body,
    }),
  addTile: (dashboardId: string, widgetId: string) =>
    sendRequest(`${base}/dashboards/${encodeURIComponent(dashboardId)}/placements`, {
      method: 'POST',
      body: { type: 'widget', widgetId },
    }),
} as const;
