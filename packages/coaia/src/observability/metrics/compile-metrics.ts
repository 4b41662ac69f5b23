/** A metrics query as SQL for either database. */
import type { Dialect, SqlValue } from '#store';
import { compileFilter } from '../filter/compile-filter.ts';
import type { Fragment } from '../filter/fragment.ts';
import { parseConditions } from '../filter/parse-conditions.ts';
import { metricsFailures } from './errors.ts';
import { VIEWS, type MetricsQuery } from './metrics-query.ts';
import { toBucketSql, toStep, type Step } from './time-buckets.ts';
import type { View } from './view.ts';

/** Name of the bucket in answers and sort orders. */
export const TIME_KEY = 'time_dimension';

/** The columns of the inner query: `d0`, `d1` ... are grouped by, `m0`, `m1` ... are aggregated. */
export interface MetricsPlan {
  readonly query: MetricsQuery;
  readonly view: View;
  readonly step: Step | undefined;
  /** Grouped columns in order; the bucket, when there is one, is the last. */
  readonly groups: readonly { readonly key: string; readonly column: string }[];
  /** Asked metrics that are one value per group. */
  readonly values: readonly MetricColumn[];
  readonly histograms: readonly MetricColumn[];
  /** FROM (...) r: one row per row of the view, with the columns above. */
  readonly rows: Fragment;
}

export interface MetricColumn {
  readonly key: string;
  readonly column: string;
  readonly aggregation: MetricsQuery['metrics'][number]['aggregation'];
  readonly isText: boolean;
}

export interface PlanContext {
  readonly projectId: string;
  readonly dialect: Dialect;
  readonly now: number;
}

/** Plans a query. Fails with the codes of filters when a filter is wrong. */
export function toPlan(query: MetricsQuery, context: PlanContext): MetricsPlan {
  const view = VIEWS[query.view];
  const { timeDimension, fromTimestamp, toTimestamp } = query;
  const step =
    timeDimension === null || timeDimension === undefined
      ? undefined
      : toStep(timeDimension.granularity, fromTimestamp, toTimestamp);
  const measures = [...new Set(query.metrics.map(({ measure }) => measure))];
  const metrics = query.metrics.map(({ measure, aggregation }) => ({
    key: `${aggregation}_${measure}`,
    column: `m${measures.indexOf(measure)}`,
    aggregation,
    isText: view.measures[measure]?.kind === 'text',
  }));
  const groups = query.dimensions.map(({ field }, index) => ({ key: field, column: `d${index}` }));
  return {
    query,
    view,
    step,
    groups: step === undefined ? groups : [...groups, { key: TIME_KEY, column: 'b' }],
    values: metrics.filter(({ aggregation }) => aggregation !== 'histogram'),
    histograms: metrics.filter(({ aggregation }) => aggregation === 'histogram'),
    rows: toRows(view, query, { measures, step, ...context }),
  };
}

type RowsContext = PlanContext & {
  readonly measures: readonly string[];
  readonly step: Step | undefined;
};

function toRows(view: View, query: MetricsQuery, context: RowsContext): Fragment {
  const { dialect, step } = context;
  const columns = [
    ...query.dimensions.map(
      ({ field }, index) => `${view.dimensions[field]?.sql(dialect) ?? 'NULL'} AS d${index}`,
    ),
    ...(step === undefined ? [] : [`${toBucketSql(dialect, view.time, step)} AS b`]),
    ...context.measures.map((name, index) => `${toMeasureSql(view, name)} AS m${index}`),
  ];
  const where = toWhere(view, query, context);
  const used = `${columns.join(' ')} ${where.sql}`;
  const joins = Object.entries(view.joins)
    .filter(([alias]) => new RegExp(`\\b${alias}\\.`).test(used))
    .map(([, join]) => join);
  const sql = `(SELECT ${columns.join(', ')} FROM ${[view.from, ...joins].join(' ')} WHERE ${where.sql})`;
  return { sql, parameters: where.parameters };
}

/** Doubles on both databases: sums of whole numbers would be decimal texts on Postgres. */
function toMeasureSql(view: View, name: string): string {
  const measure = view.measures[name];
  if (measure === undefined) return 'NULL';
  return measure.kind === 'text' ? measure.sql : `CAST(${measure.sql} AS double precision)`;
}

function toWhere(
  view: View,
  query: MetricsQuery,
  { projectId, dialect, now }: PlanContext,
): Fragment {
  const alias = view.time.slice(0, 1);
  const filter = compileFilter(parseConditions(JSON.stringify(query.filters), view.fields), {
    set: view.fields,
    dialect,
    now,
  });
  const parts = [
    `${alias}.project_id = ?`,
    `${view.time} >= ?`,
    `${view.time} < ?`,
    ...(view.only === undefined ? [] : [view.only]),
    ...(filter.condition === undefined ? [] : [`(${filter.condition.sql})`]),
  ];
  const values: readonly SqlValue[] = [projectId, query.fromTimestamp, query.toTimestamp];
  return {
    sql: parts.join(' AND '),
    parameters: [...values, ...(filter.condition?.parameters ?? [])],
  };
}

/** ORDER BY of the groups. As asked, else by time, else by the first metric downwards; then by the groups. */
export function toOrderBy({ query, step, groups, values }: MetricsPlan): string {
  const columns = new Map([
    ...groups.map(({ key, column }) => [key, column] as const),
    ...values.map(({ key }, index) => [key, `v${index}`] as const),
  ]);
  const asked = query.orderBy.map(({ field, direction }) => {
    const column = columns.get(field);
    if (column !== undefined) return `${column} ${direction === 'asc' ? 'ASC' : 'DESC'} NULLS LAST`;
    const hint = `use one of ${[...columns.keys()].join(', ')}`;
    throw metricsFailures.create('COAIA-1141', `The result has no field "${field}" to sort by.`, {
      hint,
    });
  });
  const first = values.length === 0 ? [] : ['v0 DESC NULLS LAST'];
  const preset = step === undefined ? first : ['b ASC', ...first];
  const chosen = asked.length > 0 ? asked : preset;
  const all = [...chosen, ...groups.map(({ column }) => `${column} ASC NULLS LAST`)];
  return all.length === 0 ? '' : `ORDER BY ${all.join(', ')}`;
}
