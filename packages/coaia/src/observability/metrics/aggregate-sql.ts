/** The statements of a plan: one for all single values, one for each histogram. */
import type { Dialect } from '#store';
import type { Fragment } from '../filter/fragment.ts';
import { toOrderBy, type MetricColumn, type MetricsPlan } from './compile-metrics.ts';

const FRACTIONS: Readonly<Record<string, number>> = {
  p50: 0.5,
  p75: 0.75,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
};

/** One row per group: `d0` ..., `b`, and `v0`, `v1` ... in the order of the plan's values. */
export function toValuesStatement(plan: MetricsPlan, dialect: Dialect, limit: number): Fragment {
  const { groups, values, rows } = plan;
  const ranked = toRankedColumns(values, dialect);
  const list = groups.map(({ column }) => column);
  const source = ranked.length === 0 ? `${rows.sql} r` : toRanked(rows.sql, list, ranked);
  const columns = [
    ...list,
    ...values.map((value, index) => `${toValueSql(value, dialect)} AS v${index}`),
    ...(values.length === 0 ? ['count(*) AS n'] : []),
  ];
  const grouped = list.length === 0 ? '' : `GROUP BY ${list.join(', ')}`;
  return {
    sql: `SELECT ${columns.join(', ')} FROM ${source} ${grouped} ${toOrderBy(plan)} LIMIT ${limit}`,
    parameters: rows.parameters,
  };
}

/** Columns whose rows must be ranked within their group. */
function toRankedColumns(values: readonly MetricColumn[], dialect: Dialect): readonly string[] {
  const columns = values
    .filter(
      ({ aggregation, column }) =>
        FRACTIONS[aggregation] !== undefined &&
        dialect.percentile(column, FRACTIONS[aggregation]) === undefined,
    )
    .map(({ column }) => column);
  return [...new Set(columns)];
}

/** Each row with its place `k...` among the known values of its group and the number `c...` of those. */
function toRanked(rows: string, groups: readonly string[], columns: readonly string[]): string {
  const partition = groups.length === 0 ? '' : `PARTITION BY ${groups.join(', ')}`;
  const windows = columns.flatMap((column) => [
    `row_number() OVER (${partition} ORDER BY ${column} NULLS LAST) - 1 AS k${column}`,
    `count(${column}) OVER (${partition}) - 1 AS c${column}`,
  ]);
  return `(SELECT r.*, ${windows.join(', ')} FROM ${rows} r) w`;
}

function toValueSql({ aggregation, column, isText }: MetricColumn, dialect: Dialect): string {
  const fraction = FRACTIONS[aggregation];
  if (fraction !== undefined) {
    return dialect.percentile(column, fraction) ?? toRankedPercentile(column, fraction);
  }
  if (isText || aggregation === 'uniq') return `count(DISTINCT ${column})`;
  // A sum of nothing is nothing, not unknown.
  return aggregation === 'sum' ? `coalesce(sum(${column}), 0)` : `${aggregation}(${column})`;
}

/** Between the two values around the place, as percentile_cont of the SQL standard has it. */
function toRankedPercentile(column: string, fraction: number): string {
  const place = `${fraction} * c${column}`;
  const below = `floor(${place})`;
  const at = (index: string) => `max(CASE WHEN k${column} = ${index} THEN ${column} END)`;
  const low = at(below);
  const high = `coalesce(${at(`${below} + 1`)}, ${low})`;
  return `${low} + (${high} - ${low}) * max(${place} - ${below})`;
}

/**
 * Bins of one measure within the groups that the values statement shows: `d0` ..., `b`, `lower`, `upper`,
 * `bin`, `height`. Bins have the same width between the smallest and the largest value of the group.
 */
export function toHistogramStatement(
  plan: MetricsPlan,
  dialect: Dialect,
  { column }: MetricColumn,
  limit: number,
): Fragment {
  const { groups, values, rows, query } = plan;
  const bins = query.config?.bins ?? 10;
  const list = groups.map((group) => group.column);
  const shown = toValuesStatement(
    {
      ...plan,
      values: [
        ...values,
        { key: '', column, aggregation: 'min', isText: false },
        { key: '', column, aggregation: 'max', isText: false },
      ],
    },
    dialect,
    limit,
  );
  const lower = `g.v${values.length}`;
  const upper = `g.v${values.length + 1}`;
  const same = list.map((name) => `r.${name} IS NOT DISTINCT FROM g.${name}`);
  const bin = `CASE WHEN r.${column} >= ${upper} THEN ${bins - 1} ELSE CAST(floor((r.${column} - ${lower}) * ${bins} / (${upper} - ${lower})) AS bigint) END`;
  const keys = [...list.map((name) => `g.${name}`), lower, upper];
  return {
    sql: `SELECT ${[...list.map((name) => `g.${name} AS ${name}`), `${lower} AS lower`, `${upper} AS upper`].join(', ')}, ${bin} AS bin, count(*) AS height
      FROM (${shown.sql}) g JOIN ${rows.sql} r ON ${[...same, `r.${column} IS NOT NULL`].join(' AND ')}
      GROUP BY ${[...keys, bin].join(', ')}`,
    parameters: [...shown.parameters, ...rows.parameters],
  };
}
