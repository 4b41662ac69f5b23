/** What can be asked about traces. */
import { notFound, toPageMeta, type Scope } from '#base';
import type { Paged, TraceDetail, TraceListItem } from '@coaia/client';
import { kickChanges } from '../changes/poller.ts';
import { findTotal, readCounter } from '../counters.ts';
import { readFailures } from '../errors.ts';
import { compileFilter } from '../filter/compile-filter.ts';
import type { Filter } from '../filter/filter.ts';
import { parseConditions } from '../filter/parse-conditions.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import { toAll, toAny, toBound, toEqual, toOthers } from '../filter/terms.ts';
import { TRACE_FIELDS } from '../filter/trace-fields.ts';
import { parseOrder } from '../list-order.ts';
import { toObservation } from '../observations/observation.ts';
import { readUnitPrices } from '../observations/unit-prices.ts';
import { readObservationIds, readObservationsOfTrace } from '../observations/storage.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { toScore } from '../scores/score.ts';
import { readScoreMarks, readScoresOfTrace } from '../scores/storage.ts';
import type { TraceListQuery } from './schema.ts';
import {
  readTrace,
  readTraceCount,
  readTraces,
  removeTraces,
  TRACE_ORDERS,
  type TraceOrder,
  type TraceOrderField,
} from './storage.ts';
import {
  ALL_TRACE_FIELDS,
  parseTraceFields,
  toTrace,
  toTraceLevel,
  type StoredTrace,
  type TraceFields,
} from './trace.ts';

const ORDER_FIELDS = Object.keys(TRACE_ORDERS) as readonly TraceOrderField[];

/** One page of traces, newest first unless asked otherwise, with the ids of their observations and scores. */
export async function listTraces(
  ports: ObservabilityPorts,
  scope: Scope,
  query: TraceListQuery,
): Promise<Paged<TraceListItem>> {
  const { db } = ports;
  const { projectId } = scope;
  const order = parseTraceOrder(query.orderBy);
  const fields = parseTraceFields(query.fields);
  const terms = toTraceFilter(query);
  const filter = compileFilter(terms, {
    set: TRACE_FIELDS,
    dialect: db.dialect,
    now: ports.clock(),
  });
  const offset = (query.page - 1) * query.limit;
  const content = fields.has('io') ? 'whole' : 'none';
  const rows = await readTraces(db, projectId, {
    filter,
    order,
    limit: query.limit,
    offset,
    content,
  });
  const position = { offset, limit: query.limit, rows: rows.length };
  const [data, total] = await Promise.all([
    toListItems(ports, projectId, rows, fields),
    terms.length === 0
      ? readCounter(db, projectId, 'traces')
      : findTotal(position, () => readTraceCount(db, projectId, filter)),
  ]);
  return { data, meta: toPageMeta(query.page, query.limit, total) };
}

/** `field.asc` or `field.desc`; newest first when absent. Fails with COAIA-1025. */
export function parseTraceOrder(text: string | undefined): TraceOrder {
  if (text === undefined) return { field: 'timestamp', direction: 'desc' };
  const order = parseOrder(text, ORDER_FIELDS);
  if (order !== undefined) return order;
  throw readFailures.create('COAIA-1025', `Traces cannot be sorted by "${text}".`, {
    hint: `use one of ${ORDER_FIELDS.join(', ')} followed by .asc or .desc`,
  });
}

/** The conditions of a query: `filter` wins over plain parameters on the same key, `q` adds to both. */
function toTraceFilter(query: TraceListQuery): Filter {
  const typed = query.q === undefined ? [] : parseFilter(query.q, TRACE_FIELDS);
  const filter = query.filter === undefined ? [] : parseConditions(query.filter, TRACE_FIELDS);
  const plain = [
    ...toEqual('user', query.userId),
    ...toEqual('name', query.name),
    ...toEqual('session', query.sessionId),
    ...toEqual('version', query.version),
    ...toEqual('release', query.release),
    ...toAny('environment', query.environment),
    ...toAll('tags', query.tags),
    ...toBound('timestamp', '>=', query.fromTimestamp),
    ...toBound('timestamp', '<', query.toTimestamp),
  ];
  return [...toOthers(plain, filter), ...filter, ...typed];
}

async function toListItems(
  ports: ObservabilityPorts,
  projectId: string,
  rows: readonly StoredTrace[],
  fields: TraceFields,
): Promise<readonly TraceListItem[]> {
  const ids = rows.map(({ id }) => id);
  const [observations, scores] = await Promise.all([
    fields.has('observations') ? readObservationIds(ports.db, projectId, ids) : [],
    fields.has('scores') ? readScoreMarks(ports.db, projectId, ids) : [],
  ]);
  const observed = Map.groupBy(observations, (row) => row.trace_id);
  const scored = Map.groupBy(scores, (row) => row.trace_id);
  return rows.map((row) => ({
    ...toTrace(row, fields),
    observations: (observed.get(row.id) ?? []).map(({ id }) => id),
    scores: (scored.get(row.id) ?? []).map(({ id }) => id),
    level: toTraceLevel(row),
  }));
}

/** One trace with its observations in order of start and its scores. Fails with COAIA-0003. */
export async function getTrace(
  ports: ObservabilityPorts,
  scope: Scope,
  traceId: string,
  fields: TraceFields = ALL_TRACE_FIELDS,
): Promise<TraceDetail> {
  const { db } = ports;
  const [row, observations, scores] = await Promise.all([
    readTrace(db, scope.projectId, traceId, fields.has('io')),
    fields.has('observations') ? readObservationsOfTrace(db, scope.projectId, traceId) : [],
    fields.has('scores') ? readScoresOfTrace(db, scope.projectId, traceId) : [],
  ]);
  if (row === undefined) throw notFound('Trace', traceId);
  const findPrices = await readUnitPrices(db, scope.projectId, observations);
  return {
    ...toTrace(row, fields),
    observations: observations.map((observation) => toObservation(observation, findPrices)),
    scores: scores.map(toScore),
  };
}

/** Removes traces with their observations and scores in one transaction; unknown ids are no failure. */
export async function deleteTraces(
  ports: ObservabilityPorts,
  scope: Scope,
  traceIds: readonly string[],
): Promise<void> {
  const { db } = ports;
  const { projectId } = scope;
  await db.write(async (tx) => {
    const removed = await removeTraces(tx, db.dialect, projectId, traceIds);
    if (removed.ids.length === 0) return;
    await tx.addToCounter(projectId, 'traces', -removed.ids.length);
    await tx.addToCounter(projectId, 'observations', -removed.observations);
    await tx.addToCounter(projectId, 'scores', -removed.scores);
    await tx.addToCounter(projectId, 'sessions', -removed.sessions);
    await tx.addChanges(
      projectId,
      removed.ids.map((id) => ({ kind: 'trace-deleted', id })),
    );
  });
  kickChanges(db);
}
