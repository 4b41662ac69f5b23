/** The keys a score can be filtered by. The scores table has the alias `s`, the trace it is about `t`. */
import type { Field, FieldKind, FieldSet } from './field.ts';

type Extra = Partial<Omit<Field, 'key' | 'kind' | 'summary' | 'value'>>;

function ofScore(
  key: string,
  kind: FieldKind,
  sql: string,
  summary: string,
  extra: Extra = {},
): Field {
  return { key, kind, summary, aliases: [], value: () => sql, ...extra };
}

const ofTrace = (key: string, kind: FieldKind, sql: string, summary: string, extra: Extra = {}) =>
  ofScore(key, kind, sql, summary, {
    ...extra,
    within: (condition) =>
      `EXISTS (SELECT 1 FROM traces t WHERE t.project_id = s.project_id AND t.id = s.trace_id AND (${condition}))`,
  });

const DATA_TYPES = ['NUMERIC', 'BOOLEAN', 'CATEGORICAL', 'TEXT', 'CORRECTION'];

// oxfmt-ignore
const FIELDS: readonly Field[] = [
  ofScore('id', 'text', 's.id', 'Score id', { indexed: 'few' }),
  ofScore('name', 'text', 's.name', 'Name', { indexed: 'one' }),
  ofScore('value', 'number', 's.value', 'Number of the score', { present: 's.value IS NOT NULL' }),
  ofScore('stringValue', 'text', 's.string_value', 'Category or text', { aliases: ['string_value'], present: 's.string_value IS NOT NULL' }),
  ofScore('dataType', 'enum', 's.data_type', 'Data type', { aliases: ['data_type'], values: DATA_TYPES }),
  ofScore('source', 'enum', 's.source', 'Who wrote it', { values: ['API', 'ANNOTATION', 'EVAL'] }),
  ofScore('comment', 'content', 's.comment', 'Comment contains', { present: 's.comment IS NOT NULL' }),
  ofScore('configId', 'text', 's.config_id', 'Score config', { aliases: ['config_id'], present: 's.config_id IS NOT NULL', indexed: 'one' }),
  ofScore('queueId', 'text', 's.queue_id', 'Annotation queue', { aliases: ['queue_id'], present: 's.queue_id IS NOT NULL' }),
  ofScore('authorUserId', 'text', 's.author_user_id', 'Who gave it', { aliases: ['author_user_id'], present: 's.author_user_id IS NOT NULL' }),
  ofScore('traceId', 'text', 's.trace_id', 'Trace', { aliases: ['trace_id'], present: 's.trace_id IS NOT NULL', indexed: 'one' }),
  ofScore('observationId', 'text', 's.observation_id', 'Observation', { aliases: ['observation_id'], present: 's.observation_id IS NOT NULL' }),
  ofScore('sessionId', 'text', 's.session_id', 'Session', { aliases: ['session_id'], present: 's.session_id IS NOT NULL', indexed: 'one' }),
  ofScore('datasetRunId', 'text', 's.dataset_run_id', 'Dataset run', { aliases: ['dataset_run_id', 'experimentId'], present: 's.dataset_run_id IS NOT NULL', indexed: 'one' }),
  ofScore('environment', 'text', 's.environment', 'Environment'),
  ofScore('timestamp', 'time', 's.timestamp', 'Time of the score'),
  ofTrace('userId', 'text', 't.user_id', 'User of its trace', { aliases: ['user_id', 'user'] }),
  ofTrace('traceName', 'text', 't.name', 'Name of its trace', { aliases: ['trace_name'] }),
  ofTrace('traceEnvironment', 'text', 't.environment', 'Environment of its trace', { aliases: ['trace_environment'] }),
  ofScore('traceTags', 'tags', "(SELECT t.tags FROM traces t WHERE t.project_id = s.project_id AND t.id = s.trace_id)", 'Tags of its trace', { aliases: ['trace_tags', 'tags'] }),
  { key: 'has', kind: 'presence', aliases: [], summary: 'Has a value', value: () => '1' },
  { key: 'metadata', kind: 'metadata', aliases: [], summary: 'Member of the metadata', value: () => 's.metadata', present: 's.metadata IS NOT NULL' },
];

/** Everything the `filter` of score lists knows. */
export const SCORE_FIELDS: FieldSet = {
  noun: 'score',
  fields: FIELDS,
  fullText: { contains: ['s.name', 's.comment'], equals: ['s.id'] },
  scoresOf: 'FROM scores x WHERE x.project_id = s.project_id AND x.id = s.id',
  metadata: 's.metadata',
};
