/** The list of scores by cursor (v3). */
import { parseCursor, toCursor, type Scope } from '#base';
import { readFailures } from '../errors.ts';
import { compileFilter, type CompiledFilter } from '../filter/compile-filter.ts';
import type { FieldTerm, Filter, Pattern } from '../filter/filter.ts';
import { fragment, joinFragments } from '../filter/fragment.ts';
import { SCORE_FIELDS } from '../filter/score-fields.ts';
import { toAny, toBound, toEqual } from '../filter/terms.ts';
import type { ObservabilityPorts } from '../ports.ts';
import { scoreFailures } from './errors.ts';
import type { ScoreV3ListQuery } from './schema.ts';
import { parseScoreGroups, toScoreV3 } from './score-v3.ts';
import type { StoredScore } from './score.ts';
import { toTexts } from './scores.ts';
import { readScorePage } from './storage.ts';

interface ScoreV3Page {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly meta: { readonly limit: number; readonly cursor?: string };
}

/** A page after a cursor, newest first. Fails with COAIA-1083 for parameters that do not go together. */
export async function listScoresV3(
  { db, clock }: ObservabilityPorts,
  scope: Scope,
  query: ScoreV3ListQuery,
): Promise<ScoreV3Page> {
  const groups = parseScoreGroups(toTexts(query.fields));
  const context = { set: SCORE_FIELDS, dialect: db.dialect, now: clock() };
  const filter = compileFilter(toFilter(query), context);
  const { limit } = query;
  const rows = await readScorePage(db, scope.projectId, {
    filter: query.cursor === undefined ? filter : addCursor(filter, query.cursor),
    // One more than asked tells whether there is a next page.
    limit: limit + 1,
    offset: 0,
  });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    data: shown.map((row) => toScoreV3(row, groups)),
    meta: last === undefined ? { limit } : { limit, cursor: toScoreCursor(last) },
  };
}

function toScoreCursor({ timestamp, id }: StoredScore): string {
  return toCursor({ lastTimestamp: timestamp, lastId: id });
}

function addCursor(filter: CompiledFilter, text: string): CompiledFilter {
  const cursor = parseCursor(text) as
    | { readonly lastTimestamp?: unknown; readonly lastId?: unknown }
    | null
    | undefined;
  const { lastTimestamp: time, lastId: id } = cursor ?? {};
  if (typeof time !== 'number' || typeof id !== 'string' || id.includes('\0')) {
    throw readFailures.create('COAIA-1024', 'The cursor was not made by this list.');
  }
  const after = fragment('(s.timestamp < ? OR (s.timestamp = ? AND s.id < ?))', time, time, id);
  const conditions = filter.condition === undefined ? [after] : [filter.condition, after];
  return { ...filter, condition: joinFragments(conditions, 'AND') };
}

function toFilter(query: ScoreV3ListQuery): Filter {
  checkSubject(query);
  return [
    ...toAny('id', toTexts(query.id)),
    ...toAny('name', toTexts(query.name)),
    ...toAny('source', toTexts(query.source?.toUpperCase())),
    ...toAny('dataType', toTexts(query.dataType?.toUpperCase())),
    ...toAny('environment', toTexts(query.environment)),
    ...toAny('configId', toTexts(query.configId)),
    ...toAny('queueId', toTexts(query.queueId)),
    ...toAny('authorUserId', toTexts(query.authorUserId)),
    ...toAny('traceId', toTexts(query.traceId)),
    ...toAny('observationId', toTexts(query.observationId)),
    ...toAny('sessionId', toTexts(query.sessionId)),
    ...toAny('datasetRunId', toTexts(query.experimentId)),
    ...toBound('timestamp', '>=', query.fromTimestamp),
    ...toBound('timestamp', '<', query.toTimestamp),
    ...toValueTerms(query),
  ];
}

function checkSubject(query: ScoreV3ListQuery): void {
  const { traceId, sessionId, observationId, experimentId } = query;
  const given = [traceId ?? observationId, sessionId, experimentId].filter(
    (id) => id !== undefined,
  );
  if (given.length > 1) {
    throw scoreFailures.create(
      'COAIA-1083',
      'Only one of traceId (with observationId), sessionId and experimentId can be given.',
    );
  }
  if (observationId !== undefined && traceId === undefined) {
    throw scoreFailures.create('COAIA-1083', '"observationId" needs "traceId" beside it.');
  }
}

/** `value`, `valueMin` and `valueMax`, which mean something only together with one data type. */
function toValueTerms({ value, valueMin, valueMax, dataType }: ScoreV3ListQuery): Filter {
  // Each is a condition of its own, and SQLite takes expressions of at most 1,000 levels.
  const values = toTexts(value, 200);
  const hasBound = valueMin !== undefined || valueMax !== undefined;
  if (values === undefined && !hasBound) return [];
  const [type = '', ...others] = toTexts(dataType?.toUpperCase()) ?? [];
  const allowed = hasBound ? ['NUMERIC'] : ['NUMERIC', 'BOOLEAN', 'CATEGORICAL'];
  if (others.length > 0 || !allowed.includes(type)) {
    const name = hasBound ? '"valueMin" and "valueMax" need' : '"value" needs';
    throw scoreFailures.create('COAIA-1083', `${name} one dataType of ${allowed.join(', ')}.`);
  }
  return [
    ...(values === undefined ? [] : toExact(type, values)),
    ...toLimit('>=', valueMin),
    ...toLimit('<=', valueMax),
  ];
}

function toLimit(operator: '>=' | '<=', limit: number | undefined): Filter {
  return limit === undefined ? [] : toNumber([{ kind: 'compare', operator, text: String(limit) }]);
}

function toExact(type: string, values: readonly string[]): Filter {
  if (type === 'CATEGORICAL') return toAny('stringValue', values);
  return toNumber(
    values.map((text) => {
      const number = type === 'BOOLEAN' ? FLAGS.get(text.toLowerCase()) : Number(text);
      if (number === undefined || !Number.isFinite(number)) {
        const expected = type === 'BOOLEAN' ? 'true or false' : 'a number';
        throw scoreFailures.create(
          'COAIA-1083',
          `A ${type} "value" is ${expected}, not "${text}".`,
        );
      }
      return { kind: 'range', from: String(number), to: String(number) };
    }),
  );
}

const FLAGS: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['false', 0],
]);

function toNumber(patterns: readonly Pattern[]): readonly FieldTerm[] {
  return toEqual('value', '').map((term) => ({ ...term, patterns }));
}
