/** The keys a trace can be filtered by, with where each lies in SQL. The traces table has the alias `t`. */
import type { Field, FieldKind, FieldSet } from './field.ts';

const OF_TRACE = 'o.project_id = t.project_id AND o.trace_id = t.id';

/** Worst level among the observations; DEBUG counts as DEFAULT, as lists show it. */
export const TRACE_LEVEL =
  "CASE WHEN t.error_count > 0 THEN 'ERROR' WHEN t.warning_count > 0 THEN 'WARNING' ELSE 'DEFAULT' END";

const LEVELS = {
  ERROR: 't.error_count > 0',
  WARNING: 't.error_count = 0 AND t.warning_count > 0',
  DEFAULT: 't.error_count = 0 AND t.warning_count = 0',
};

/** Environment in which the sample lives; its traces also carry a tag of this name. */
export const SAMPLE_ENVIRONMENT = 'sample';
const IS_SAMPLE = `t.environment = '${SAMPLE_ENVIRONMENT}' AND t.tags LIKE '%"${SAMPLE_ENVIRONMENT}"%'`;

type Extra = Partial<Omit<Field, 'key' | 'kind' | 'summary' | 'value'>>;

function ofTrace(
  key: string,
  kind: FieldKind,
  sql: string,
  summary: string,
  extra: Extra = {},
): Field {
  return { key, kind, summary, aliases: [], value: () => sql, ...extra };
}

function ofObservation(
  key: string,
  kind: FieldKind,
  sql: string,
  summary: string,
  extra: Extra = {},
): Field {
  return {
    ...ofTrace(key, kind, sql, summary, extra),
    within: toAnyObservation,
    present: toAnyObservation(`${sql} IS NOT NULL`),
  };
}

function toAnyObservation(condition: string): string {
  return `EXISTS (SELECT 1 FROM observations o WHERE ${OF_TRACE} AND (${condition}))`;
}

const sumOf = (column: string) => `(SELECT sum(o.${column}) FROM observations o WHERE ${OF_TRACE})`;
const countOf = (level: string) =>
  `(SELECT count(*) FROM observations o WHERE ${OF_TRACE} AND o.level = '${level}')`;

