/** The keys an observation can be filtered by. The observations table has the alias `o`, its trace `t`. */
import type { Field, FieldKind, FieldSet } from './field.ts';

const nullable = (sql: string) => ({ present: `${sql} IS NOT NULL` });
/**
 * 1 for a logical root: it has no parent, or its parent is a span of another system that never came here. These are
 * the spans that SDKs mark as roots of their application.
 */
export const IS_ROOT = `(CASE WHEN o.parent_observation_id IS NULL OR NOT EXISTS (
  SELECT 1 FROM observations parent WHERE parent.project_id = o.project_id AND parent.id = o.parent_observation_id
) THEN 1 ELSE 0 END)`;
const SECONDS_TO_END = '((o.end_time - o.start_time) / 1000.0)';

function field(
  key: string,
  kind: FieldKind,
  sql: string,
  summary: string,
  extra: Partial<Field> = {},
): Field {
  return { key, kind, summary, aliases: [], value: () => sql, ...extra };
}

// oxfmt-ignore
const FIELDS: readonly Field[] = [
  field('id', 'text', 'o.id', 'Observation id', { aliases: ['spanId'], indexed: 'few' }),
  field('traceId', 'text', 'o.trace_id', 'Trace id', { aliases: ['trace_id'], indexed: 'one' }),
  field('name', 'text', 'o.name', 'Name', nullable('o.name')),
  field('type', 'enum', 'o.type', 'Type', { values: ['SPAN', 'GENERATION', 'EVENT', 'AGENT', 'TOOL', 'CHAIN', 'RETRIEVER', 'EVALUATOR', 'EMBEDDING', 'GUARDRAIL'] }),
  field('level', 'enum', 'o.level', 'Level', { values: ['ERROR', 'WARNING', 'DEFAULT', 'DEBUG'] }),
  field('statusMessage', 'content', 'o.status_message', 'Status message contains', { aliases: ['status_message', 'status'], ...nullable('o.status_message') }),
  field('version', 'text', 'o.version', 'Version', nullable('o.version')),
  field('environment', 'text', 'o.environment', 'Environment', { aliases: ['env'] }),
  field('startTime', 'time', 'o.start_time', 'Start', { aliases: ['start_time'] }),
  field('endTime', 'time', 'o.end_time', 'End', { aliases: ['end_time'], ...nullable('o.end_time') }),
  field('since', 'time', 'o.start_time', 'Started not earlier than'),
  field('latency', 'duration', '(o.end_time - o.start_time)', 'Start to end; a bare number is seconds', nullable('o.end_time')),
  field('timeToFirstToken', 'duration', '(o.completion_start_time - o.start_time)', 'Start to first token', { aliases: ['ttft'], ...nullable('o.completion_start_time') }),
  field('tokensPerSecond', 'number', `(o.output_tokens / nullif(${SECONDS_TO_END}, 0))`, 'Output tokens per second', { aliases: ['tps'] }),
  field('inputTokens', 'number', 'o.input_tokens', 'Input tokens', nullable('o.input_tokens')),
  field('outputTokens', 'number', 'o.output_tokens', 'Output tokens', nullable('o.output_tokens')),
  field('totalTokens', 'number', 'o.total_tokens', 'Total tokens', { aliases: ['tokens'], ...nullable('o.total_tokens') }),
  field('inputCost', 'money', 'o.input_cost', 'Input cost in USD', nullable('o.input_cost')),
  field('outputCost', 'money', 'o.output_cost', 'Output cost in USD', nullable('o.output_cost')),
  field('totalCost', 'money', 'o.total_cost', 'Total cost in USD', { aliases: ['cost'], ...nullable('o.total_cost') }),
  field('model', 'text', 'o.model', 'Model', { aliases: ['providedModelName', 'provided_model_name'], ...nullable('o.model') }),
  field('modelId', 'text', 'o.model_id', 'Price entry', { aliases: ['internalModelId'], ...nullable('o.model_id') }),
  field('promptName', 'text', 'o.prompt_name', 'Prompt', { aliases: ['prompt'], ...nullable('o.prompt_name') }),
  field('promptVersion', 'number', 'o.prompt_version', 'Prompt version', nullable('o.prompt_version')),
  field('parentObservationId', 'text', 'o.parent_observation_id', 'Parent', { aliases: ['parent'], ...nullable('o.parent_observation_id') }),
  field('isRootObservation', 'flag', IS_ROOT, 'Is a root: has no parent, or none that came here', { aliases: ['root'] }),
  field('hasParentObservation', 'flag', '(CASE WHEN o.parent_observation_id IS NULL THEN 0 ELSE 1 END)', 'Has a parent'),
  field('input', 'content', 'o.input', 'Input contains', nullable('o.input')),
  field('output', 'content', 'o.output', 'Output contains', nullable('o.output')),
  field('userId', 'text', 't.user_id', 'User of the trace', { aliases: ['user', 'user_id'], ...nullable('t.user_id') }),
  field('sessionId', 'text', 't.session_id', 'Session of the trace', { aliases: ['session', 'session_id'], ...nullable('t.session_id') }),
  field('traceName', 'text', 't.name', 'Name of the trace', nullable('t.name')),
  field('traceEnvironment', 'text', 't.environment', 'Environment of the trace'),
  field('release', 'text', 't.release', 'Release of the trace', nullable('t.release')),
  field('traceTags', 'tags', 't.tags', 'Tags of the trace', { aliases: ['tags', 'tag'], present: "t.tags <> '[]'" }),
  field('bookmarked', 'flag', 't.bookmarked', 'Trace is bookmarked'),
  field('public', 'flag', 't.public', 'Trace is public'),
  field('metadata', 'metadata', 'o.metadata', 'Member of the metadata', nullable('o.metadata')),
  field('scores', 'scores', 's.value', 'Score by name', { aliases: ['score'] }),
  field('has', 'presence', '1', 'Has a value'),
];

/** Everything `filter` of observation lists knows. */
export const OBSERVATION_FIELDS: FieldSet = {
  noun: 'observation',
  fields: FIELDS,
  fullText: { contains: ['o.name', 'o.input', 'o.output'], equals: ['o.id', 'o.trace_id'] },
  scoresOf: 'FROM scores s WHERE s.project_id = o.project_id AND s.observation_id = o.id',
  metadata: 'o.metadata',
};
