/** The views of scores (alias `s`, their trace `t`, their observation `o`). */
import type { Field, FieldKind, FieldSet } from '../filter/field.ts';
import {
  toDayDimension,
  toDimension,
  toFineDimension,
  toMeasure,
  toMonthDimension,
  type Dimension,
  type Measure,
  type View,
} from './view.ts';

/** A score of a session has the session itself; one of a trace has that of its trace. */
const SESSION = 'coalesce(s.session_id, t.session_id)';

const DIMENSIONS: Readonly<Record<string, Dimension>> = {
  id: toFineDimension('s.id'),
  traceId: toFineDimension('s.trace_id'),
  observationId: toFineDimension('s.observation_id'),
  sessionId: toFineDimension(SESSION),
  userId: toFineDimension('t.user_id'),
  datasetRunId: toDimension('s.dataset_run_id'),
  environment: toDimension('s.environment'),
  name: toDimension('s.name'),
  source: toDimension('s.source'),
  dataType: toDimension('s.data_type'),
  configId: toDimension('s.config_id'),
  timestampMonth: toMonthDimension('s.timestamp'),
  timestampDay: toDayDimension('s.timestamp'),
  traceName: toDimension('t.name'),
  tags: toDimension('t.tags', 'list'),
  traceRelease: toDimension('t.release'),
  traceVersion: toDimension('t.version'),
  observationName: toDimension('o.name'),
  observationModelName: toDimension('o.model'),
  observationPromptName: toDimension('o.prompt_name'),
  observationPromptVersion: toDimension('o.prompt_version', 'number'),
};

function field(key: string, kind: FieldKind, sql: string, summary: string): Field {
  return {
    key,
    kind,
    aliases: [],
    summary,
    value: () => sql,
    present: `${sql} IS NOT NULL`,
  };
}

const FIELDS: FieldSet = {
  noun: 'observation',
  fields: [
    field('id', 'text', 's.id', 'Score id'),
    field('traceId', 'text', 's.trace_id', 'Trace id'),
    field('observationId', 'text', 's.observation_id', 'Observation id'),
    field('sessionId', 'text', SESSION, 'Session'),
    field('userId', 'text', 't.user_id', 'User of the trace'),
    field('datasetRunId', 'text', 's.dataset_run_id', 'Dataset run'),
    field('environment', 'text', 's.environment', 'Environment'),
    field('name', 'text', 's.name', 'Name'),
    { ...field('scoreName', 'text', 's.name', 'Name'), unlisted: true },
    field('source', 'text', 's.source', 'Source'),
    field('dataType', 'text', 's.data_type', 'Data type'),
    field('configId', 'text', 's.config_id', 'Score config'),
    field('queueId', 'text', 's.queue_id', 'Annotation queue'),
    field('comment', 'content', 's.comment', 'Comment contains'),
    field('timestamp', 'time', 's.timestamp', 'Time'),
    field('value', 'number', 's.value', 'Value'),
    field('stringValue', 'text', 's.string_value', 'Value of a category'),
    field('booleanValue', 'flag', 's.value', 'Value of yes or no'),
    field('traceName', 'text', 't.name', 'Name of the trace'),
    { ...field('tags', 'tags', 't.tags', 'Tags of the trace'), aliases: ['traceTags'] },
    { ...field('traceRelease', 'text', 't.release', 'Release of the trace'), aliases: ['release'] },
    { ...field('traceVersion', 'text', 't.version', 'Version of the trace'), aliases: ['version'] },
    field('observationName', 'text', 'o.name', 'Name of the observation'),
    field('observationModelName', 'text', 'o.model', 'Model of the observation'),
    field('observationPromptName', 'text', 'o.prompt_name', 'Prompt of the observation'),
    field('observationPromptVersion', 'number', 'o.prompt_version', 'Version of that prompt'),
    field('metadata', 'metadata', 's.metadata', 'Member of the metadata'),
  ],
  fullText: { contains: ['s.name'], equals: ['s.id'] },
  // Scores have no scores of their own.
  scoresOf: 'FROM scores s WHERE 1 = 0',
  metadata: 's.metadata',
};

const JOINS = {
  t: 'LEFT JOIN traces t ON t.project_id = s.project_id AND t.id = s.trace_id',
  o: 'LEFT JOIN observations o ON o.project_id = s.project_id AND o.id = s.observation_id',
};

function toScoreView(
  types: readonly string[],
  dimensions: Readonly<Record<string, Dimension>>,
  measures: Readonly<Record<string, Measure>>,
): View {
  return {
    from: 'scores s',
    time: 's.timestamp',
    only: `s.data_type IN (${types.map((type) => `'${type}'`).join(', ')})`,
    joins: JOINS,
    dimensions: { ...DIMENSIONS, ...dimensions },
    measures: { count: toMeasure('1'), ...measures },
    fields: FIELDS,
  };
}

const VALUE = { value: toMeasure('s.value') };

/** Numbers, and yes and no as 1 and 0. */
export const NUMERIC_SCORE_VIEW: View = toScoreView(
  ['NUMERIC', 'BOOLEAN'],
  { value: toDimension('s.value', 'number') },
  VALUE,
);

export const BOOLEAN_SCORE_VIEW: View = toScoreView(
  ['BOOLEAN'],
  { booleanValue: toDimension('(CASE WHEN s.value = 1 THEN 1 ELSE 0 END)', 'flag') },
  VALUE,
);

export const CATEGORICAL_SCORE_VIEW: View = toScoreView(
  ['CATEGORICAL'],
  { stringValue: toDimension('s.string_value') },
  {},
);