// oxfmt-ignore
const FIELDS: readonly Field[] = [
  ofTrace('id', 'text', 't.id', 'Trace id', { aliases: ['traceId', 'trace_id'], indexed: 'few' }),
  ofTrace('name', 'text', 't.name', 'Name of the trace', { aliases: ['traceName'], present: 't.name IS NOT NULL', indexed: 'one' }),
  ofTrace('user', 'text', 't.user_id', 'User id', { aliases: ['userId', 'user_id'], present: 't.user_id IS NOT NULL', indexed: 'one' }),
  ofTrace('session', 'text', 't.session_id', 'Session id', { aliases: ['sessionId', 'session_id'], present: 't.session_id IS NOT NULL', indexed: 'one' }),
  ofTrace('environment', 'text', 't.environment', 'Environment', { aliases: ['env'] }),
  ofTrace('release', 'text', 't.release', 'Release', { present: 't.release IS NOT NULL' }),
  ofTrace('version', 'text', 't.version', 'Version', { present: 't.version IS NOT NULL' }),
  ofTrace('tags', 'tags', 't.tags', 'Tags; (a OR b) any of them, (a AND b) all of them', { aliases: ['tag', 'traceTags'], present: "t.tags <> '[]'" }),
  ofTrace('level', 'enum', TRACE_LEVEL, 'Worst level in the trace', { values: ['ERROR', 'WARNING', 'DEFAULT'], conditions: LEVELS, indexedValues: ['ERROR'] }),
  ofTrace('latency', 'duration', '(t.end_time - t.start_time)', 'First start to last end; a bare number is seconds', { aliases: ['duration'], present: 't.end_time IS NOT NULL' }),
  ofTrace('cost', 'money', 't.total_cost', 'Total cost in USD', { aliases: ['totalCost', 'total_cost'], present: 't.total_cost IS NOT NULL' }),
  ofTrace('tokens', 'number', 't.total_tokens', 'Total tokens', { aliases: ['totalTokens', 'total_tokens'], present: 't.total_tokens IS NOT NULL' }),
  ofTrace('inputTokens', 'number', 't.input_tokens', 'Input tokens', { aliases: ['input_tokens'], present: 't.input_tokens IS NOT NULL' }),
  ofTrace('outputTokens', 'number', 't.output_tokens', 'Output tokens', { aliases: ['output_tokens'], present: 't.output_tokens IS NOT NULL' }),
  ofTrace('input', 'content', 't.input', 'Input of the trace contains', { present: 't.input IS NOT NULL' }),
  ofTrace('output', 'content', 't.output', 'Output of the trace contains', { present: 't.output IS NOT NULL' }),
  ofTrace('observations', 'number', 't.observation_count', 'Number of observations', { aliases: ['observationCount'], present: 't.observation_count > 0' }),
  ofTrace('errors', 'number', 't.error_count', 'Number of observations with level ERROR', { aliases: ['error', 'errorCount'], present: 't.error_count > 0' }),
  ofTrace('warnings', 'number', 't.warning_count', 'Number of observations with level WARNING', { aliases: ['warning', 'warningCount'], present: 't.warning_count > 0' }),
  ofTrace('timestamp', 'time', 't.timestamp', 'Time of the trace, for example >2026-06-01', { aliases: ['startTime', 'start_time'] }),
  ofTrace('since', 'time', 't.timestamp', 'Not older than, for example 2h, 7d or 2026-06-01'),
  ofTrace('public', 'flag', 't.public', 'Shared as public'),
  ofTrace('bookmarked', 'flag', 't.bookmarked', 'Bookmarked'),
  ofTrace('sample', 'flag', `(CASE WHEN ${IS_SAMPLE} THEN 1 ELSE 0 END)`, 'Part of the sample'),
  ofTrace('status', 'enum', "(CASE WHEN t.open_count > 0 THEN 'running' ELSE 'done' END)", 'Still running or done', { values: ['running', 'done'] }),
  ofObservation('model', 'text', 'o.model', 'Model of any observation', { aliases: ['providedModelName', 'provided_model_name'] }),
  ofObservation('type', 'enum', 'o.type', 'Type of any observation', { values: ['SPAN', 'GENERATION', 'EVENT', 'AGENT', 'TOOL', 'CHAIN', 'RETRIEVER', 'EVALUATOR', 'EMBEDDING', 'GUARDRAIL'] }),
  ofObservation('statusMessage', 'content', 'o.status_message', 'Status message of any observation contains', { aliases: ['status_message'] }),
  ofObservation('observationName', 'text', 'o.name', 'Name of any observation', { aliases: ['step'] }),
  ofObservation('promptName', 'text', 'o.prompt_name', 'Prompt used by any observation', { aliases: ['prompt', 'prompt_name'] }),
  { key: 'metadata', kind: 'metadata', aliases: [], summary: 'Member of the metadata: metadata.region:eu, metadata."a key".b:v', value: () => 't.metadata', present: 't.metadata IS NOT NULL' },
  { key: 'scores', kind: 'scores', aliases: ['score', 'traceScores', 'trace_scores', 'traceScore'], summary: 'Score by name: scores.accuracy:>0.8 (mean), scores.tone:polite', value: () => 's.value', present: 'EXISTS (SELECT 1 FROM scores s WHERE s.project_id = t.project_id AND s.trace_id = t.id)' },
  { key: 'has', kind: 'presence', aliases: [], summary: 'Has a value: has:output, -has:user', value: () => '1' },
  ofTrace('inputCost', 'money', sumOf('input_cost'), 'Cost of all input in USD', { unlisted: true }),
  ofTrace('outputCost', 'money', sumOf('output_cost'), 'Cost of all output in USD', { unlisted: true }),
  ofTrace('defaultCount', 'number', countOf('DEFAULT'), 'Number of observations with level DEFAULT', { unlisted: true }),
  ofTrace('debugCount', 'number', countOf('DEBUG'), 'Number of observations with level DEBUG', { unlisted: true }),
];

/** Everything `q` and `filter` of trace lists know. */
export const TRACE_FIELDS: FieldSet = {
  noun: 'trace',
  fields: FIELDS,
  fullText: { contains: ['t.name', 't.input', 't.output'], equals: ['t.id'] },
  scoresOf: 'FROM scores s WHERE s.project_id = t.project_id AND s.trace_id = t.id',
  metadata: 't.metadata',
};
