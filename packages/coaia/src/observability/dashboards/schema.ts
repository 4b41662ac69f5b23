/** What crosses the wire for dashboards and widgets. */
import { z } from 'zod';
import { limitParameter, pageParameter } from '../list-query.ts';
import { AGGREGATIONS } from '../metrics/metrics-query.ts';
import { CHART_TYPES, COLUMNS, WIDGET_VIEWS } from './widget.ts';

const meta = z.object({
  page: z.int(),
  limit: z.int(),
  totalItems: z.int(),
  totalPages: z.int(),
});

const name = z.string().trim().min(1).max(200);
const description = z.string().max(5000);
const dimension = z.object({ field: z.string() });
const metric = z.object({ measure: z.string(), agg: z.enum(AGGREGATIONS) });
const filter = z.object({
  column: z.string(),
  operator: z.string(),
  type: z.string(),
  value: z.json().optional(),
  key: z.string().nullish(),
});
const filters = z.array(filter).max(50);
const chartType = z.enum(CHART_TYPES);

const settings = {
  row_limit: z.int().min(1).max(1000).nullish(),
  show_value_labels: z.boolean().nullish(),
  bins: z.int().min(1).max(100).nullish(),
  defaultSort: z.object({ column: z.string(), order: z.enum(['ASC', 'DESC']) }).nullish(),
};
const chartConfigInput = z.object({ type: chartType.nullish(), ...settings });
const chartConfig = z.object({ type: chartType, ...settings });

export const listQuery = z.object({ page: pageParameter, limit: limitParameter(100, 50) });

/** A parsed query of both lists. */
export type ListQuery = z.infer<typeof listQuery>;

export const widgetBody = z.object({
  name,
  description: description.nullish(),
  view: z.enum(WIDGET_VIEWS),
  dimensions: z.array(dimension).max(5),
  metrics: z.array(metric).min(1).max(20),
  filters,
  chartType,
  chartConfig: chartConfigInput.nullish(),
});

/** A parsed body of `POST /unstable/dashboard-widgets`. */
export type WidgetBody = z.infer<typeof widgetBody>;

const hasOne = (body: object) => Object.values(body).some((value) => value !== undefined);
const NOTHING = { message: 'Nothing to change: send at least one field' };

export const widgetPatch = z
  .object({
    name: name.nullish(),
    description: description.nullish(),
    view: z.enum(WIDGET_VIEWS).nullish(),
    dimensions: z.array(dimension).max(5).nullish(),
    metrics: z.array(metric).min(1).max(20).nullish(),
    filters: filters.nullish(),
    chartType: chartType.nullish(),
    chartConfig: chartConfigInput.nullish(),
  })
  .refine(hasOne, NOTHING);

/** A parsed body of `PATCH /unstable/dashboard-widgets/{widgetId}`. */
export type WidgetPatch = z.infer<typeof widgetPatch>;

export const widgetAnswer = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  name: z.string(),
  description: z.string(),
  view: z.enum([...WIDGET_VIEWS, 'traces']),
  dimensions: z.array(dimension),
  metrics: z.array(metric),
  filters: z.array(filter),
  chartType,
  chartConfig,
});

export const widgetListAnswer = z.object({ data: z.array(widgetAnswer), meta });

export const messageAnswer = z.object({ message: z.string() });

const cells = z.int().min(0).max(10_000);
const columns = z.int().min(1).max(COLUMNS);
const rows = z.int().min(1).max(100);

const place = { x: cells, y: cells, width: columns, height: rows };
const wish = {
  id: z.string().min(1).max(200).nullish(),
  x: cells.nullish(),
  y: cells.nullish(),
  width: columns.nullish(),
  height: rows.nullish(),
};

export const placement = z.discriminatedUnion('type', [
  z.object({ type: z.literal('widget'), id: z.string().min(1), widgetId: z.string(), ...place }),
  z.object({ type: z.literal('preset'), id: z.string().min(1), presetId: z.string(), ...place }),
]);

export const placementBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('widget'), widgetId: z.string().min(1), ...wish }),
  z.object({ type: z.literal('preset'), presetId: z.string().min(1), ...wish }),
]);

/** A parsed body of `POST /unstable/dashboards/{dashboardId}/placements`. */
export type PlacementBody = z.infer<typeof placementBody>;

export const placementPatch = z
  .object({
    x: cells.nullish(),
    y: cells.nullish(),
    width: columns.nullish(),
    height: rows.nullish(),
  })
  .refine(hasOne, NOTHING);

/** A parsed body of `PATCH /unstable/dashboards/{dashboardId}/placements/{placementId}`. */
export type PlacementPatch = z.infer<typeof placementPatch>;

const definition = z.object({ widgets: z.array(placement).max(200) });

export const dashboardBody = z.object({
  name,
  description: description.nullish(),
  definition: definition.nullish(),
  filters: filters.nullish(),
});

/** A parsed body of `POST /unstable/dashboards`. */
export type DashboardBody = z.infer<typeof dashboardBody>;

export const dashboardPatch = z
  .object({
    name: name.nullish(),
    description: description.nullish(),
    definition: definition.nullish(),
    filters: filters.nullish(),
  })
  .refine(hasOne, NOTHING);

/** A parsed body of `PATCH /unstable/dashboards/{dashboardId}`. */
export type DashboardPatch = z.infer<typeof dashboardPatch>;

export const dashboardAnswer = z.object({
  id: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  name: z.string(),
  description: z.string(),
  definition,
  filters,
});

export const dashboardListAnswer = z.object({ data: z.array(dashboardAnswer), meta });

export const dashboardFile = z.object({
  coaia: z.literal('dashboard/1'),
  name,
  description: description.default(''),
  filters: filters.default([]),
  widgets: z.array(widgetBody.extend({ place: z.object(place) })).max(200),
});

export const readyListAnswer = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      widgets: z.int(),
    }),
  ),
});
