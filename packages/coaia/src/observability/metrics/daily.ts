/** Counts, usage and cost by day and model: the older form of the metrics API. Days are UTC. */
import { toIso, toPageMeta, type Scope } from '#base';
import type { SqlValue } from '#store';
import type { Paged } from '@coaia/client';
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

interface Where {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** One page of the days on which traces began, newest first. */
export async function listDailyMetrics(
  { db }: ObservabilityPorts,
  scope: Scope,
  query: DailyQuery,
  signal: AbortSignal,
): Promise<Paged<DailyMetrics>> {
  const day = db.dialect.bucket('t.timestamp', DAY);
  const where = toWhere(scope.projectId, query, (column) => db.dialect.jsonArrayHas(column));
  const scan = <Row>(sql: string, parameters: readonly SqlValue[]) =>
    db.scan<Row>(sql, parameters, { timeoutMs: TIMEOUT_MS, signal });
  const days = await scan<DayRow>(
    `SELECT ${day} AS day, count(*) AS traces, count(*) OVER () AS days FROM traces t
     WHERE ${where.sql} GROUP BY ${day} ORDER BY ${day} DESC LIMIT ? OFFSET ?`,
    [...where.parameters, query.limit, (query.page - 1) * query.limit],
  );
  const [newest] = days;
  const oldest = days.at(-1);
  if (newest === undefined || oldest === undefined) {
    return { data: [], meta: toPageMeta(query.page, query.limit, 0) };
  }
  const usage = await scan<UsageRow>(
    `SELECT ${day} AS day, o.model, count(*) AS observations, count(DISTINCT o.trace_id) AS traces,
       sum(o.input_tokens) AS input, sum(o.output_tokens) AS output, sum(o.total_tokens) AS total, sum(o.total_cost) AS cost
     FROM traces t JOIN observations o ON o.project_id = t.project_id AND o.trace_id = t.id
     WHERE ${where.sql} AND t.timestamp >= ? AND t.timestamp < ?
     GROUP BY ${day}, o.model ORDER BY o.model NULLS LAST`,
    [...where.parameters, oldest.day, newest.day + DAY],
  );
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

function toWhere(
  projectId: string,
  query: DailyQuery,
  arrayHas: (column: string) => string,
): Where {
  const parts: readonly (readonly [string, SqlValue | undefined])[] = [
    ['t.project_id = ?', projectId],
    ['t.name = ?', query.traceName],
    ['t.user_id = ?', query.userId],
    ['t.timestamp >= ?', query.fromTimestamp],
    ['t.timestamp < ?', query.toTimestamp],
    ...(query.tags ?? []).map((tag) => [arrayHas('t.tags'), tag] as const),
  ];
  const given = parts.filter(([, value]) => value !== undefined);
  const environments = query.environment ?? [];
  const inside = `t.environment IN (${environments.map(() => '?').join(', ')})`;
  const conditions = [...given.map(([sql]) => sql), ...(environments.length === 0 ? [] : [inside])];
  return {
    sql: conditions.join(' AND '),
    parameters: [...given.map(([, value]) => value ?? null), ...environments],
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
