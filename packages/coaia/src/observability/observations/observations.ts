/** What can be asked about observations. */
import { notFound, toPageMeta, type Scope } from '#base';
import type { CursorPaged, Observation, Paged } from '@coaia/client';
import { findTotal, readCounter } from '../counters.ts';
import { compileFilter, type CompiledFilter } from '../filter/compile-filter.ts';
import type { Filter } from '../filter/filter.ts';
import { joinFragments } from '../filter/fragment.ts';
import { OBSERVATION_FIELDS } from '../filter/observation-fields.ts';
import { parseConditions } from '../filter/parse-conditions.ts';
import { toAny, toBound, toEqual, toMissing, toOthers } from '../filter/terms.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { parseObservationCursor, toObservationCursor } from './cursor.ts';
import { parseObservationFields, toObservationV2 } from './observation-v2.ts';
import { toObservation } from './observation.ts';
import type { ObservationListQuery, ObservationV2ListQuery } from './schema.ts';
import { readUnitPrices } from './unit-prices.ts';
import {
  readObservation,
  readObservationCount,
  readObservations,
  readObservationsAfter,
} from './storage.ts';

/** One numbered page, newest first. */
export async function listObservations(
  ports: ObservabilityPorts,
  scope: Scope,
  query: ObservationListQuery,
): Promise<Paged<Observation>> {
  const { db } = ports;
  const { projectId } = scope;
  const terms = toObservationFilter(query);
  const filter = toCompiled(ports, terms);
  const offset = (query.page - 1) * query.limit;
  const rows = await readObservations(db, projectId, { filter, limit: query.limit, offset });
  const position = { offset, limit: query.limit, rows: rows.length };
  const total =
    terms.length === 0
      ? await readCounter(db, projectId, 'observations')
      : await findTotal(position, () => readObservationCount(db, projectId, filter));
  const findPrices = await readUnitPrices(db, projectId, rows);
  const data = rows.map((row) => toObservation(row, findPrices));
  return { data, meta: toPageMeta(query.page, query.limit, total) };
}

/** A page after a cursor, newest first, with the asked groups of fields. */
export async function listObservationsV2(
  ports: ObservabilityPorts,
  scope: Scope,
  query: ObservationV2ListQuery,
): Promise<CursorPaged<Readonly<Record<string, unknown>>>> {
  const groups = parseObservationFields(query.fields);
  const expand = new Set(query.expandMetadata?.split(',').map((key) => key.trim()));
  const filter = toCompiled(ports, toObservationFilter(query));
  const rows = await readObservationsAfter(ports.db, scope.projectId, {
    filter: query.cursor === undefined ? filter : addCursor(filter, query.cursor),
    // One more than asked tells whether there is a next page.
    limit: query.limit + 1,
    big: groups.includes('io') || groups.includes('metadata'),
  });
  const shown = rows.slice(0, query.limit);
  const findPrices = await readUnitPrices(ports.db, scope.projectId, shown);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    data: shown.map((row) => toObservationV2(row, groups, { expand, findPrices })),
    meta: last === undefined ? {} : { cursor: toObservationCursor(last) },
  };
}

/** One observation. Fails with COAIA-0003. */
export async function getObservation(
  ports: ObservabilityPorts,
  scope: Scope,
  observationId: string,
): Promise<Observation> {
  const row = await readObservation(ports.db, scope.projectId, observationId);
  if (row === undefined) throw notFound('Observation', observationId);
  return toObservation(row, await readUnitPrices(ports.db, scope.projectId, [row]));
}

function toCompiled(ports: ObservabilityPorts, terms: Filter): CompiledFilter {
  return compileFilter(terms, {
    set: OBSERVATION_FIELDS,
    dialect: ports.db.dialect,
    now: ports.clock(),
  });
}

function addCursor(filter: CompiledFilter, cursor: string): CompiledFilter {
  const after = parseObservationCursor(cursor);
  const conditions = filter.condition === undefined ? [after] : [filter.condition, after];
  return { ...filter, condition: joinFragments(conditions, 'AND') };
}

type Conditions = ObservationListQuery | ObservationV2ListQuery;

/** `filter` wins over plain parameters on the same key. */
function toObservationFilter(query: Conditions): Filter {
  const filter =
    query.filter === undefined ? [] : parseConditions(query.filter, OBSERVATION_FIELDS);
  const parent = query.parentObservationId;
  const root = 'isRootObservation' in query ? query.isRootObservation : undefined;
  const plain = [
    ...toEqual('traceId', query.traceId),
    ...toEqual('name', query.name),
    ...toEqual('userId', query.userId),
    ...toEqual('sessionId', 'sessionId' in query ? query.sessionId : undefined),
    ...toEqual('type', query.type),
    ...toEqual('level', query.level),
    ...(parent === '' ? toMissing('parentObservationId') : toEqual('parentObservationId', parent)),
    ...toEqual('isRootObservation', root?.toString()),
    ...toEqual('version', query.version),
    ...toAny('environment', query.environment),
    ...toBound('startTime', '>=', query.fromStartTime),
    ...toBound('startTime', '<', query.toStartTime),
  ];
  return [...toOthers(plain, filter), ...filter];
}
