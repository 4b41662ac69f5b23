/** Dashboards: widgets on a grid of twelve columns. */
import type { CoaiaClient } from './client.ts';
import type { JsonValue, Paged } from './wire.ts';

export type WidgetView =
  | 'observations'
  | 'scores-numeric'
  | 'scores-boolean'
  | 'scores-categorical'
  | 'traces';

export type ChartType =
  | 'LINE_TIME_SERIES'
  | 'AREA_TIME_SERIES'
  | 'BAR_TIME_SERIES'
  | 'HORIZONTAL_BAR'
  | 'VERTICAL_BAR'
  | 'PIE'
  | 'NUMBER'
  | 'HISTOGRAM'
  | 'PIVOT_TABLE';

export interface WidgetMetric {
  readonly measure: string;
  readonly agg: string;
}

/** A condition in the form of the `filter` parameter of lists. */
export interface WidgetFilter {
  readonly column: string;
  readonly operator: string;
  readonly type: string;
  readonly value?: JsonValue;
  readonly key?: string | null | undefined;
}

/** Settings of a chart; which of them count depends on its type. */
export interface ChartConfig {
  readonly type: ChartType;
  readonly row_limit?: number | undefined;
  readonly show_value_labels?: boolean | undefined;
  readonly bins?: number | undefined;
  readonly defaultSort?: { readonly column: string; readonly order: 'ASC' | 'DESC' } | undefined;
}

/** What a widget asks and how it is drawn. */
export interface WidgetContent {
  readonly name: string;
  readonly description: string;
  readonly view: WidgetView;
  readonly dimensions: readonly { readonly field: string }[];
  readonly metrics: readonly WidgetMetric[];
  readonly filters: readonly WidgetFilter[];
  readonly chartType: ChartType;
  readonly chartConfig: ChartConfig;
}

export interface DashboardWidget extends WidgetContent {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Place on the grid in cells; `x` of the left column and `y` of the top row count from 0. */
export interface GridPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Placement =
  | ({ readonly type: 'widget'; readonly id: string; readonly widgetId: string } & GridPlace)
  | ({ readonly type: 'preset'; readonly id: string; readonly presetId: string } & GridPlace);

export interface Dashboard {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly definition: { readonly widgets: readonly Placement[] };
  readonly filters: readonly WidgetFilter[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A dashboard as a file: its widgets stand in it with their places. */
export interface DashboardFile {
  readonly coaia: 'dashboard/1';
  readonly name: string;
  readonly description: string;
  readonly filters: readonly WidgetFilter[];
  readonly widgets: readonly (WidgetContent & { readonly place: GridPlace })[];
}

/** A dashboard that comes with the program. */
export interface ReadyDashboard {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly widgets: number;
}

/** The calls about dashboards, the same over the embedded store and over HTTP. */
export interface DashboardsApi {
  listDashboards(query: {
    readonly page?: number;
    readonly limit?: number;
  }): Promise<Paged<Dashboard>>;
  exportDashboard(id: string): Promise<DashboardFile>;
  importDashboard(file: unknown): Promise<Dashboard>;
  listReadyDashboards(): Promise<{ readonly data: readonly ReadyDashboard[] }>;
  addReadyDashboard(name: string): Promise<Dashboard>;
  deleteDashboard(id: string): Promise<{ readonly message: string }>;
}

/** The calls over HTTP. Rejects with ClientError. */
export function createDashboardsApi(client: Pick<CoaiaClient, 'request'>): DashboardsApi {
  const dashboards = ['unstable', 'dashboards'];
  return {
    listDashboards: (query) => client.request('GET', dashboards, { query }),
    exportDashboard: (id) => client.request('GET', ['dashboards', id, 'file'], { area: 'v1' }),
    importDashboard: (body) => client.request('POST', ['dashboards', 'file'], { body, area: 'v1' }),
    listReadyDashboards: () => client.request('GET', ['ready-dashboards'], { area: 'v1' }),
    addReadyDashboard: (name) => client.request('POST', ['ready-dashboards', name], { area: 'v1' }),
    deleteDashboard: (id) => client.request('DELETE', [...dashboards, id]),
  };
}
