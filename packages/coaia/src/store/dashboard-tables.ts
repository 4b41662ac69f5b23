/** Rows of dashboards and their widgets. See `tables.ts`. */

export interface DashboardRow {
  project_id: string;
  id: string;
  name: string;
  description: string;
  /** JSON: `{widgets: placements}`. */
  definition: string;
  /** JSON array of conditions that hold for all widgets. */
  filters: string;
  created_at: number;
  updated_at: number;
}

export interface DashboardWidgetRow {
  project_id: string;
  id: string;
  name: string;
  description: string;
  view: string;
  /** JSON arrays. */
  dimensions: string;
  metrics: string;
  filters: string;
  chart_type: string;
  /** JSON object. */
  chart_config: string;
  created_at: number;
  updated_at: number;
}

export interface DashboardTables {
  dashboards: DashboardRow;
  dashboard_widgets: DashboardWidgetRow;
}

/** Primary keys, for upserts. */
export const DASHBOARD_KEYS = {
  dashboards: ['project_id', 'id'],
  dashboard_widgets: ['project_id', 'id'],
} as const;

/** Columns; see `columns.ts`. */
export const DASHBOARD_COLUMNS = {
  dashboards: {
    project_id: 'text',
    id: 'text',
    name: 'text',
    description: 'text',
    definition: 'json',
    filters: 'json',
    created_at: 'integer',
    updated_at: 'integer',
  },
  dashboard_widgets: {
    project_id: 'text',
    id: 'text',
    name: 'text',
    description: 'text',
    view: 'text',
    dimensions: 'json',
    metrics: 'json',
    filters: 'json',
    chart_type: 'text',
    chart_config: 'json',
    created_at: 'integer',
    updated_at: 'integer',
  },
} as const;
