/** Counts, usage and cost by day and model: the older form of the metrics API. Days are UTC. */
import { toIso, toPageMeta, type Scope } from '#base';
import type { Dialect, SqlValue } from '#store';
import type { Paged } from '@coaia/client';
import type { Fragment } from '../filter/fragment.ts';
import type { ObservabilityPorts } from '../ports.ts';
import type { DailyQuery } from './schema.ts';

export interface DailyUsage {
  readonly model: string | null;
  readonly inputUsage: number;
  readonly outputUsage: number;
  readonly totalUsage: number;
  readonly countTraces: number;
  readonly countObservations: number;
  readonly totalCost: number;
}

export interface DailyMetrics {
  readonly date: string;
  readonly countTraces: number;
  readonly countObservations: number;
  readonly totalCost: number;
  /** By model; observations without one are summed under null. */
  readonly usage: readonly DailyUsage[];
}

const DAY = 86_400_000;
const TIMEOUT_MS = 20_000;

/**
 * One page of the days on which traces began or observations started, newest first. Traces count on the day of
 * their time, observations with their usage on the day of their start.
 */
export async function listDailyMetrics(
  { db }: ObservabilityPorts,
  scope: Scope,
  query: DailyQuery,
  signal: AbortSignal,
): Promise<Paged<DailyMetrics>> {
  const { dialect } = db;
  const scan = <Row>({ sql, parameters }: Fragment) =>
    db.scan<Row>(sql, parameters, { timeoutMs: TIMEOUT_MS, signal });
  const traces = toTraces(dialect, scope.projectId, query);
  const observed = toObserved(dialect, scope.projectId, query);
  const days = await scan<DayRow>({
    sql: `SELECT day, sum(traces) AS traces, count(*) OVER () AS days FROM (
        SELECT ${dialect.bucket('t.timestamp', DAY)} AS day, 1 AS traces ${traces.sql}
        UNION ALL SELECT DISTINCT ${dialect.bucket('o.start_time', DAY)} AS day, 0 AS traces ${observed.sql}
      ) d GROUP BY day ORDER BY day DESC LIMIT ? OFFSET ?`,
    parameters: [
      ...traces.parameters,
      ...observed.parameters,
      query.limit,
      (query.page - 1) * query.limit,
    ],
  });
  const [newest] = days;
  const oldest = days.at(-1);
  if (newest === undefined || oldest === undefined) {
    return { data: [], meta: toPageMeta(query.page, query.limit, 0) };
  }
  const day = dialect.bucket('o.start_time', DAY);
  const usage = await scan<UsageRow>({
    sql: `SELECT ${day} AS day, o.model, count(*) AS observations, count(DISTINCT o.trace_id) AS traces,
       sum(o.input_tokens) AS input, sum(o.output_tokens) AS output, sum(o.total_tokens) AS total, sum(o.total_cost) AS cost
     ${observed.sql} AND o.start_time >= ? AND o.start_time < ?
     GROUP BY ${day}, o.model ORDER BY o.model NULLS LAST`,
    parameters: [...observed.parameters, oldest.day, newest.day + DAY],
  });
  const byDay = Map.groupBy(usage, (row) => row.day);
  return {
    data: days.map((row) => toDay(row, byDay.get(row.day) ?? [])),
    meta: toPageMeta(query.page, query.limit, newest.days),
  };
}

interface DayRow {
  readonly day: number;
  readonly traces: number;
  readonly days: number;
}

interface UsageRow {
  readonly day: number;
  readonly model: string | null;
  readonly observations: number;
  readonly traces: number;
  readonly input: number | null;
  readonly output: number | null;
  readonly total: number | null;
  readonly cost: number | null;
}

type Condition = readonly [sql: string, ...values: readonly SqlValue[]];

/** FROM and WHERE of the traces. */
function toTraces(dialect: Dialect, projectId: string, query: DailyQuery): Fragment {
  const where = toWhere([
    ['t.project_id = ?', projectId],
    ...toRange('t.timestamp', query),
    ...toTraceConditions(dialect, query),
  ]);
  return { ...where, sql: `FROM traces t ${where.sql}` };
}

/** FROM and WHERE of the observations; their traces are looked up only when something is asked of them. */
function toObserved(dialect: Dialect, projectId: string, query: DailyQuery): Fragment {
  const ofTrace = toTraceConditions(dialect, query);
  const join: readonly Condition[] =
    ofTrace.length === 0 ? [] : [['t.project_id = o.project_id'], ['t.id = o.trace_id']];
  const where = toWhere([
    ['o.project_id = ?', projectId],
    ...toRange('o.start_time', query),
    ...join,
    ...ofTrace,
  ]);
  const tables = ofTrace.length === 0 ? 'observations o' : 'observations o CROSS JOIN traces t';
  return { ...where, sql: `FROM ${tables} ${where.sql}` };
}

function toRange(time: string, query: DailyQuery): readonly Condition[] {
  const { fromTimestamp: from, toTimestamp: to } = query;
  return [
    ...(from === undefined ? [] : [[`${time} >= ?`, from] as const]),
    ...(to === undefined ? [] : [[`${time} < ?`, to] as const]),
  ];
}

function toTraceConditions(dialect: Dialect, query: DailyQuery): readonly Condition[] {
  const { traceName, userId, tags = [], environment = [] } = query;
  const places = environment.map(() => '?').join(', ');
  return [
    ...(traceName === undefined ? [] : [['t.name = ?', traceName] as const]),
    ...(userId === undefined ? [] : [['t.user_id = ?', userId] as const]),
    ...tags.map((tag) => [dialect.jsonArrayHas('t.tags'), tag] as const),
    ...(places === '' ? [] : [[`t.environment IN (${places})`, ...environment] as const]),
  ];
}

function toWhere(conditions: readonly Condition[]): Fragment {
  return {
    sql: `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}`,
    parameters: conditions.flatMap(([, ...values]) => values),
  };
}

function toDay(row: DayRow, usage: readonly UsageRow[]): DailyMetrics {
  const models = usage.map(toUsage);
  const sumOf = (read: (model: DailyUsage) => number) =>
    models.reduce((sum, model) => sum + read(model), 0);
  return {
    date: toIso(row.day).slice(0, 10),
    countTraces: row.traces,
    countObservations: sumOf(({ countObservations }) => countObservations),
    totalCost: toAmount(sumOf(({ totalCost }) => totalCost)),
    usage: models,
  };
}

function toUsage(row: UsageRow): DailyUsage {
  return {
    model: row.model,
    inputUsage: row.input ?? 0,
    outputUsage: row.output ?? 0,
    totalUsage: row.total ?? 0,
    countTraces: row.traces,
    countObservations: row.observations,
    totalCost: toAmount(row.cost ?? 0),
  };
}

/** Twelve significant digits: the order in which a database adds does not show. */
function toAmount(cost: number): number {
  return Number(cost.toPrecision(12));
}
