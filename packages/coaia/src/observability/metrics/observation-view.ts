/** The view of observations (alias `o`, its trace `t`). */
import type { Field, FieldSet } from '../filter/field.ts';
import { IS_ROOT, OBSERVATION_FIELDS } from '../filter/observation-fields.ts';
import {
  toDimension,
  toFineDimension,
  toMeasure,
  toMonthDimension,
  type Dimension,
  type Measure,
  type View,
} from './view.ts';

const secondsSince = (from: string) => `nullif((o.end_time - ${from}) / 1000.0, 0)`;

const DIMENSIONS: Readonly<Record<string, Dimension>> = {
  id: toFineDimension('o.id'),
  traceId: toFineDimension('o.trace_id'),
  userId: toFineDimension('t.user_id'),
  sessionId: toFineDimension('t.session_id'),
  parentObservationId: toFineDimension('o.parent_observation_id'),
  environment: toDimension('o.environment'),
  type: toDimension('o.type'),
  name: toDimension('o.name'),
  level: toDimension('o.level'),
  version: toDimension('o.version'),
  tags: toDimension('t.tags', 'list'),
  release: toDimension('t.release'),
  traceName: toDimension('t.name'),
  traceRelease: toDimension('t.release'),
  traceVersion: toDimension('t.version'),
  providedModelName: toDimension('o.model'),
  promptName: toDimension('o.prompt_name'),
  promptVersion: toDimension('o.prompt_version', 'number'),
  isRootObservation: toDimension(IS_ROOT, 'flag'),
  startTimeMonth: toMonthDimension('o.start_time'),
};

/** Times are milliseconds, as Langfuse has them here and nowhere else. */
const MEASURES: Readonly<Record<string, Measure>> = {
  count: toMeasure('1'),
  latency: toMeasure('(o.end_time - o.start_time)'),
  streamingLatency: toMeasure('(o.end_time - o.completion_start_time)'),
  timeToFirstToken: toMeasure('(o.completion_start_time - o.start_time)'),
  inputTokens: toMeasure('o.input_tokens'),
  outputTokens: toMeasure('o.output_tokens'),
  totalTokens: toMeasure('o.total_tokens'),
  outputTokensPerSecond: toMeasure(
    `(o.output_tokens / ${secondsSince('o.completion_start_time')})`,
  ),
  tokensPerSecond: toMeasure(`(o.total_tokens / ${secondsSince('o.start_time')})`),
  inputCost: toMeasure('o.input_cost'),
  outputCost: toMeasure('o.output_cost'),
  totalCost: toMeasure('o.total_cost'),
  countScores: toMeasure(
    '(SELECT count(*) FROM scores s WHERE s.project_id = o.project_id AND s.trace_id = o.trace_id AND s.observation_id = o.id)',
  ),
  uniqueUserIds: { sql: 't.user_id', kind: 'text' },
  uniqueSessionIds: { sql: 't.session_id', kind: 'text' },
};

const MORE_FIELDS: readonly Field[] = [
  textField('traceVersion', 't.version', 'Version of the trace'),
  textField('traceRelease', 't.release', 'Release of the trace'),
];

/** A text column as a filter key. */
export function textField(key: string, sql: string, summary: string): Field {
  return {
    key,
    kind: 'text',
    aliases: [],
    summary,
    value: () => sql,
    present: `${sql} IS NOT NULL`,
  };
}

const FIELDS: FieldSet = {
  ...OBSERVATION_FIELDS,
  fields: [...OBSERVATION_FIELDS.fields, ...MORE_FIELDS],
};

export const OBSERVATION_VIEW: View = {
  from: 'observations o',
  time: 'o.start_time',
  joins: { t: 'LEFT JOIN traces t ON t.project_id = o.project_id AND t.id = o.trace_id' },
  dimensions: DIMENSIONS,
  measures: MEASURES,
  fields: FIELDS,
};
