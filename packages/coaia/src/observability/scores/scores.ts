/** What can be asked about scores (v1 and v2), and their removal. */
import { fromStored, notFound, toPageMeta, type Scope } from '#base';
import type { Paged, ScoreItem } from '@coaia/client';
import { kickChanges } from '../changes/poller.ts';
import { findTotal, readCounter } from '../counters.ts';
import { compileFilter } from '../filter/compile-filter.ts';
import type { FieldTerm, Filter, Pattern } from '../filter/filter.ts';
import { parseConditions } from '../filter/parse-conditions.ts';
import { SCORE_FIELDS } from '../filter/score-fields.ts';
import { toAll, toAny, toBound, toEqual, toMissing, toOthers } from '../filter/terms.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { removeEmptySessions } from '../traces/storage.ts';
import { scoreFailures } from './errors.ts';
import type { ScoreListQuery } from './schema.ts';
import { toScoreItem } from './score.ts';
import {
  readScore,
  readScoreCount,
  readScoredTraces,
  readScorePage,
  removeScore,
  type ScoredTrace,
} from './storage.ts';

/** Which scores a list is about: v1 knows only those of traces, and no corrections. */
export type ScoreVersion = 'v1' | 'v2';

/** One page, newest first, joined with facts of the traces unless `fields` leaves them out. */
export async function listScores(
  { db, clock }: ObservabilityPorts,
  scope: Scope,
  query: ScoreListQuery,
  version: ScoreVersion = 'v2',
): Promise<Paged<ScoreItem>> {
  const { projectId } = scope;
  const withTrace = hasTraceFields(query);
  const terms = [...toScoreFilter(query), ...(version === 'v1' ? V1_ONLY : [])];
  const filter = compileFilter(terms, { set: SCORE_FIELDS, dialect: db.dialect, now: clock() });
  const offset = (query.page - 1) * query.limit;
  const rows = await readScorePage(db, projectId, { filter, limit: query.limit, offset });
  const traceIds = withTrace ? rows.map((row) => row.trace_id).filter((id) => id !== null) : [];
  const position = { offset, limit: query.limit, rows: rows.length };
  const [traces, total] = await Promise.all([
    readScoredTraces(db, projectId, [...new Set(traceIds)]),
    terms.length === 0
      ? readCounter(db, projectId, 'scores')
      : findTotal(position, () => readScoreCount(db, projectId, filter)),
  ]);
  const byId = new Map(traces.map((trace) => [trace.id, trace]));
  const data = rows.map((row) => ({
    ...toScoreItem(row),
    ...(withTrace ? { trace: toTraceFacts(byId.get(row.trace_id ?? '')) } : {}),
  }));
  return { data, meta: toPageMeta(query.page, query.limit, total) };
}

const V1_ONLY: Filter = [
  ...toMissing('traceId').map((term) => ({ ...term, negated: false })),
  ...toEqual('dataType', 'CORRECTION').map((term) => ({ ...term, negated: true })),
];

function hasTraceFields(query: ScoreListQuery): boolean {
  if (query.fields === undefined) return true;
  const groups = query.fields.split(',').map((group) => group.trim());
  const unknown = groups.find((group) => group !== 'score' && group !== 'trace');
  if (unknown !== undefined) {
    throw scoreFailures.create('COAIA-1083', `"fields" has score and trace, not "${unknown}".`);
  }
  if (groups.includes('trace')) return true;
  if (query.userId === undefined && query.traceTags === undefined) return false;
  throw scoreFailures.create(
    'COAIA-1083',
    'Scores are filtered by facts of their trace, so "fields" must include trace.',
  );
}

/** `filter` wins over plain parameters on the same key. */
function toScoreFilter(query: ScoreListQuery): Filter {
  const filter = query.filter === undefined ? [] : parseConditions(query.filter, SCORE_FIELDS);
  const plain = [
    ...toEqual('userId', query.userId),
    ...toEqual('name', query.name),
    ...toEqual('source', query.source),
    ...toEqual('configId', query.configId),
    ...toEqual('sessionId', query.sessionId),
    ...toEqual('datasetRunId', query.datasetRunId),
    ...toEqual('traceId', query.traceId),
    ...toEqual('queueId', query.queueId),
    ...toEqual('dataType', query.dataType),
    ...toAny('id', toTexts(query.scoreIds)),
    ...toAny('observationId', toTexts(query.observationId)),
    ...toAny('environment', query.environment),
    ...toAll('traceTags', query.traceTags),
    ...toBound('timestamp', '>=', query.fromTimestamp),
    ...toBound('timestamp', '<', query.toTimestamp),
    ...toValueTerms(query.operator, query.value),
  ];
  return [...toOthers(plain, filter), ...filter];
}

/**
 * The different members of a comma list; undefined when it is absent or has none. Fails with COAIA-1083 when they
 * are more than `most`.
 */
export function toTexts(list: string | undefined, most = 1000): readonly string[] | undefined {
  const texts = new Set(
    list
      ?.split(',')
      .map((text) => text.trim())
      .filter((text) => text !== ''),
  );
  if (texts.size <= most) return texts.size === 0 ? undefined : [...texts];
  throw scoreFailures.create(
    'COAIA-1083',
    `A list has at most ${most} members, not ${texts.size}.`,
  );
}

/** A comparison with the number of a score; both parts are needed. */
function toValueTerms(
  operator: ScoreListQuery['operator'],
  value: number | undefined,
): readonly FieldTerm[] {
  if (operator === undefined || value === undefined) return [];
  const text = String(value);
  const isEquality = operator === '=' || operator === '!=';
  const pattern: Pattern = isEquality
    ? { kind: 'range', from: text, to: text }
    : { kind: 'compare', operator, text };
  const [term] = toEqual('value', text);
  return term === undefined ? [] : [{ ...term, patterns: [pattern], negated: operator === '!=' }];
}

function toTraceFacts(trace: ScoredTrace | undefined): NonNullable<ScoreItem['trace']> | null {
  if (trace === undefined) return null;
  return {
    userId: trace.user_id,
    tags: fromStored(trace.tags) as readonly string[],
    environment: trace.environment,
    sessionId: trace.session_id,
  };
}

/** One score. Fails with COAIA-0003, in v1 also for scores of sessions and dataset runs. */
export async function getScore(
  { db }: ObservabilityPorts,
  scope: Scope,
  scoreId: string,
  version: ScoreVersion = 'v2',
): Promise<ScoreItem> {
  const row = await readScore(db, scope.projectId, scoreId);
  if (row === undefined || (version === 'v1' && row.trace_id === null)) {
    throw notFound('Score', scoreId);
  }
  return toScoreItem(row);
}

/** Removes a score; one that does not exist is no failure. A session that held nothing else goes with it. */
export async function deleteScore(
  { db }: ObservabilityPorts,
  scope: Scope,
  scoreId: string,
): Promise<void> {
  const { projectId } = scope;
  await db.write(async (tx) => {
    await tx.lock([`score|${projectId}|${scoreId}`]);
    const row = await removeScore(tx, projectId, scoreId);
    if (row === undefined) return;
    await tx.addToCounter(projectId, 'scores', -1);
    if (row.session_id !== null) {
      const sessions = await removeEmptySessions(tx, db.dialect, projectId, [row.session_id]);
      await tx.addToCounter(projectId, 'sessions', -sessions);
    }
    const id = row.trace_id ?? row.session_id ?? row.id;
    await tx.addChanges(projectId, [{ kind: 'score', id }]);
  });
  kickChanges(db);
}
